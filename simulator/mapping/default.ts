import type { AttributeMapping } from './attribute-mapping.ts';

/** What the service provider holds already is sent back unchanged, else what follows. */
const held = (attribute: string, otherwise: string): string =>
  `notNullOrEmpty(providerUser.${attribute}) ? providerUser.${attribute} : ${otherwise}`;

/** One entry is sent: the one for work, else the first (JC-32). */
const workOrFirst = (list: string): string => `find(${list}, .type == 'work') ?? first(${list})`;

/** The name to show: the one given, else both names, else the first (JC-29). */
const DISPLAY_NAME = [
  'notNullOrEmpty(jcUser.displayname)',
  '? jcUser.displayname',
  ": (notNullOrEmpty(jcUser.lastname) ? jcUser.firstname + ' ' + jcUser.lastname : jcUser.firstname)",
].join(' ');

/**
 * The mappings that Restore Defaults brings back for the 1Password connector (JC-26), in the order of its table. Whoever
 * adds none sends these attributes and no other: the manager is not among them.
 */
export const defaultMapping: readonly AttributeMapping[] = [
  // The source cell of the table is empty; addresses have to agree on both sides (JC-Q4).
  { target: 'userName', kind: 'direct', source: 'email' },
  { target: '$enterpriseUser.organization', kind: 'direct', source: 'company' },
  { target: '$enterpriseUser.costCenter', kind: 'direct', source: 'costCenter' },
  { target: '$enterpriseUser.department', kind: 'direct', source: 'department' },
  { target: '$enterpriseUser.employeeNumber', kind: 'direct', source: 'employeeIdentifier' },
  { target: 'userType', kind: 'direct', source: 'employeeType' },
  { target: 'name.givenName', kind: 'direct', source: 'firstname' },
  { target: 'title', kind: 'direct', source: 'jobtitle' },
  { target: 'name.familyName', kind: 'direct', source: 'lastname' },
  { target: 'displayName', kind: 'expression', expression: DISPLAY_NAME },
  { target: 'externalId', kind: 'expression', expression: held('externalId', 'jcUser.id') },
  { target: 'locale', kind: 'expression', expression: held('locale', "'en-US'") },
  { target: 'preferredLanguage', kind: 'expression', expression: held('preferredLanguage', "'en-US'") },
  { target: 'addresses', kind: 'expression', expression: `toScimAddresses(${workOrFirst('jcUser.addresses')})` },
  { target: 'emails', kind: 'expression', expression: 'toScimEmails(jcUser.email)' },
  {
    target: 'phoneNumbers',
    kind: 'expression',
    expression: `toScimPhoneNumbers(${workOrFirst('jcUser.phoneNumbers')})`,
  },
];
