import { createHash } from 'node:crypto';
import { isObject } from '../../scim/message/list.ts';
import { filterValue, type PatchOperation } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER, GROUP, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { MappedValue } from '../mapping/attribute-mapping.ts';
import { ACTIVE, attributePath, memberOf, valueAt } from '../sync/merge.ts';
import type { Dialect, UserChange } from './dialect.ts';
import { plain } from './plain.ts';

/** The second schema of a group. */
const ENTRA_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/** How long somebody who is deleted can be brought back, in milliseconds: 30 days. */
const SOFT_DELETED = 30 * 24 * 60 * 60 * 1000;

/** Mapped attributes that a create names also where there is no value. */
const NAMED_WITHOUT_VALUE = ['displayName', 'title', 'userType', 'preferredLanguage'];

/** Entra ID without flag: an operation for each attribute, its verb in capitals, the state as text. */
export const entra: Dialect = {
  ...plain,
  id: 'entra',
  title: 'Microsoft Entra ID',
  profile: 'entra',
  // The state is a text.
  shortcomings: { 'client.patch-value-type': 'IDP-7' },
  headers: { accept: plain.headers.accept, contentType: plain.headers.contentType },
  encoding: 'form',
  probes: seed => [
    { endpoint: '/Users', query: { filter: `userName eq ${filterValue(guidOf(seed))}` }, findsNobody: true },
  ],
  lookUps: {
    user: filter => ({ filter }),
    group: filter => ({ excludedAttributes: ['members'], filter }),
    groupRead: { excludedAttributes: ['members'] },
  },
  create: {
    user: mapped => ({
      ...Object.fromEntries(NAMED_WITHOUT_VALUE.map(name => [name, null])),
      ...mapped,
      schemas: [USER, ENTERPRISE_USER],
      ...withFormatted(mapped['name']),
      meta: { resourceType: 'User' },
      roles: [],
    }),
    group: (displayName, id) => ({
      schemas: [GROUP, ENTRA_GROUP],
      externalId: id,
      displayName,
      meta: { resourceType: 'Group' },
    }),
  },
  update(change) {
    const operations = changesOf(change).map(({ op, path, value }) =>
      capitalised({ op, path, value: path === ACTIVE ? asText(value) : value }),
    );
    return operations.length > 0 ? [{ kind: 'patch', operations }] : [];
  },
  deactivation: [{ op: 'Replace', path: ACTIVE, value: asText(false) }],
  members: {
    add: (_group, added) => ({
      kind: 'patch',
      operations: [{ op: 'Add', path: 'members', value: added.map(({ value }) => ({ $ref: null, value })) }],
    }),
    remove: (_group, { value }) => ({
      kind: 'patch',
      operations: [{ op: 'Remove', path: 'members', value: [{ value }] }],
    }),
  },
  rename: ({ displayName }) => ({
    kind: 'patch',
    operations: [{ op: 'Replace', path: 'displayName', value: displayName }],
  }),
  deletesAfter: SOFT_DELETED,
  settings: { members: 'together' },
  evidence: {
    ...plain.evidence,
    headers: ['entra-no-user-agent', 'RFC7644-3.1-01'],
    encoding: ['IDP-6', 'entra-form-encoding'],
    probes: ['OP-54', 'entra-requests'],
    lookUps: ['IDP-1', 'IDP-5', 'entra-requests'],
    create: ['IDP-11', 'IDP-12', 'entra-requests'],
    update: ['IDP-7', 'entra-requests', 'entra-add-by-filter'],
    deactivation: ['IDP-7', 'entra-requests'],
    members: ['IDP-10', 'entra-requests', 'entra-compatibility'],
    rename: ['entra-requests'],
    deletesAfter: ['entra-requests', 'entra-cycles'],
    settings: ['IDP-10'],
  },
};

/** Entra ID with the flag at the end of the Tenant URL: closer to RFC 7644, with several attributes in one operation. */
export const entraAadoptscim062020: Dialect = {
  ...entra,
  id: 'entra-aadoptscim062020',
  title: 'Microsoft Entra ID, with flag aadOptscim062020',
  shortcomings: {},
  update(change) {
    const changes = changesOf(change);
    const isJoined = ({ path }: PatchOperation): boolean => path !== ACTIVE && !path?.includes('[');
    const joined = changes.filter(isJoined);
    const operations: readonly PatchOperation[] =
      joined.length < 2
        ? changes
        : [
            ...changes.filter(each => !isJoined(each)),
            { op: 'replace', value: Object.fromEntries(joined.map(({ path, value }) => [path, value])) },
          ];
    return operations.length > 0 ? [{ kind: 'patch', operations }] : [];
  },
  deactivation: plain.deactivation,
  members: {
    add: (_group, added) => ({
      kind: 'patch',
      operations: [{ op: 'add', path: 'members', value: added.map(({ value }) => ({ $ref: null, value })) }],
    }),
    remove: plain.members.remove,
  },
  rename: plain.rename,
  evidence: {
    ...entra.evidence,
    update: ['IDP-8', 'entra-compatibility'],
    deactivation: ['entra-compatibility'],
    members: ['IDP-10', 'entra-compatibility'],
    rename: ['entra-compatibility'],
  },
};

interface AttributeChange {
  readonly op: 'add' | 'replace';
  readonly path: string;
  readonly value: Json;
}

/** What is sent, an operation for each attribute; those of typed entries each by the type of the entry. */
const changesOf = ({ held, wanting }: UserChange): readonly AttributeChange[] =>
  wanting.flatMap(mapped => {
    const { path, value } = mapped;
    const before = valueAt(held, path);
    if (!Array.isArray(value)) return { op: opOf(before), path: attributePath(path), value };
    const entries = (value as readonly Json[]).filter(isObject);
    const isTyped = entries.length > 0 && entries.every(entry => typeof entry['type'] === 'string');
    return isTyped
      ? entries.flatMap(entry => changesOfEntry(mapped, entry, before))
      : { op: opOf(before), path: attributePath(path), value };
  });

function changesOfEntry({ path }: MappedValue, entry: JsonObject, before: Json | undefined): AttributeChange[] {
  const { type = '', primary, ...others } = entry;
  const held = (Array.isArray(before) ? (before as readonly Json[]) : []).filter(isObject);
  // A service provider may leave the type out of its answers: the primary entry is the one then.
  const known =
    held.find(each => memberOf(each, 'type') === type) ??
    held.find(each => memberOf(each, 'type') === undefined && memberOf(each, 'primary') === primary);
  return Object.entries(others).flatMap(([name, value]) => {
    const old = known && memberOf(known, name);
    return old === value
      ? []
      : { op: opOf(old), path: `${attributePath(path)}[type eq ${filterValue(type)}].${name}`, value };
  });
}

const opOf = (before: Json | undefined) =>
  before === undefined || before === null || before === '' ? 'add' : 'replace';

const CAPITALS = { add: 'Add', replace: 'Replace' } as const;
const capitalised = ({ op, ...rest }: AttributeChange): PatchOperation => ({ op: CAPITALS[op], ...rest });

function asText(value: Json): Json {
  return value === true ? 'True' : 'False';
}

/** A name with both parts in one text beside it. */
function withFormatted(name: Json | undefined): JsonObject {
  if (!isObject(name)) return {};
  const parts = [name['givenName'], name['familyName']].filter(part => typeof part === 'string');
  return { name: { formatted: parts.join(' '), ...name } };
}

/** A GUID that is always the same for one seed. */
function guidOf(seed: string): string {
  const digits = createHash('sha256').update(seed).digest('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
