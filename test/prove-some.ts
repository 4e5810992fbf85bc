/** A process of the full cross: runs the defect or the variant whose id it is sent, and tells how that went. */
import { createReach, defects, proveDefects, reddenedByVariant, variants } from '../conformance/proof/index.ts';
import type { Crossed } from './proof-table.ts';
import { runWith } from './run-with.ts';

const clean = await runWith();
const reach = createReach(clean);

async function cross(id: string): Promise<Crossed> {
  const variant = variants.find(each => each.id === id);
  if (variant) {
    const { verdicts, idle } = await reddenedByVariant(runWith, variant, clean, reach);
    const reddened = verdicts.map(({ check, case: instance, outcome }) => `${check}/${instance} ${outcome}`);
    return { id, noticedBy: [], missedBy: [], reddened, isIdle: idle };
  }
  const found = defects.filter(each => each.id === id);
  const [proof] = await proveDefects(runWith, found, reach);
  const { by = [], alsoNoticedBy = [] } = proof ?? {};
  const named = found.flatMap(({ noticedBy }) => noticedBy);
  const noticedBy = [...named.filter(check => !by.includes(check)), ...alsoNoticedBy];
  return { id, noticedBy, missedBy: by, reddened: [], isIdle: false };
}

process.on('message', (id: string) => {
  void cross(id).then(crossed => process.send?.(crossed));
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
