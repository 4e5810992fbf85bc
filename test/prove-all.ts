/**
 * The full cross: every check on every defect and on every permitted variant. It takes a while, so the gate runs a part of
 * it (test/proof.test.ts). `npm run proof` prints what was missed, who else noticed, and what turned red; exit code 1 if any.
 */
import { fileURLToPath } from 'node:url';
import { defects, proveDefects, reddenedByVariants, variants, type RunWith } from '../conformance/index.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';
import { loadSchemas } from '../harness/load-schemas.ts';

const types = loadSchemas(fileURLToPath(new URL('../schemas/test-type', import.meta.url)));

await withReferenceBridge(async target => {
  const runWith: RunWith = async hop => (await conform(target, { hops: hop ? [hop] : [] })).run.verdicts;
  for (const proof of await proveDefects(runWith, defects)) {
    if (proof.by.length > 0) process.exitCode = 1;
    process.stdout.write(`${JSON.stringify(proof)}\n`);
  }
  for (const { variant, verdicts, idle } of await reddenedByVariants(runWith, variants)) {
    process.exitCode = 1;
    const red = verdicts.map(({ check, case: instance, outcome }) => `${check}/${instance} ${outcome}`);
    process.stdout.write(`${JSON.stringify({ variant, idle, red })}\n`);
  }
}, types);
