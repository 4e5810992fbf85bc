import { script, scriptHash, style, styleHash } from './page-bundle.ts';
import { toReport } from './report.ts';
import type { Writer } from './writer.ts';

/** Nothing is fetched, nothing runs but our own script, and no text becomes markup. */
const POLICY = [
  "default-src 'none'",
  `script-src '${scriptHash}'`,
  `style-src '${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** JSON that stays inside its element and is one string literal to every parser. */
const inElement = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const inMarkup = (text: string): string => text.replace(/[&<>"']/g, char => escapes[char] ?? '');

/** The run as one page that opens from a file, without network. */
export const html = {
  format: 'html',
  extension: 'html',
  summary: 'one self-contained page with all evidence',
  write: run => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${inMarkup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${inMarkup(`Scimulator report on ${run.header.target}`)}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page shows its data with JavaScript. The JSON report of the same run can be read without.</noscript>
<main id="page"></main>
<script type="application/json" id="report">${inElement(JSON.stringify(toReport(run)))}</script>
<script>${script}</script>
</body>
</html>
`,
} satisfies Writer;
