import type { Dialect } from './dialect.ts';
import { plain } from './plain.ts';

/** What JumpCloud does, as far as documents and observers tell; open questions have their defaults. */
export const jumpcloud: Dialect = {
  ...plain,
  id: 'jumpcloud',
  title: 'JumpCloud',
  // The real User-Agent is unknown, and none is imitated.
  headers: { ...plain.headers, userAgent: 'Scimulator (JumpCloud dialect)' },
  update: 'read-merge-put',
  memberRemoval: 'value-list',
  evidence: {
    headers: ['JC-Q6', 'JC-Q7'],
    update: ['W-19', 'W-22', 'JC-Q1', 'JC-Q2'],
    memberRemoval: ['W-20', 'W-24', 'JC-Q20'],
  },
};
