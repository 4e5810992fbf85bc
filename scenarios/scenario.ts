import type { RuleId } from '../conformance/clauses/index.ts';
import type { ConnectorId } from '../simulator/sync/connector.ts';
import type { Expectation } from './expectation.ts';
import type { Step } from './step.ts';

/** Profile of the account behind an endpoint. */
export type AccountProfile = 'self-hosted' | 'hosted';

/** Why a story is none for every identity provider: no other reasons are given. */
export const becauses = {
  'rules-of-its-own': 'it proves what the documents of one identity provider say, and those of the others do not',
  'form-of-its-own': 'it is about a form, a kind of integration or a button that the others do not have',
  'groups-sent-whole': 'who sends a group whole takes out members whom the service provider took in by itself',
  'address-of-its-own': 'it takes an update that brings the state and the address in one request',
} as const;

/** Id of such a reason. */
export type Because = keyof typeof becauses;

/** A lifecycle story: what an admin does, what has to be seen on the other side, and the rules that this proves. */
export interface Scenario {
  /** Lower-case words joined by hyphens. */
  readonly id: string;
  readonly title: string;
  /** Rules that turn the story red when they are broken; expectations that name none judge the first. */
  readonly proves: readonly [RuleId, ...RuleId[]];
  /** Size of the crowd: people beside those that the story names, hired before its first step. */
  readonly people?: number;
  /** Ids of the identity providers it is a story of, where it is no story of all; the others do not play it. */
  readonly idp?: readonly string[];
  /** Why the others do not play it; the library says so wherever it names some. */
  readonly because?: Because;
  /** Profiles of the accounts it is a story of, where it is no story of all: it changes what cannot be changed elsewhere. */
  readonly account?: readonly AccountProfile[];
  /** Kind of the integration; that of 1Password by default. */
  readonly connector?: ConnectorId;
  /** Each change is sent as it is made once provisioning is on, and steps `sync` are not needed (JC-Q41). */
  readonly atOnce?: true;
  readonly steps: readonly Step[];
  /** Judged after the last step. */
  readonly expect: readonly Expectation[];
}
