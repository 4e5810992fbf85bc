import { filterValue } from '../../scim/message/patch.ts';
import { GROUP, SCIM_JSON } from '../../scim/message/urn.ts';
import { ACTIVE, mergedUser } from '../sync/merge.ts';
import type { Dialect, GroupChange, Member, Write } from './dialect.ts';
import { plain } from './plain.ts';

/** Users and groups of one page. */
const PAGE = { startIndex: 1, count: 100 };

/** Of a user that was fetched nothing is taken out before it is put back but what no answer holds. */
const NEVER_SENT_BACK: ReadonlySet<string> = new Set(['password']);

const wholeGroup = ({ id, displayName, members }: GroupChange): Write => ({
  kind: 'put',
  body: { schemas: [GROUP], id, displayName, members: members().map(shown) },
});

/**
 * Okta with an application that a customer made with the wizard (AIW): users and groups are put back whole. A story's
 * suspension stands for the deactivation in Okta, since a suspension there sends nothing.
 */
export const okta: Dialect = {
  ...plain,
  id: 'okta',
  title: 'Okta, with a custom application (AIW): everything by PUT',
  profile: 'okta',
  headers: {
    accept: SCIM_JSON,
    acceptCharset: 'utf-8',
    contentType: `${SCIM_JSON}; charset=utf-8`,
    userAgent: 'Okta SCIM Client 1.0.0',
  },
  probes: () => [
    { endpoint: '/Users', query: { startIndex: 1, count: 2 } },
    { endpoint: '/Groups', query: PAGE },
  ],
  lookUps: { user: filter => ({ filter, ...PAGE }), group: filter => ({ filter, ...PAGE }), groupRead: {} },
  create: {
    user: (mapped, newPassword) => ({ ...mapped, groups: [], password: newPassword() }),
    group: displayName => ({ schemas: [GROUP], displayName, members: [] }),
  },
  update: ({ held, values, active }) => [{ kind: 'put', body: mergedUser(held, values, active, NEVER_SENT_BACK) }],
  deactivation: 'as-update',
  members: { add: wholeGroup, remove: wholeGroup },
  rename: wholeGroup,
  conflict: 'failure',
  nextPage: 'behind-asked',
  settings: { lookUpNotFound: 'miss', members: 'together' },
  evidence: {
    ...plain.evidence,
    headers: ['okta-headers'],
    probes: ['OP-55', 'okta-probes'],
    lookUps: ['IDP-2', 'okta-scim-2'],
    create: ['IDP-13', 'IDP-17', 'okta-scim-2'],
    update: ['okta-scim-2'],
    deactivation: ['okta-scim-2'],
    members: ['okta-scim-2'],
    rename: ['okta-scim-2'],
    conflict: ['okta-scim-2'],
    deletesAfter: ['okta-scim-2'],
    nextPage: ['OP-55', 'okta-scim-2'],
    settings: ['IDP-16', 'okta-scim-2'],
  },
};

/** Okta with an application of its catalogue (OIN), such as 1Password: profiles by PUT, states and groups by PATCH. */
export const oktaOin: Dialect = {
  ...okta,
  id: 'okta-oin',
  title: 'Okta, with an application of its catalogue (OIN): states and groups by PATCH',
  update(change) {
    const { active, wanting } = change;
    const isState = ({ path }: (typeof wanting)[number]): boolean => path[0] === ACTIVE;
    // Whoever comes back is activated before the profile is sent, which nobody may take for somebody suspended.
    return [
      ...(wanting.some(isState) ? [stateOf(active)] : []),
      ...(wanting.every(isState) ? [] : okta.update(change)),
    ];
  },
  deactivation: [{ op: 'replace', value: { active: false } }],
  members: {
    add: (group, added) => ({
      kind: 'patch',
      operations: [{ op: 'add', path: 'members', value: added.map(shown) }, nameOf(group)],
    }),
    remove: (group, { value }) => ({
      kind: 'patch',
      operations: [{ op: 'remove', path: `members[value eq ${filterValue(value)}]` }, nameOf(group)],
    }),
  },
  rename: group => ({ kind: 'patch', operations: [nameOf(group)] }),
  evidence: {
    ...okta.evidence,
    update: ['okta-scim-2'],
    deactivation: ['okta-scim-2'],
    members: ['IDP-16', 'IDP-14'],
    rename: ['IDP-14'],
  },
};

const stateOf = (active: boolean): Write => ({ kind: 'patch', operations: [{ op: 'replace', value: { active } }] });

/** Sent with each change of members too. */
const nameOf = ({ id, displayName }: GroupChange) => ({ op: 'replace', value: { id, displayName } }) as const;

const shown = ({ value, display }: Member) => ({ value, display });
