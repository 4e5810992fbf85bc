import { MEMBERS, NOBODY, PATCHES, type StakeRow } from './stake.ts';

/** What hangs on how a target changes resources, and on what it lets in and sends out. */
export const changingStakes: readonly StakeRow[] = [
  [
    'replace',
    {
      jumpcloud: 'updates people by PUT of what it read, merged with what is mapped',
      okta: 'updates profiles by PUT of what it read, merged with what is mapped',
      entra: 'sends no PUT: every update is a PATCH',
    },
  ],
  ...['replace.members', 'replace.group'].map(
    family =>
      [
        family,
        {
          jumpcloud: 'changes groups by PATCH, not by PUT',
          okta: 'puts groups back whole in applications that a customer made: name and all members',
          entra: 'changes groups by PATCH, not by PUT',
        },
      ] as const,
  ),
  ['patch', PATCHES],
  ...[
    'patch.add-member',
    'patch.remove-member',
    'patch.remove-one-member',
    'patch.remove-value-array',
    'patch.remove-all-members',
    'patch.replace-members',
    'patch.member',
    'patch.many-members',
    'patch.at-once',
    'patch.remove-then-add',
    'group',
    'relation',
    'replace.members-cleared',
    'onepassword.member',
  ].map(family => [family, MEMBERS] as const),
  [
    'patch.op-other-case',
    {
      jumpcloud: 'writes op in small letters',
      okta: 'writes op in small letters',
      entra: 'writes Add, Replace and Remove unless the flag aadOptscim062020 is set',
    },
  ],
  [
    'patch.extension',
    {
      jumpcloud: 'updates people by PUT; its PATCHes are those of group members',
      okta: 'updates profiles by PUT',
      entra: 'changes attributes of the extension by paths with their URN',
    },
  ],
  [
    'delete',
    {
      jumpcloud: 'suspends instead of deleting; DELETE is known from its test user and from groups',
      okta: 'never deletes users; it deletes groups that are no longer pushed',
      entra: 'deletes users 30 days after they are disabled, and groups at once',
    },
  ],
  ['bulk', NOBODY],
  [
    'version',
    {
      jumpcloud: 'sends no If-Match, as far as is known',
      okta: 'sends no If-Match',
      entra: 'sends no If-Match',
    },
  ],
  ['me', NOBODY],
  [
    'auth',
    {
      jumpcloud: 'sends a bearer token; what is open to others is open to everybody on the network',
      okta: 'sends a bearer token, basic credentials or OAuth; what is open to others is open to everybody on the network',
      entra: 'sends a bearer token; what is open to others is open to everybody on the network',
    },
  ],
  ...['access', 'tenant'].map(
    family =>
      [
        family,
        {
          jumpcloud:
            'has one token for each application: an endpoint that does not separate tenants shows one customer to another',
          okta: 'has one credential for each application: an endpoint that does not separate tenants shows one customer to another',
          entra:
            'has one token for each application: an endpoint that does not separate tenants shows one customer to another',
        },
      ] as const,
  ),
  [
    'error',
    {
      jumpcloud: 'shows its admin little of an error: status and keyword decide what it does next',
      okta: 'shows status and detail to its admin, and decides by the status whether to try again',
      entra: 'shows status and detail in its provisioning logs, and decides by the status whether to try again',
    },
  ],
  [
    'http',
    {
      jumpcloud: 'sends usual requests with application/scim+json',
      okta: 'sends application/scim+json; charset=utf-8, and accepts application/scim+json',
      entra: 'sends application/scim+json; charset=utf-8, and takes JSON',
    },
  ],
  [
    'wire',
    {
      jumpcloud: 'reads answers strictly: an id that is no text, for example, fails the whole operation',
      okta: 'takes an answer that it cannot read for an error of the operation, and shows it to the admin',
      entra:
        'takes an answer that it cannot read for an error, tries again, and puts the job into quarantine when many fail',
    },
  ],
  [
    'wire.server-error',
    {
      jumpcloud: 'logs the operation as failed; nobody knows how often it tries again',
      okta: 'marks the task as failed until an admin retries it',
      entra: 'tries again in later cycles, less and less often, and puts the job into quarantine when many fail',
    },
  ],
  [
    'value',
    {
      jumpcloud: 'reads answers strictly: an id that is no text, for example, fails the whole operation',
      okta: 'takes an answer that it cannot read for an error of the operation',
      entra: 'compares what it reads with its own: another form of the same value is a difference in every cycle',
    },
  ],
  [
    'client',
    {
      jumpcloud: 'is the client that is played here; a real one has its own faults, which its dialect names',
      okta: 'is a client as well; what it does otherwise stands in its dialect',
      entra: 'is a client as well; what it does otherwise stands in its dialect',
    },
  ],
  [
    'jumpcloud',
    {
      jumpcloud: 'does so by its own documents',
      okta: 'is not concerned: it is a rule of JumpCloud',
      entra: 'is not concerned: it is a rule of JumpCloud',
    },
  ],
  [
    'idp',
    {
      jumpcloud: 'is concerned where the request is one of those it sends: look-ups by userName and displayName',
      okta: 'sends requests of this form where the title names it',
      entra: 'sends requests of this form where the title names it',
    },
  ],
  [
    'onepassword',
    {
      jumpcloud: 'meets this behaviour at every 1Password account it provisions',
      okta: 'meets this behaviour at every 1Password account it provisions',
      entra: 'meets this behaviour at every 1Password account it provisions',
    },
  ],
];
