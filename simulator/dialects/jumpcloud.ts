import { mergedUser } from '../sync/merge.ts';
import type { Dialect } from './dialect.ts';
import { plain } from './plain.ts';

/** What JumpCloud does, as far as documents and observers tell; open questions have their defaults. */
export const jumpcloud: Dialect = {
  ...plain,
  id: 'jumpcloud',
  title: 'JumpCloud',
  profile: 'jumpcloud',
  // The real User-Agent is unknown, and none is imitated.
  headers: { ...plain.headers, userAgent: 'Scimulator (JumpCloud dialect)' },
  update: ({ held, values, active }) => [{ kind: 'put', body: mergedUser(held, values, active) }],
  deactivation: 'as-update',
  members: {
    ...plain.members,
    // A service provider that keeps to RFC 7644 reads this as "remove all".
    remove: (_group, { value }) => ({
      kind: 'patch',
      operations: [{ op: 'remove', path: 'members', value: [{ value }] }],
    }),
  },
  evidence: {
    ...plain.evidence,
    headers: ['JC-Q6', 'JC-Q7'],
    update: ['W-19', 'W-22', 'JC-Q1', 'JC-Q2'],
    deactivation: ['W-22', 'JC-23', 'JC-Q1'],
    members: ['W-20', 'W-24', 'JC-Q20', 'JC-45a'],
  },
};
