/** What a topic of the suite costs a target. */
export interface Footprint {
  readonly requests: number;
  /** Users and groups created, all of them removed again. */
  readonly users: number;
  readonly groups: number;
}

/**
 * What each topic (the first word of a check) cost on the reference bridge when it was last measured with
 * `npx tsx test/footprint.ts`; a test holds it against a run. Targets that publish more attributes cost more.
 */
export const footprints: Readonly<Record<string, Footprint>> = {
  access: { requests: 48, users: 10, groups: 0 },
  attribute: { requests: 131, users: 40, groups: 4 },
  auth: { requests: 92, users: 23, groups: 0 },
  bulk: { requests: 342, users: 108, groups: 8 },
  config: { requests: 37, users: 9, groups: 0 },
  create: { requests: 153, users: 52, groups: 3 },
  cursor: { requests: 45, users: 0, groups: 0 },
  delete: { requests: 29, users: 7, groups: 2 },
  discovery: { requests: 103, users: 0, groups: 0 },
  enterprise: { requests: 101, users: 30, groups: 0 },
  error: { requests: 15, users: 5, groups: 0 },
  filter: { requests: 577, users: 43, groups: 13 },
  group: { requests: 26, users: 4, groups: 6 },
  http: { requests: 86, users: 22, groups: 2 },
  list: { requests: 7, users: 1, groups: 1 },
  me: { requests: 5, users: 0, groups: 0 },
  page: { requests: 86, users: 12, groups: 0 },
  patch: { requests: 1519, users: 322, groups: 29 },
  projection: { requests: 106, users: 8, groups: 2 },
  query: { requests: 6, users: 2, groups: 0 },
  read: { requests: 37, users: 7, groups: 4 },
  relation: { requests: 137, users: 23, groups: 23 },
  replace: { requests: 379, users: 73, groups: 8 },
  schema: { requests: 269, users: 20, groups: 1 },
  search: { requests: 32, users: 0, groups: 0 },
  sort: { requests: 35, users: 0, groups: 0 },
  tenant: { requests: 43, users: 13, groups: 0 },
  type: { requests: 57, users: 3, groups: 2 },
  user: { requests: 267, users: 104, groups: 0 },
  version: { requests: 209, users: 41, groups: 5 },
};

/** What any run costs: finding out what the target is, what several checks share, and cleaning up. */
export const always: Footprint = { requests: 63, users: 15, groups: 3 };

/** The groups of hundreds of members. */
export const largeGroups: Footprint = { requests: 222, users: 109, groups: 1 };
/** The check that makes them. */
export const LARGE = 'relation.many-members';

/** Share of the checks that send anything when nothing may be changed. */
export const READ_ONLY_REQUESTS = 600;
