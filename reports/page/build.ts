import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const license = readFileSync(at('../../node_modules/preact/LICENSE'), 'utf8').trim();

async function bundle(entry: string, banner = ''): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [at(entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    banner: banner === '' ? {} : { js: banner },
  });
  const text = outputFiles[0]?.text ?? '';
  // The HTML parser would end the element early, or change a byte that the hash covers.
  if (text === '' || /<\/(?:script|style)|<!--|\r|\0/i.test(text)) {
    throw new Error(`${entry}: the bundle is empty or holds text that cannot stand inside an HTML element`);
  }
  return text;
}

const sha256 = (text: string): string => `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;

const script = await bundle('./main.tsx', `/*! Contains Preact.\n${license}\n*/`);
const style = await bundle('./page.css');
const constants = { script, scriptHash: sha256(script), style, styleHash: sha256(style) };
const lines = Object.entries(constants).map(
  ([name, value]) => `export const ${name}: string = ${JSON.stringify(value)};`,
);
const notice = '// Made from reports/page by `npm run build:page`: change the sources, not this file.';
writeFileSync(at('../writers/page-bundle.ts'), `${notice}\n${lines.join('\n')}\n`);
