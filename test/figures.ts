/** `npm run figures`: what was proved, counted; docs/proof.json and docs/scripts.json hold it one by one. */
import { readFileSync } from 'node:fs';
import { checks } from '../conformance/index.ts';
import { clientDefects, defects, variants } from '../conformance/proof/index.ts';
import { fingerprint, type Proof } from './proof-table.ts';
import { scriptFingerprint, type ScriptProof } from './script-table.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8'));
const proof = read('proof.json') as Proof;
const scripts = read('scripts.json') as ScriptProof;
const noticed = Object.values(proof.defects).filter(({ missedBy }) => missedBy === undefined).length;
const green = Object.values(proof.variants).filter(verdicts => verdicts.length === 0).length;
const stale = (is: boolean): string => (is ? ', stale' : '');

const rows: readonly (readonly [what: string, value: string])[] = [
  ['checks', String(checks.length)],
  [
    'defects of a provider, noticed by the checks named for them',
    `${noticed} of ${defects.length}${stale(proof.fingerprint !== fingerprint())}`,
  ],
  ['defects of a client', String(clientDefects.length)],
  ['permitted variants that turn no check red', `${green} of ${variants.length}`],
  [
    'scripts that show the fault on its defect, and nothing without it',
    `${scripts.shown} of ${scripts.scripts}${stale(scripts.fingerprint !== scriptFingerprint())}`,
  ],
];
for (const [what, value] of rows) process.stdout.write(`${what.padEnd(68)} ${value}\n`);
