import { deflateSync } from 'node:zlib';
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

/** A value as the page unpacks it: JSON, deflated, in base64, of which no sign means anything to an HTML parser. */
const packed = (value: unknown): string => deflateSync(JSON.stringify(value)).toString('base64');

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
<div id="page"></div>
<script type="text/plain" id="report">${packed(toReport(run))}</script>
<script>${script}</script>
</body>
</html>
`,
} satisfies Writer;
