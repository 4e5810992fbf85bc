import { isObject } from '../../../scim/message/list.ts';
import { GROUP, RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG, USER } from '../../../scim/message/urn.ts';
import { attribute, complex, string, type Attribute } from '../../../scim/schema/index.ts';
import type { JsonObject } from '../../../scim/wire/message.ts';
import { both, each, only } from './change.ts';
import type { Change, DifferenceTable } from './wire.ts';

/** The prefix that addresses in discovery documents begin with; they are not whole. */
const PREFIX = '/scim/v2';

const constant =
  (value: JsonObject[string]): Change =>
  () =>
    value;

const leftOut: Change = () => undefined;

/** `meta` with an address that begins at the root of the host. */
const relative =
  (pathOf: (shown: JsonObject) => string): Change =>
  (value, shown) =>
    isObject(value) ? { ...value, location: `${PREFIX}${pathOf(shown)}` } : value;

const idOf = ({ id }: JsonObject): string => (typeof id === 'string' ? id : '');

/** One address is of the singular, which leads nowhere. */
const endpoint: Change = (_, shown) => `${PREFIX}${idOf(shown) === 'User' ? '/User' : '/Groups'}`;

const needed = { required: true } as const;
const fixed = { mutability: 'immutable' } as const;
const readOnly = { mutability: 'readOnly' } as const;

/** The attributes as they are described; `active` and `displayName` of a user are used and not described. */
const described: Readonly<Record<string, readonly Attribute[]>> = {
  [USER]: [
    string('userName', 'Address of the user.', { ...needed, returned: 'always', uniqueness: 'server' }),
    complex(
      'name',
      'Name of the user.',
      [
        string('givenName', 'First name.', needed),
        string('familyName', 'Last name.', needed),
        string('formatted', 'Whole name.', needed),
      ],
      needed,
    ),
    complex(
      'emails',
      'Addresses of the user.',
      [
        attribute('primary', 'boolean', 'Whether it is the one address.'),
        string('type', 'Kind of the address.'),
        string('value', 'The address.'),
      ],
      { multiValued: true, returned: 'always' },
    ),
    string('externalId', 'Identifier that the client has for the user.'),
    string('preferredLanguage', 'Language of the user.'),
    complex(
      'groups',
      'Groups that the user is in.',
      [
        attribute('$ref', 'reference', 'Address of the group.', { ...readOnly, referenceTypes: ['Group'] }),
        string('value', 'Identifier of the group.', readOnly),
        string('display', 'Name of the group.', readOnly),
      ],
      { ...readOnly, multiValued: true },
    ),
  ],
  [GROUP]: [
    string('displayName', 'Name of the group.', needed),
    complex(
      'members',
      'Members of the group.',
      [
        string('value', 'Identifier of the member.', fixed),
        attribute('$ref', 'reference', 'Address of the member.', { ...fixed, referenceTypes: ['User', 'Group'] }),
        string('type', 'Kind of the member.', { ...fixed, canonicalValues: ['User', 'Group'] }),
      ],
      { multiValued: true },
    ),
    string('externalId', 'Identifier that the client has for the group.'),
  ],
};

const attributes: Change = (value, shown) =>
  (described[idOf(shown)] as unknown as JsonObject[string] | undefined) ?? value;

/** Discovery documents as recorded of hosted provisioning (research note, section 3.7). */
export const discoveryDifferences: DifferenceTable = {
  [SERVICE_PROVIDER_CONFIG]: {
    changes: {
      bulk: constant({ supported: false, maxOperations: 0, maxPayloadSize: 0 }),
      pagination: leftOut,
      authenticationSchemes: each(
        both(only('type', 'name', 'description', 'specUri'), value =>
          isObject(value) ? { ...value, documentationUri: '' } : value,
        ),
      ),
      meta: relative(() => '/ServiceProviderConfig'),
    },
  },
  [RESOURCE_TYPE]: { changes: { endpoint, meta: relative(shown => `/ResourceTypes/${idOf(shown)}`) } },
  [SCHEMA]: { changes: { schemas: leftOut, attributes, meta: relative(shown => `/Schemas/${idOf(shown)}`) } },
};

/** Whether there is such a document: of the schemas only those of users and groups are told. */
export const isTold = (kind: string, document: JsonObject): boolean =>
  kind !== SCHEMA || Object.hasOwn(described, idOf(document));

/** Kinds of documents whose lists begin at 0 rather than 1. */
export const countedFromZero: ReadonlySet<string> = new Set([RESOURCE_TYPE, SCHEMA]);
