import type { ClauseId } from '../clauses/index.ts';
import type { Severity } from '../../reports/record/index.ts';

/** What a clause weighs in one profile, against what level and stance say. */
export interface Deviation {
  readonly clause: ClauseId;
  readonly severity: Severity;
  /** The document or rule it rests on. */
  readonly source: string;
}

/** A table clause -> severity. It sends nothing of its own and knows no check. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  /** Provisioning rules that count here: those that name one of these in their column `profiles`. */
  readonly rules: readonly string[];
  readonly table: readonly Deviation[];
}

const ENTRA_REQUESTS = 'Microsoft: SCIM request catalogue of Entra ID provisioning';
const OKTA_REQUESTS = 'Okta: SCIM 2.0 protocol reference';

/** The right-hand side that targets are held to, one at a time. */
export const profiles = [
  { id: 'rfc', title: 'The SCIM documents and nothing else', rules: [], table: [] },
  {
    id: 'jumpcloud',
    title: 'A service provider that JumpCloud provisions',
    rules: ['jumpcloud'],
    table: [
      // The filtered look-up decides between update and create; without it every person is created twice.
      { clause: 'RFC7643-5-13', severity: 'failure', source: 'JC-14: no match creates a user' },
      { clause: 'RFC7644-3.5-02', severity: 'failure', source: 'JC-Q20: memberships change by PATCH' },
      { clause: 'RFC7644-3.5.2-01', severity: 'failure', source: 'JC-Q20: memberships change by PATCH' },
    ],
  },
  {
    id: '1password',
    title: 'The 1Password SCIM bridge, self-hosted or hosted',
    rules: ['self-hosted', 'hosted', 'sso'],
    table: [],
  },
  {
    id: 'okta',
    title: 'A service provider that Okta provisions',
    rules: [],
    table: [{ clause: 'RFC7643-5-13', severity: 'failure', source: `${OKTA_REQUESTS}: look-up by userName eq` }],
  },
  {
    id: 'entra',
    title: 'A service provider that Entra ID provisions',
    rules: [],
    table: [
      { clause: 'RFC7643-5-13', severity: 'failure', source: `${ENTRA_REQUESTS}: look-up by userName eq` },
      // Entra counts on the value being made, so a refusal and a creation are both somebody's right answer.
      { clause: 'RFC7644-3.5.2.3-08', severity: 'observation', source: `${ENTRA_REQUESTS}: filtered paths on update` },
    ],
  },
] as const satisfies readonly Profile[];

/** The profile of that name, or undefined. */
export const profileOf = (id: string): Profile | undefined => profiles.find(profile => profile.id === id);

/** The profile unless another is asked for. */
export const rfc: Profile = profiles[0];
