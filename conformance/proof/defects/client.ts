import type { ClientDefect } from '../client-changes.ts';
import { clientBulkDefects } from './client-bulk.ts';
import { clientHeadDefects } from './client-heads.ts';
import { clientJumpcloudDefects } from './client-jumpcloud.ts';
import { clientPatchDefects } from './client-patches.ts';
import { clientQueryDefects } from './client-queries.ts';

/** What may be wrong about the requests of a client. */
export const clientDefects: readonly ClientDefect[] = [
  ...clientHeadDefects,
  ...clientQueryDefects,
  ...clientPatchDefects,
  ...clientBulkDefects,
  ...clientJumpcloudDefects,
];
