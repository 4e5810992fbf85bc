/** How strongly a document says a thing; the keyword is kept as printed, the last four are ours (see docs/clauses.md). */
export type Level =
  | 'MUST'
  | 'MUST NOT'
  | 'REQUIRED'
  | 'SHALL'
  | 'SHALL NOT'
  | 'SHOULD'
  | 'SHOULD NOT'
  | 'RECOMMENDED'
  | 'MAY'
  | 'OPTIONAL'
  | 'STATED'
  | 'SCHEMA'
  | 'DERIVED'
  | 'UNDEFINED';

/** Who a clause binds; `schema` is a published schema, or a rule for reading one. */
export type Subject = 'server' | 'client' | 'both' | 'schema';

/** What a mismatch may count as, after a second reading of the RFC text. It only ever softens the level. */
export type Stance = 'as-level' | 'warning' | 'observation' | 'client' | 'profile' | 'not-judged' | 'out-of-scope';

/** How well a provisioning rule is attested: a vendor's page, somebody's traffic, or our reasoning. */
export type Mark = 'documented' | 'observed' | 'inferred';

/** One row of `scim-requirements.tsv`: a normative statement of a SCIM document in our own words. */
export interface RequirementRow {
  readonly id: string;
  readonly document: string;
  readonly section: string;
  readonly level: Level;
  readonly subject: Subject;
  /** `always`, or the capability a target has to offer for the row to count. */
  readonly applies: string;
  readonly testable: 'yes' | 'partly' | 'no';
  readonly requirement: string;
  readonly check: string;
  readonly notes: string;
  readonly stance: Stance;
  readonly stanceReason: string;
}

/** One row of `provisioning-rules.tsv`: what JumpCloud, Okta, Entra ID (IDP: several of them) or 1Password does. */
export interface RuleRow {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly section: string;
  readonly mark: Mark;
  readonly side: 'idp' | 'sp' | 'both' | 'console';
  /** Comma-separated profile names the rule belongs to. */
  readonly profiles: string;
  readonly given: string;
  readonly when: string;
  readonly then: string;
  readonly wire: string;
  readonly wireMark: Mark | '-';
  readonly observable: 'black-box' | 'control' | 'directory' | 'no';
  /** Comma-separated ids of related rules. */
  readonly related: string;
  readonly notes: string;
}
