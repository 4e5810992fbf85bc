import type { Check } from '../run/check.ts';
import { auth } from './auth.ts';
import { client } from './client.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { discovery } from './discovery.ts';
import { errors } from './errors.ts';
import { filter } from './filter.ts';
import { groups } from './groups.ts';
import { list } from './list.ts';
import { patch } from './patch.ts';
import { read } from './read.ts';
import { replace } from './replace.ts';
import { resources } from './resources.ts';
import { wire } from './wire.ts';

/** Every check, in the order of reports: from what a target says of itself to what holds of all it sends. */
export const checks: readonly Check[] = [
  ...discovery,
  ...create,
  ...read,
  ...list,
  ...filter,
  ...replace,
  ...patch,
  ...groups,
  ...remove,
  ...auth,
  ...errors,
  ...wire,
  ...resources,
  ...client,
];
