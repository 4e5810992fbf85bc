/**
 * The checks that report what a run stumbles over before its first check, or on the way to one: what else meets it names
 * them, and accuses nobody. Ids stand here and in the declarations of the checks; a test holds them together.
 */
export const reporters = {
  create: { User: 'create.status', Group: 'create.group', custom: 'create.custom', unnamed: 'create.location' },
  /** What a type demands and announces nowhere. */
  demand: { User: 'create.minimal-user', Group: 'create.minimal-group' },
  read: 'read.by-id',
  /** A user that may be there and is not shown, for it is inactive. */
  inactive: 'user.inactive-readable',
  endpoint: 'read.endpoints',
  list: 'list.envelope',
  page: 'wire.list-envelope',
  filter: { User: 'filter.user-name-eq', Group: 'filter.group-name' },
  filterFlag: 'filter.flag',
  search: 'search.same-as-get',
  members: 'group.members',
  write: { PUT: 'replace.status', PATCH: 'patch.status', DELETE: 'delete.status' },
  /** Writes that claim to have been done and were not. */
  idle: {
    User: { PUT: 'replace.read-back', PATCH: 'patch.replace-read-back', DELETE: 'delete.gone' },
    Group: { PUT: 'replace.group', PATCH: 'patch.rename-group', DELETE: 'delete.gone' },
  },
  discovery: {
    '/Schemas': 'discovery.schemas',
    '/ResourceTypes': 'discovery.resource-types',
    '/ServiceProviderConfig': 'discovery.service-provider-config',
  },
} as const;
