import type { RuleId } from '../../conformance/clauses/index.ts';
import type { AccountSettings } from './model.ts';

/** A rule that the account keeps, and the file below `bridge/` that it lives in. What else is known of it: the catalogue. */
export interface RuleHome {
  readonly rule: RuleId;
  readonly home: string;
}

const at = (home: string, ...rules: readonly RuleId[]): readonly RuleHome[] => rules.map(rule => ({ rule, home }));

/** Every 1Password rule that binds the service provider, with its home. */
export const ruleHomes: readonly RuleHome[] = [
  ...at('account/profiles.ts', 'OP-1a'),
  ...at('http/routes.ts', 'OP-1b'),
  ...at('http/pages.ts', 'OP-2'),
  ...at('account/doors.ts', 'OP-3a', 'OP-3b', 'OP-3c', 'OP-4a', 'OP-4b'),
  ...at('account/set-up/index.ts', 'OP-5a', 'OP-5b', 'OP-6a', 'OP-6c', 'OP-45a', 'OP-45b', 'OP-49a', 'OP-50a', 'OP-52'),
  ...at('account/set-up/preconditions.ts', 'OP-7', 'OP-8a', 'OP-8b', 'OP-9', 'OP-51a', 'OP-51b'),
  ...at('account/set-up/admit.ts', 'OP-6b', 'OP-48a', 'OP-48b', 'OP-49b', 'OP-50b', 'OP-53'),
  ...at('account/filters.ts', 'OP-11a', 'OP-54'),
  ...at('account/people.ts', 'OP-11b', 'OP-11c', 'OP-12a', 'OP-12b', 'OP-13a', 'OP-20a', 'OP-20b', 'OP-26a'),
  ...at('account/people.ts', 'OP-29a', 'OP-29b', 'OP-29c', 'OP-32b', 'OP-32c'),
  ...at('account/mails.ts', 'OP-13b', 'OP-32a'),
  ...at('account/transitions.ts', 'OP-13c', 'OP-15a', 'OP-16', 'OP-25a', 'OP-26b', 'OP-26c', 'OP-28a', 'OP-28b'),
  ...at('account/user.ts', 'OP-13d', 'OP-15b', 'OP-17a', 'OP-17b', 'OP-19a', 'OP-19b', 'OP-22b', 'OP-25b'),
  ...at('account/names.ts', 'OP-17c', 'OP-18a', 'OP-18b', 'OP-24a', 'OP-24b'),
  ...at('account/timers.ts', 'OP-14a'),
  ...at('account/control-people.ts', 'OP-14b', 'OP-31', 'OP-34a', 'OP-34b', 'OP-45c'),
  ...at('account/served.ts', 'OP-21a', 'OP-21b', 'OP-22a', 'OP-23a', 'OP-23b', 'OP-55'),
  ...at('account/address.ts', 'OP-33'),
  ...at('account/groups.ts', 'OP-35', 'OP-36a', 'OP-36b', 'OP-37a', 'OP-37b', 'OP-37c', 'OP-37d', 'OP-38', 'OP-39'),
  ...at('account/groups.ts', 'OP-44a', 'OP-44b', 'OP-44c', 'OP-44d', 'OP-45d'),
  ...at('account/sso/identity-provider.ts', 'OP-60', 'OP-62a', 'OP-63', 'OP-64', 'OP-66'),
  ...at(
    'account/sso/configure.ts',
    'OP-70',
    'OP-71',
    'OP-75',
    'OP-80a',
    'OP-80b',
    'OP-81a',
    'OP-81b',
    'OP-83',
    'OP-86',
  ),
  ...at('account/sso/standing.ts', 'OP-72', 'OP-73', 'OP-74b', 'OP-82', 'OP-84b', 'OP-85'),
  ...at('account/sso/settle.ts', 'OP-74a', 'OP-84a', 'OP-87'),
];

const silence =
  'no request comes any more, and nothing of the account acts on silence, so there is nothing to switch off: the test slips in what must not come';

/**
 * 1Password rules that do not live here, and why. Those of the identity provider have a twin among the rules of JumpCloud,
 * where the simulator keeps them.
 */
export const rulesElsewhere = {
  'OP-10': 'an application of the identity provider; nothing of it reaches the account',
  'OP-27a': silence,
  'OP-27b': silence,
  'OP-30a': 'the identity provider decides',
  'OP-30b': 'the identity provider decides',
  'OP-40': 'the identity provider decides',
  'OP-41': 'the identity provider decides',
  'OP-42': 'the identity provider decides; that the group is found is OP-37d',
  'OP-43a': 'the identity provider decides',
  'OP-43b': 'the identity provider decides',
  'OP-46': 'the identity provider decides',
  'OP-47': 'the log of the identity provider',
  'OP-61': 'OpenID Connect itself, which is not simulated',
  'OP-62b': 'the identity provider refuses; the addresses that it is given are OP-62a',
  'OP-65': 'OpenID Connect itself, which is not simulated',
  'OP-67': 'the apps of 1Password, which nobody sees from outside',
  'OP-68': 'the identity provider decides who may use its OpenID Connect application',
} as const satisfies Partial<Readonly<Record<RuleId, string>>>;

/** A setting of an account for a reader: what it decides, and the rules that it is about. */
export interface SettingHome {
  readonly title: string;
  readonly rules: readonly RuleId[];
}

/** Every setting; one exists where sources conflict or both behaviours are met (research note, sections 6 and 10). */
export const settingHomes: Readonly<Record<keyof AccountSettings, SettingHome>> = {
  mountPaths: { title: 'paths below which SCIM is served; / for the root', rules: ['OP-1a'] },
  invitedDeprovision: {
    title: 'what deprovisioning does to somebody who never joined',
    rules: ['OP-26a', 'OP-26b', 'OP-26c'],
  },
  deleteSemantics: { title: 'what DELETE does to somebody who joined', rules: ['OP-28a'] },
  externalIdPolicy: {
    title: 'what externalId shows: the part before the @, what was sent, or nothing',
    rules: ['OP-19a', 'OP-19b'],
  },
  nameSource: {
    title: 'what a name is made of on update',
    rules: ['OP-17c', 'OP-18a', 'OP-18b', 'OP-24a', 'OP-24b'],
  },
  emptyFieldStyle: { title: 'how the observed wire shows what has no value', rules: [] },
  listOrder: { title: 'whether a list keeps its order from call to call', rules: [] },
  patchAnswer: { title: 'status of the answer to a PATCH', rules: ['OP-38'] },
  unsupportedFilter: { title: 'a filter beyond those that identity providers send', rules: ['OP-54', 'OP-55'] },
  pendingEmailLookup: {
    title: 'whether a filter on an address that waits for confirmation finds the person',
    rules: ['OP-32b'],
  },
  domainViolation: { title: 'an address of a domain that is not allowed', rules: ['OP-33'] },
  provisioningOff: { title: 'status while provisioning is switched off', rules: ['OP-4a', 'OP-4b'] },
  duplicateGroup: { title: 'status of a second group of one name', rules: ['OP-37c'] },
  confirmationIntervalSeconds: {
    title: 'seconds between two runs of the watcher that confirms people',
    rules: ['OP-15a'],
  },
  publicDomains: { title: 'domains that anybody can have an address of', rules: ['OP-8b'] },
  cliWithHosted: { title: 'the command-line tool while hosted provisioning is on', rules: ['OP-52'] },
};
