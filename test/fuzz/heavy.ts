import { PATCH_OP } from '../../scim/message/urn.ts';
import { groupType, userType } from '../../scim/schema/index.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Random } from './random.ts';
import { text } from './values.ts';

export const BULK_REQUEST = PATCH_OP.replace('PatchOp', 'BulkRequest');

/** A resource with thousands of values, to provoke work that grows with the square of their number. */
export function heavy(random: Random): JsonObject {
  const length = 1000 * (1 + random.below(20));
  const value = random.pick<(index: number) => Json>([
    index => ({ value: `v${index}@example.com`, type: index % 2 === 0 ? 'work' : 'home' }),
    index => ({ value: 'same@example.com', type: `t${index}` }),
    index => ({ type: `t${index}` }),
    () => ({ value: 'same@example.com' }),
  ]);
  const name = random.pick(['emails', 'ims', 'members', 'addresses', 'roles']);
  return {
    schemas: [userType.schema.id, groupType.schema.id],
    userName: text(random),
    displayName: text(random),
    [name]: Array.from({ length }, (_, index) => value(index)),
  };
}

/** A PATCH of hundreds of operations on one list. */
export function heavyPatch(random: Random, ids: readonly string[]): JsonObject {
  const length = 100 * (1 + random.below(11));
  const make = random.pick<(index: number) => Json>([
    index => ({ op: 'add', path: 'emails', value: [{ value: `v${index}@example.com` }] }),
    index => ({ op: 'add', path: `emails[type eq "t${index}"].value`, value: `v${index}` }),
    index => ({ op: 'remove', path: `emails[value eq "v${index}"]` }),
    () => ({ op: 'add', path: 'members', value: ids.map(value => ({ value })) }),
    index => ({
      op: 'replace',
      value: { [`emails[type eq "t${index % 7}"].display`]: 'x', 'name.givenName': `g${index}` },
    }),
  ]);
  return { schemas: [PATCH_OP], Operations: Array.from({ length }, (_, index) => make(index)) };
}

/** A bulk request as long as the bridge takes them, its operations waiting for one another. */
export function heavyBulk(random: Random, ids: readonly string[]): JsonObject {
  const length = random.chance(0.1) ? 1000 : 20 * (1 + random.below(10));
  const member = (value: string): JsonObject => ({ members: [{ value }] });
  const group = (index: number, data: JsonObject): Json => ({
    method: 'POST',
    path: '/Groups',
    bulkId: `b${index}`,
    data: { schemas: [groupType.schema.id], displayName: `g${index}`, ...data },
  });
  const target = random.pick(['none', ...ids]);
  const make = random.pick<(index: number) => Json>([
    index => group(index, member(`bulkId:b${(index + 1) % length}`)),
    index => group(index, member(`bulkId:b${length - 1}`)),
    index => group(index, { members: Array.from({ length: 20 }, (_, at) => ({ value: `bulkId:b${index + at}` })) }),
    index => ({
      method: 'PATCH',
      path: `/Groups/${target}`,
      data: {
        schemas: [PATCH_OP],
        Operations: [{ op: 'add', path: 'members', value: [{ value: ids[index % (ids.length + 1)] ?? 'none' }] }],
      },
    }),
  ]);
  return { schemas: [BULK_REQUEST], Operations: Array.from({ length }, (_, index) => make(index)) };
}
