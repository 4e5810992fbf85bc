import { LOOK_UP, NOBODY, type StakeRow } from './stake.ts';

/** What hangs on how a target describes itself, answers queries and creates. */
export const readingStakes: readonly StakeRow[] = [
  [
    'discovery',
    {
      jumpcloud: 'does not read discovery, as far as is known',
      okta: 'does not read it for provisioning: the mapping is set up by hand',
      entra: 'reads /Schemas only where an admin lets it find attributes of the endpoint',
    },
  ],
  [
    'config',
    {
      jumpcloud: 'does not read discovery, as far as is known',
      okta: 'does not read it: what the endpoint can do is ticked in its console',
      entra: 'does not need it to provision',
    },
  ],
  [
    'type',
    {
      jumpcloud: 'expects /Users and /Groups and asks for no list of types',
      okta: 'expects /Users and /Groups and asks for no list of types',
      entra: 'expects /Users and /Groups and asks for no list of types',
    },
  ],
  [
    'schema',
    {
      jumpcloud: 'demands no schema of the endpoint; what is published does not reach its mapping',
      okta: 'keeps its own profile of the application; what is published does not reach it',
      entra: 'reads /Schemas only where an admin lets it find attributes of the endpoint',
    },
  ],
  ['endpoints', NOBODY],
  [
    'cursor',
    {
      jumpcloud: 'imports by startIndex and count, as far as is known',
      okta: 'imports by startIndex and count',
      entra: 'looks up one at a time, and pages nothing',
    },
  ],
  [
    'list',
    {
      jumpcloud: 'tests the connection with a list of users, which has to be 200 also when it is empty',
      okta: 'tests the connection with a page of users and one of groups',
      entra: 'tests the connection with a look-up of nobody, which has to be 200 with an empty list',
    },
  ],
  ['query', LOOK_UP],
  [
    'page',
    {
      jumpcloud: 'walks all pages when it imports; who is on no page is never imported',
      okta: 'walks pages of 100 until totalResults is reached when it imports; who is missed there counts as gone',
      entra: 'looks up one at a time, and pages nothing',
    },
  ],
  [
    'filter',
    {
      jumpcloud: 'sends userName eq and displayName eq; other filters come from other clients',
      okta: 'sends userName eq and displayName eq with paging; other filters come from other clients',
      entra: 'sends userName eq, externalId eq and displayName eq; other filters come from other clients',
    },
  ],
  ...[
    'filter.user-name-eq',
    'filter.user-name-other-case',
    'filter.no-match',
    'filter.eq',
    'filter.flag',
    'filter.no-pattern',
    'filter.identical',
    'filter.after-change',
    'filter.deleted',
    'filter.broken-finds-nobody',
    'user.name-with-unicode',
    'user.long-name',
    'user.prepared-names',
    'user.name-beyond-ascii-other-case',
    'idp.look-up',
  ].map(family => [family, LOOK_UP] as const),
  ['sort', NOBODY],
  ['search', NOBODY],
  [
    'projection',
    {
      jumpcloud: 'asks for whole resources',
      okta: 'asks for whole resources',
      entra: 'asks for groups with excludedAttributes=members, so that large groups are not read whole',
    },
  ],
  [
    'create',
    {
      jumpcloud: 'creates whoever its look-up does not find, and needs the id of the answer as a text',
      okta: 'creates whoever its look-up does not find; an answer without a body is an error',
      entra: 'creates whoever its look-up does not find, and takes the id from the answer',
    },
  ],
  [
    'create.conflict',
    {
      jumpcloud: 'decides by its look-up; a second account that is let through is never put together again',
      okta: 'reports 409 to its admin; a second account that is let through is never put together again',
      entra: 'reports 409 in its provisioning logs; a second account that is let through is never put together again',
    },
  ],
  [
    'create.at-once',
    {
      jumpcloud: 'may send creates side by side after a group is bound',
      okta: 'may send creates side by side when many are assigned at once',
      entra: 'may send creates side by side in its first cycle',
    },
  ],
  [
    'create.external-id',
    {
      jumpcloud: 'leaves externalId alone; what was there is sent back',
      okta: 'sends its own id of the person as externalId',
      entra: 'sends its own id of the object as externalId, and may look up by it',
    },
  ],
  [
    'attribute',
    {
      jumpcloud: 'sends what its mapping names; a value that is lost is sent again with every update',
      okta: 'sends the whole profile with every update; a value that is lost shows as a difference in an import',
      entra: 'compares what it reads with its own and sends a PATCH for each difference, cycle after cycle',
    },
  ],
  [
    'user',
    {
      jumpcloud: 'sends names, addresses and the state of people in every script and of every country',
      okta: 'sends names, addresses and the state of people in every script and of every country',
      entra: 'sends names, addresses and the state of people in every script and of every country',
    },
  ],
  ...['user.active', 'user.inactive', 'replace.active', 'patch.replace-active', 'patch.boolean-text'].map(
    family =>
      [
        family,
        {
          jumpcloud: 'suspends by PUT with active false; where that has no effect a leaver keeps the account',
          okta: 'deactivates by active false, with PUT or PATCH; where that has no effect a leaver keeps the account',
          entra:
            'disables by PATCH of active, as the text "False" unless the flag aadOptscim062020 is set; without effect a leaver keeps the account',
        },
      ] as const,
  ),
  [
    'user.external-id',
    {
      jumpcloud: 'leaves externalId alone; what was there is sent back',
      okta: 'sends its own id of the person as externalId',
      entra: 'sends its own id of the object as externalId, and may look up by it',
    },
  ],
  [
    'enterprise',
    {
      jumpcloud: 'sends department, employeeNumber and the like where the mapping names them',
      okta: 'sends attributes of the extension where the profile has them',
      entra: 'maps department, employeeNumber and manager by default, under the URN of the extension',
    },
  ],
  [
    'read',
    {
      jumpcloud: 'reads a user before it updates it',
      okta: 'reads a user before it updates it; 404 says that the user is gone',
      entra: 'reads by id in each cycle; 404 makes it look up and create again',
    },
  ],
];
