import type { ClauseId } from '../clauses/index.ts';
import type { Severity } from '../../reports/record/index.ts';

/** What a clause weighs in one profile, against what level and stance say. */
export interface Deviation {
  readonly clause: ClauseId;
  readonly severity: Severity;
  /** The document or rule it rests on. */
  readonly source: string;
}

/** What whoever chose a profile wants to know before all else: reports begin with the verdict on the clause. */
export interface Lead {
  readonly clause: ClauseId;
  /** In plain words, such that a pass says no. */
  readonly question: string;
}

/** A table clause -> severity. It sends nothing of its own and knows no check. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  readonly lead?: Lead;
  /** Provisioning rules that count here: those that name one of these in their column `profiles`. */
  readonly rules: readonly string[];
  /** Whether a rule has to name all of them rather than one: the profile is what several kinds have in common. */
  readonly common?: true;
  readonly table: readonly Deviation[];
}

const ENTRA = 'Microsoft: SCIM request catalogue of Entra ID provisioning';
const OKTA = 'Okta: SCIM 2.0 protocol reference';

/** Clauses that weigh as failures, each with what needs it. */
const fails = (source: string, ...clauses: readonly ClauseId[]): readonly Deviation[] =>
  clauses.map(clause => ({ clause, severity: 'failure', source }));

/** Clauses that weigh nothing more than a note, each with who goes on without. */
const notes = (source: string, ...clauses: readonly ClauseId[]): readonly Deviation[] =>
  clauses.map(clause => ({ clause, severity: 'observation', source }));

/** The filter flag, and whether there is PATCH at all. */
const FILTER = 'RFC7643-5-13';
const PATCH = ['RFC7644-3.5-02', 'RFC7644-3.5.2-01'] as const;
/** A removal of members that lists them in its value. */
const VALUE_ARRAY = 'RFC7644-3.5.2.2-10';

const onePasswordLead: Lead = {
  clause: VALUE_ARRAY,
  question: 'Does a removal of one member that lists it under value empty the group?',
};

/** What 1Password needs whoever runs it: it serves every identity provider, so it takes what each of them sends. */
const onePassword: readonly Deviation[] = [
  ...fails('OP-36b: the listed member alone is gone', VALUE_ARRAY, 'RFC7644-3.5.2.2-11'),
  ...fails('OP-36a: a member is added by PATCH', ...PATCH, 'RFC7644-3.5.2.1-13', 'RFC7644-3.5.2.1-07'),
  ...fails('OP-11a: an address that is known is found by a filter', FILTER),
  ...fails('OP-54: Entra ID writes its operations Add, Replace and Remove', 'RFC7644-3.5.2-06'),
  ...fails('OP-54: Entra ID adds by a filtered path where nothing is there', 'RFC7644-3.5.2.1-12'),
  ...fails('OP-55: imports of Okta walk all pages', 'RFC7644-3.4.2.4-14', 'RFC7644-3.4.2.4-02'),
  ...fails('OP-13d: the answer to a create shows the user', 'RFC7644-3.3-05'),
  ...fails('OP-37c: two groups may have one name', 'RFC7643-4.2-09'),
  // Where it departs from the RFC, as its pages have it.
  ...notes('OP-32b: the old address shows until the new one is confirmed', 'RFC7643-3.1-07'),
];

/** The same of the bridge that a customer runs. */
const localParts = notes('OP-19a: externalId is the part before the at sign', 'RFC7643-3.1-12', 'RFC7643-3.1-15');

/** The same of hosted provisioning. */
const suspensions = notes(
  'OP-28a: on hosted provisioning a DELETE suspends',
  'RFC7644-3.6-02',
  'RFC7644-3.6-04',
  'RFC7644-3.6-05',
);

/** The right-hand side that targets are held to, one at a time. */
export const profiles: readonly [Profile, ...Profile[]] = [
  { id: 'rfc', title: 'The SCIM documents and nothing else', rules: [], table: [] },
  {
    id: 'jumpcloud',
    title: 'A service provider that JumpCloud provisions',
    lead: { clause: VALUE_ARRAY, question: 'Does the way in which JumpCloud removes one member empty your group?' },
    rules: ['jumpcloud'],
    table: [
      ...fails('JC-Q20: a member leaves by path members and a list under value (W-24)', VALUE_ARRAY),
      // The filtered look-up decides between update and create; without it every person is created twice.
      ...fails('JC-14: no match creates a user', FILTER),
      ...fails('JC-45a: memberships change by PATCH', ...PATCH, 'RFC7644-3.5.2.1-13', 'RFC7644-3.5.2.1-07'),
      ...fails('JC-44a: members who are there are added again (W-25)', 'RFC7644-3.5.2.1-09'),
      ...fails('JC-16: an import walks all pages', 'RFC7644-3.4.2.4-14', 'RFC7644-3.4.2.4-05'),
      ...fails('JumpCloud: the id is taken from the answer, as a text (W-5)', 'RFC7644-3.3-05'),
    ],
  },
  {
    id: '1password',
    title: 'The 1Password SCIM bridge, self-hosted or hosted: what both have in common',
    lead: onePasswordLead,
    rules: ['self-hosted', 'hosted'],
    common: true,
    table: [...onePassword, ...localParts, ...suspensions],
  },
  {
    id: '1password-self-hosted',
    title: 'The 1Password SCIM bridge that a customer runs',
    lead: onePasswordLead,
    rules: ['self-hosted', 'sso'],
    table: [...onePassword, ...localParts],
  },
  {
    id: '1password-hosted',
    title: 'The provisioning that 1Password runs itself',
    lead: onePasswordLead,
    rules: ['hosted', 'sso'],
    table: [...onePassword, ...suspensions],
  },
  {
    id: 'okta',
    title: 'A service provider that Okta provisions',
    rules: ['okta'],
    table: [
      ...fails(`${OKTA}: look-up by userName eq`, FILTER),
      ...notes(`${OKTA}: 404 to a look-up means that nobody is there`, 'RFC7644-3.4.2-10'),
      ...fails(`${OKTA}: an answer to a create without a body is an error`, 'RFC7644-3.3-05'),
      ...fails(`${OKTA}: memberships and states change by PATCH`, ...PATCH, 'RFC7644-3.5.2.1-13', 'RFC7644-3.5.2.2-11'),
      ...fails(`${OKTA}: the order of an import is the same on every page`, 'RFC7644-3.4.2.4-14', 'RFC7644-3.4.2.4-02'),
      ...fails(`${OKTA}: an import ends after the last page`, 'RFC7644-3.4.2.4-05', 'RFC7644-3.4.2.4-12'),
      ...fails(`${OKTA}: the total of a list ends an import`, 'RFC7644-3.4.2.4-13'),
      ...fails(`${OKTA}: a group is created without members`, 'RFC7643-4.2-08'),
      ...fails(`${OKTA}: 404 says that a user is gone`, 'RFC7644-3.4.1-02'),
      ...notes(`${OKTA}: users are never deleted`, 'RFC7644-3.6-05'),
    ],
  },
  {
    id: 'entra',
    title: 'A service provider that Entra ID provisions',
    lead: { clause: VALUE_ARRAY, question: 'Does the way in which Entra ID removes one member empty your group?' },
    rules: ['entra'],
    table: [
      ...fails(`${ENTRA}: without flag aadOptscim062020 members leave by a list under value`, VALUE_ARRAY),
      ...fails(`${ENTRA}: look-up by userName eq`, FILTER),
      ...fails(`${ENTRA}: every update is a PATCH`, ...PATCH, 'RFC7644-3.5.2.1-13', 'RFC7644-3.5.2.1-14'),
      ...fails(`${ENTRA}: operations are written Add, Replace and Remove`, 'RFC7644-3.5.2-06'),
      ...fails(
        `${ENTRA}: attributes of the extension are changed by their URN`,
        'RFC7644-3.5.2.3-10',
        'RFC7644-3.5.2.2-12',
      ),
      // Entra counts on the value being made, so a refusal and a creation are both somebody's right answer.
      ...notes(`${ENTRA}: filtered paths on update`, 'RFC7644-3.5.2.3-08'),
      ...fails(
        `${ENTRA}: an addition by a filtered path makes the element`,
        'RFC7644-3.5.2.1-12',
        'RFC7644-3.5.2.1-11',
      ),
      ...fails(`${ENTRA}: groups are read without their members`, 'RFC7644-3.4.2.5-06'),
      ...fails(`${ENTRA}: the answer to a create shows the id`, 'RFC7644-3.3-05'),
      ...fails(`${ENTRA}: 404 makes it look for the user and create it again`, 'RFC7644-3.4.1-02', 'RFC7644-3.5.2-26'),
      ...fails(`${ENTRA}: groups are created without members`, 'RFC7643-4.2-08'),
      ...fails(`${ENTRA}: the externalId of two objects is never compared`, 'RFC7643-3.1-14'),
    ],
  },
];

/** The profile of that name, or undefined. */
export const profileOf = (id: string): Profile | undefined => profiles.find(profile => profile.id === id);

/** The profile unless another is asked for. */
export const rfc: Profile = profiles[0];
