import { fileURLToPath } from 'node:url';
import type { RunWith } from '../conformance/index.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';
import { loadSchemas } from '../harness/load-schemas.ts';

/** With the test type every characteristic of an attribute occurs, so every check can run. */
const types = loadSchemas(fileURLToPath(new URL('../schemas/test-type', import.meta.url)));

/** The suite on a reference bridge over HTTP, behind whatever hop; a new bridge each time, for a defect may leave things behind. */
export const runWith: RunWith = async (hop, only) =>
  withReferenceBridge(
    async target => (await conform(target, { hops: hop ? [hop] : [], ...(only && { only }) })).run,
    types,
  );
