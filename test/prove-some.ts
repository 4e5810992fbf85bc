/** A process of the full cross: runs the defect or the variant whose id it is sent, and tells how that went. */
import { fileURLToPath } from 'node:url';
import { createReach, defects, proveDefects, reddenedByVariant, variants, type RunWith } from '../conformance/index.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';
import { loadSchemas } from '../harness/load-schemas.ts';
import type { Crossed } from './proof-table.ts';

const types = loadSchemas(fileURLToPath(new URL('../schemas/test-type', import.meta.url)));

await withReferenceBridge(async target => {
  const runWith: RunWith = async (hop, only) =>
    (await conform(target, { hops: hop ? [hop] : [], ...(only && { only }) })).run;
  const clean = await runWith();
  const reach = createReach(clean);

  const cross = async (id: string): Promise<Crossed> => {
    const variant = variants.find(each => each.id === id);
    if (variant) {
      const { verdicts, idle } = await reddenedByVariant(runWith, variant, clean, reach);
      const reddened = verdicts.map(({ check, case: instance, outcome }) => `${check}/${instance} ${outcome}`);
      return { id, noticedBy: [], missedBy: [], reddened, isIdle: idle };
    }
    const [proof] = await proveDefects(
      runWith,
      defects.filter(each => each.id === id),
      reach,
    );
    const { by = [], alsoNoticedBy = [] } = proof ?? {};
    const named = defects.find(each => each.id === id)?.noticedBy ?? [];
    const noticedBy = [...named.filter(check => !by.includes(check)), ...alsoNoticedBy];
    return { id, noticedBy, missedBy: by, reddened: [], isIdle: false };
  };
  process.on('message', (id: string) => {
    void cross(id).then(crossed => process.send?.(crossed));
  });
  process.send?.('ready');
  await new Promise(resolve => process.once('disconnect', resolve));
}, types);
process.exit();
