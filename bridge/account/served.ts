import { groupType, userType, type Attribute, type ResourceType } from '../../scim/schema/index.ts';
import type { BridgeSettings } from '../http/settings.ts';

/**
 * What is offered in front of an account: as recorded of hosted provisioning (OP-23b; research note, section 3.7; Q14), and
 * the pages that Okta tests a credential with (OP-55); what nobody ever saw offered is left out.
 */
export const offered: Partial<BridgeSettings> = {
  bulk: false,
  sort: false,
  etag: false,
  changePassword: false,
  search: false,
  rootQuery: false,
  cursorPaging: false,
  filterMaxResults: 10_000,
  defaultPageSize: 10_000,
  // Section 5: what the account does not have is taken and dropped (OP-21b); section 9: an unmatched element is made.
  unknownPath: 'ignore',
  unknownAttributes: 'ignore',
  unmatchedReplace: 'create',
};

/** What an account keeps of a user (sections 2.6 and 3.2), and of a name. */
const kept: ReadonlySet<string> = new Set([
  'userName',
  'name',
  'displayName',
  'preferredLanguage',
  'active',
  'emails',
  'groups',
]);
const keptOfName: ReadonlySet<string> = new Set(['formatted', 'familyName', 'givenName']);

const shorten = (attribute: Attribute): Attribute =>
  attribute.name === 'name' ? withSubs(attribute, subs => subs.filter(({ name }) => keptOfName.has(name))) : attribute;

const restrict = (attribute: Attribute): Attribute =>
  attribute.name === 'displayName'
    ? { ...attribute, caseExact: true }
    : withSubs(attribute, subs => subs.map(onlyUsers));

const onlyUsers = (sub: Attribute): Attribute => ({
  ...sub,
  ...(sub.referenceTypes && { referenceTypes: ['User'] }),
  ...(sub.name === 'type' && { canonicalValues: ['User'] }),
});

const withSubs = (attribute: Attribute, change: (subs: readonly Attribute[]) => readonly Attribute[]): Attribute => ({
  ...attribute,
  ...(attribute.subAttributes && { subAttributes: change(attribute.subAttributes) }),
});

/**
 * The resource types of an account. Everything that it does not keep is taken without error and dropped (OP-21a, OP-21b,
 * OP-22a, OP-23a); members are users only, since nobody describes groups in groups; names of groups compare with case (Q11).
 */
export const accountTypes: readonly ResourceType[] = [
  {
    ...userType,
    schema: {
      ...userType.schema,
      attributes: userType.schema.attributes.filter(({ name }) => kept.has(name)).map(shorten),
    },
    extensions: [],
  },
  { ...groupType, schema: { ...groupType.schema, attributes: groupType.schema.attributes.map(restrict) } },
];
