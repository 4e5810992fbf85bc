import { GROUP, USER } from '../../../scim/message/urn.ts';
import { isObject } from '../../../scim/message/list.ts';
import { each, only } from './change.ts';
import { discoveryDifferences } from './discovery.ts';
import type { Change, DifferenceTable } from './wire.ts';

const SECOND = 1000;

/** RFC 3339 text of an instant without a fraction, as `round` has it. */
const inSeconds = (instant: unknown, round: (seconds: number) => number): string | undefined => {
  const time = typeof instant === 'string' ? Date.parse(instant) : NaN;
  if (Number.isNaN(time)) return undefined;
  return new Date(round(time / SECOND) * SECOND).toISOString().replace('.000', '');
};

/**
 * Whole seconds, and a last change that may be a second before the creation: as if one were rounded up and the other cut
 * (section 3.6 has the numbers, the reason is inferred).
 */
const inWholeSeconds: Change = value => {
  if (!isObject(value)) return value;
  const { resourceType = 'Group', created, lastModified } = value;
  const first = inSeconds(created, Math.ceil);
  const last = inSeconds(lastModified, created === lastModified ? Math.floor : Math.ceil);
  return {
    resourceType,
    ...(first !== undefined && { created: first }),
    ...(last !== undefined && { lastModified: last }),
  };
};

/** What hosted provisioning shows otherwise than the RFC has it, as recorded in May 2026 (research note, section 3). */
export const hostedDifferences: DifferenceTable = {
  ...discoveryDifferences,
  // Section 3.2; the schema of section 3.7 says which members a group of a user has.
  [USER]: {
    changes: { groups: each(only('$ref', 'value', 'display')), meta: only('resourceType') },
    // Section 3.3: of one word nothing is left for the family name.
    fills: { name: { givenName: '', familyName: '' } },
  },
  // Section 3.6; Q3 for the members.
  [GROUP]: { changes: { members: each(only('value', '$ref', 'type')), meta: inWholeSeconds } },
};
