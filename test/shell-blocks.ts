import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-cli.ts';

/** Why a block is not run; stands behind the `sh` of its fence. */
export const reasons = {
  install: 'fetches packages',
  docker: 'needs Docker',
  gate: 'is what the gate itself runs',
  long: 'takes minutes',
} as const;

/** A fenced block of shell commands. */
export interface Block {
  /** Page below the root of the repository. */
  readonly page: string;
  readonly line: number;
  /** Blocks below one heading belong together: a server of one is there for the others. */
  readonly heading: string;
  readonly text: string;
  /** What stands behind the `sh`. */
  readonly reason: string;
}

const pagesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name}`);

/** All pages with text for readers. */
export const pages = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', ...pagesBelow('docs').toSorted()];

const SHELLS = new Set(['sh', 'bash', 'shell', 'console', 'zsh']);

/** The blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  const found: Block[] = [];
  let heading = '';
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (/^#+ /.test(line)) heading = line;
    const [, fence, language = '', reason = ''] = /^(```+|~~~+) *(\w*) *(.*)$/.exec(line) ?? [];
    if (fence === undefined) continue;
    const end = lines.indexOf(fence, at + 1);
    if (SHELLS.has(language))
      found.push({ page, line: at + 1, heading, text: lines.slice(at + 1, end).join('\n'), reason });
    at = end;
  }
  return found;
}
