import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-cli.ts';

/** What is typed in a smaller size than a page has it: it takes minutes there, and seconds here. */
export const smaller: readonly { readonly page: string; readonly of: string; readonly typed: string }[] = [
  { page: 'README.md', of: '--budget 1000', typed: '--budget 60' },
  { page: 'docs/exploration.md', of: '--budget 300', typed: '--budget 60' },
  { page: 'docs/exploration.md', of: '--budget 5m', typed: '--budget 20' },
  // A container has the variables it is given.
  { page: 'docs/pipeline.md', of: '-e SCIM_TOKEN ', typed: '-e SCIM_TOKEN -e SCIMULATOR_ONLY ' },
];

/** Lines that are run elsewhere in the gate: the file that does, and what it says at the beginning of a line. */
export const elsewhere: Readonly<Record<string, readonly [file: string, ...lines: string[]]>> = {
  'npm ci && npm start': ['.ci/run', 'npm cit ', 'npm start '],
  'npm cit': ['.ci/run', 'npm cit '],
  'npm run check': ['.ci/run', 'npm run build:page ', 'for part in types lint dead format;', 'npm run "check:$part" '],
  '.ci/run': ['.github/workflows/ci.yml', '- run: .ci/run'],
};

/**
 * Lines of CONTRIBUTING.md that take minutes, write what is committed, or measure, which a busy machine would turn red. Beside
 * them what they call, where it is called in a test, too.
 */
export const tooLong: Readonly<Record<string, readonly [file: string, call: string][]>> = {
  'npm run generate': [
    ['test/docs.test.ts', 'generatePages('],
    ['conformance/clauses/clauses.test.ts', 'generateAll('],
  ],
  'npm run proof': [
    ['test/proof-defects.test.ts', 'missedDefects('],
    ['test/proof.test.ts', 'reddenedByVariants('],
  ],
  'npm run proof:scripts': [['test/evidence.test.ts', 'proveScripts(']],
  'npm run figures': [['test/docs.test.ts', 'scriptFingerprint(']],
  'npm run fuzz': [['test/fuzz/fuzz.test.ts', 'fuzz(']],
  'npm run property': [['test/property/property.test.ts', 'compareWithModel(']],
  'npm run findings': [['docs/findings/scimmy.md', 'npm run findings']],
  'npm run histories': [['test/account/histories.test.ts', 'playHistories(']],
  'npm run screenshots': [['test/browser/open-report.ts', 'launchBrowser(']],
  'npm run bench': [],
  'npm run bench:start': [],
  'npm run bench:suite': [],
  'npm run bench:provisioning': [],
};

/** A line of a block without its comment. */
export const bare = (line: string): string => line.replace(/ +#.*$/, '').trim();

/** What a test types of a block. */
export const typedOf = ({ page, text }: Block): string =>
  smaller
    .filter(each => each.page === page)
    .reduce((typed, { of, typed: instead }) => typed.replaceAll(of, instead), text)
    .split('\n')
    .filter(line => !Object.hasOwn({ ...elsewhere, ...(page === 'CONTRIBUTING.md' && tooLong) }, bare(line)))
    .join('\n');

/** A fenced block of shell commands. */
export interface Block {
  /** Page below the root of the repository. */
  readonly page: string;
  readonly line: number;
  /** Blocks below one heading belong together: a server of one is there for the others. */
  readonly heading: string;
  readonly text: string;
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
    const [, fence, language = ''] = /^ *(```+|~~~+) *(\w*)/.exec(line) ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((each, index) => index > at && each.trim() === fence);
    if (SHELLS.has(language)) found.push({ page, line: at + 1, heading, text: lines.slice(at + 1, end).join('\n') });
    at = end;
  }
  return found;
}
