/**
 * The script of every fault on every defect: `npm run proof:scripts [part/parts]`. Prints each script that did not do what it
 * should, and a summary: how many end with 1 on the provider with the defect and with 0 on the one without.
 */
import { fileURLToPath } from 'node:url';
import { defects } from '../conformance/index.ts';
import { withReferenceBridge } from '../harness/index.ts';
import { loadSchemas } from '../harness/load-schemas.ts';
import { proveScripts, type Shown } from './prove-script.ts';
import { inFolder } from './run-cli.ts';

const [part = 1, parts = 1] = (process.argv[2] ?? '').split('/').filter(Boolean).map(Number);
const types = loadSchemas(fileURLToPath(new URL('../schemas/test-type', import.meta.url)));
const all: Shown[] = [];
let silent = 0;

await inFolder(async folder =>
  withReferenceBridge(async target => {
    for (const defect of defects.filter((_, at) => at % parts === part - 1)) {
      const shown = await proveScripts(target, defect, folder);
      if (shown.length === 0) silent += 1;
      all.push(...shown);
      for (const { verdict, faulty, clean, left } of shown.filter(isOdd)) {
        process.stdout.write(`${JSON.stringify({ defect: defect.id, verdict, faulty, clean, left })}\n`);
      }
    }
  }, types),
);

function isOdd({ faulty, clean, left }: Shown): boolean {
  return faulty !== 1 || clean !== 0 || left !== 0;
}

const count = (test: (shown: Shown) => boolean) => all.filter(test).length;
process.stdout.write(
  `${all.length} scripts: ${count(({ faulty }) => faulty === 1)} show the fault, ` +
    `${count(({ faulty, clean }) => faulty === 1 && clean === 0)} of them nothing without it, ` +
    `${count(({ faulty, clean }) => faulty === 1 && clean === 1)} also without it, ` +
    `${count(({ left }) => left > 0)} leave something; ${silent} defects weigh less than a warning\n`,
);
