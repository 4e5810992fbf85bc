import type { Exchange } from './exchange.ts';
import type { Verdict } from './verdict.ts';

/** Version of the record format; a renamed or removed field raises it. */
export const RECORD_FORMAT: number = 1;

/** What a clause said when the run was made, so that an old record renders without today's catalogue. */
export interface ClauseSnapshot {
  readonly document: string;
  readonly section: string;
  readonly level: string;
  readonly sentence: string;
  /** What it weighs for whom, by profile: those that count on it, each with the document or rule that says so. */
  readonly needed?: Readonly<Record<string, { readonly severity: string; readonly source: string }>>;
  /** Why a mismatch weighs less than the level says. Absent where it does not. */
  readonly softened?: string;
}

export interface HeaderEvent {
  readonly kind: 'header';
  readonly format: number;
  /** Random, and apart from the seed: it marks what the run creates. */
  readonly run: string;
  readonly seed: number;
  readonly tool: string;
  readonly command: string;
  readonly target: string;
  readonly profile: string;
  /** ISO 8601. */
  readonly started: string;
  readonly clauses: Readonly<Record<string, ClauseSnapshot>>;
  /** How many clauses the catalogue had, by document and section, so that a report can tell how much of each was judged. */
  readonly catalogue?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What a reader should know before the results: what was generated, what the run will create. */
  readonly notes: readonly string[];
  /** Which part of a run this is, where several go on apart; parts count from 1. */
  readonly shard?: { readonly part: number; readonly of: number };
}

/**
 * The ledger: written before a create leaves (`creating`), when its answer is in (`created` or `refused`) and after each
 * delete (`removed`), so that clean-up works even when the run dies between a request and its answer.
 */
export interface LedgerEvent {
  readonly kind: 'creating' | 'created' | 'refused' | 'removed';
  readonly scope: string;
  /** Endpoint below the base URL: `/Users`. */
  readonly endpoint: string;
  /** Attribute that identifies it before it has an id: `userName`, `displayName`. */
  readonly key: string;
  readonly value: string;
  /** Empty in `creating` and `refused`. */
  readonly id: string;
  /** The further credential it belongs to; absent for that of the run. */
  readonly as?: 'other-tenant';
}

export interface ExchangeEvent {
  readonly kind: 'exchange';
  readonly exchange: Exchange;
}

/** One step of a scenario as an admin would tell it; exchanges caused by it carry its scope. */
export interface StepEvent {
  readonly kind: 'step';
  readonly scenario: string;
  readonly scope: string;
  readonly n: number;
  readonly title: string;
  /** Set where the story itself looks or acts, past the identity provider: its requests are nobody's provisioning. */
  readonly aside?: true;
}

/** Somebody in the directory of the identity provider. */
export interface DirectoryPerson {
  /** As the story calls them. */
  readonly name: string;
  readonly email: string;
  readonly state: string;
  /** Id at the service provider, once linked. */
  readonly link?: string;
}

export interface DirectoryGroup {
  readonly name: string;
  readonly displayName: string;
  /** Whether it is bound to the application: its members have access. */
  readonly bound: boolean;
  /** Names of its first members, as the story calls them. */
  readonly members: readonly string[];
  readonly memberCount: number;
  readonly link?: string;
}

/** What an identity provider has, in short: the people and groups of a story before its crowd, and only the first of many. */
export interface DirectoryState {
  readonly provisioning: boolean;
  readonly people: readonly DirectoryPerson[];
  readonly peopleCount: number;
  readonly groups: readonly DirectoryGroup[];
  readonly groupCount: number;
}

/**
 * The side of the identity provider after a step that changed it. The side of the service provider is in the exchanges: what
 * it answered.
 */
export interface StateEvent {
  readonly kind: 'state';
  readonly scope: string;
  readonly directory: DirectoryState;
}

export interface VerdictEvent {
  readonly kind: 'verdict';
  readonly verdict: Verdict;
}

export interface FooterEvent {
  readonly kind: 'footer';
  /** ISO 8601. */
  readonly ended: string;
  readonly exitCode: number;
  /** Set when the target stopped answering: the id of the first exchange that got nothing back. */
  readonly lostSince: string;
  /** Resources the run created and could not remove, as `/Users/<id>`. */
  readonly leftBehind: readonly string[];
  readonly notes: readonly string[];
  /** What is wrong with the baseline of known deviations: expired and stale entries. Absent without a baseline. */
  readonly baseline?: readonly string[];
}

/** A run is a stream of these, one JSON line each. */
export type RunEvent = HeaderEvent | LedgerEvent | ExchangeEvent | StepEvent | StateEvent | VerdictEvent | FooterEvent;
