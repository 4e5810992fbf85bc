import { filterValue } from '../../scim/message/patch.ts';
import { GROUP, SCIM_JSON } from '../../scim/message/urn.ts';
import { replacements } from '../sync/merge.ts';
import type { Dialect } from './dialect.ts';

/** What a client does that keeps closely to RFC 7644 and to nobody's habits. */
export const plain: Dialect = {
  id: 'plain',
  title: 'A careful RFC 7644 client',
  profile: 'rfc',
  shortcomings: {},
  headers: { accept: SCIM_JSON, contentType: SCIM_JSON, userAgent: 'Scimulator (plain)' },
  encoding: 'percent',
  probes: () => [
    { endpoint: '/Users', query: { startIndex: 1, count: 1 } },
    { endpoint: '/Groups', query: { startIndex: 1, count: 1 } },
  ],
  lookUps: { user: filter => ({ filter }), group: filter => ({ filter }), groupRead: {} },
  create: {
    user: mapped => mapped,
    group: displayName => ({ schemas: [GROUP], displayName }),
  },
  update: ({ wanting }) => [{ kind: 'patch', operations: replacements(wanting) }],
  deactivation: [{ op: 'replace', path: 'active', value: false }],
  members: {
    add: (_group, added) => ({
      kind: 'patch',
      operations: [{ op: 'add', path: 'members', value: added.map(({ value }) => ({ value })) }],
    }),
    remove: (_group, { value }) => ({
      kind: 'patch',
      operations: [{ op: 'remove', path: `members[value eq ${filterValue(value)}]` }],
    }),
  },
  rename: ({ displayName }, { groupRename }) =>
    groupRename === 'patch'
      ? { kind: 'patch', operations: [{ op: 'replace', path: 'displayName', value: displayName }] }
      : { kind: 'merge', changes: { displayName } },
  conflict: 'look-up',
  deletesAfter: undefined,
  nextPage: 'behind-received',
  settings: {},
  evidence: {
    headers: ['RFC7644-3.1-01'],
    encoding: ['RFC7644-1.2-01'],
    probes: ['JC-Q8'],
    lookUps: ['JC-Q5', 'IDP-1', 'IDP-4'],
    create: ['RFC7644-3.3-04', 'JC-Q18'],
    update: ['RFC7644-3.5.2.3-02', 'RFC7644-3.5.2-24'],
    deactivation: ['RFC7644-3.5.2.3-02'],
    members: ['RFC7644-3.5.2.1-07', 'RFC7644-3.5.2.2-04'],
    rename: ['RFC7644-3.5.2.3-02', 'JC-Q21'],
    conflict: ['JC-Q11a'],
    deletesAfter: ['JC-23', 'JC-Q17'],
    nextPage: ['JC-Q36'],
    settings: ['JC-Q19'],
  },
};
