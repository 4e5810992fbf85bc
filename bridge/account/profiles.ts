import { publicMailDomains } from './set-up/index.ts';
import type { AccountOptions, AccountSettings, Profile, ProfileId } from './model.ts';

const DAY = 86_400_000;

const both: Pick<
  AccountSettings,
  | 'deleteSemantics'
  | 'listOrder'
  | 'patchAnswer'
  | 'unsupportedFilter'
  | 'pendingEmailLookup'
  | 'domainViolation'
  | 'duplicateGroup'
  | 'confirmationIntervalSeconds'
  | 'publicDomains'
  | 'cliWithHosted'
> = {
  deleteSemantics: 'suspend',
  listOrder: 'stable',
  patchAnswer: 200,
  unsupportedFilter: 'refuse',
  pendingEmailLookup: false,
  domainViolation: 'refuse',
  duplicateGroup: 201,
  confirmationIntervalSeconds: 300,
  publicDomains: publicMailDomains,
  cliWithHosted: 'refuse',
};

/**
 * The profiles: the one place that knows what differs between them (research note, sections 4 to 6 and 10), where SCIM is
 * served among it (OP-1a).
 */
export const profiles: Readonly<Record<ProfileId, Profile>> = {
  'self-hosted': {
    id: 'self-hosted',
    title: 'the SCIM bridge that a customer runs in front of a 1Password account',
    settings: {
      ...both,
      mountPaths: ['/', '/scim', '/scim/v2'],
      invitedDeprovision: 'remove',
      externalIdPolicy: 'localPart',
      nameSource: 'parts',
      emptyFieldStyle: 'empty',
      provisioningOff: 500,
    },
    door: 'bridge',
    reminderAfter: undefined,
    afterSignUp: 'pending',
    locksOnRestart: true,
    statusPages: true,
    rotates: true,
    selfServiceAddress: true,
    protectedPermissions: [],
    provisionManagers: false,
    refusesPublicDomains: false,
    defaultLanguage: undefined,
  },
  hosted: {
    id: 'hosted',
    title: 'provisioning that 1Password runs itself',
    settings: {
      ...both,
      mountPaths: ['/scim/v2'],
      invitedDeprovision: 'keep',
      externalIdPolicy: 'client',
      nameSource: 'displayName',
      emptyFieldStyle: 'absent',
      provisioningOff: 403,
    },
    door: 'hosted',
    reminderAfter: 2 * DAY,
    afterSignUp: 'active',
    locksOnRestart: false,
    statusPages: false,
    rotates: false,
    selfServiceAddress: false,
    protectedPermissions: ['recover-accounts', 'manage-all-groups'],
    provisionManagers: true,
    refusesPublicDomains: true,
    defaultLanguage: 'en',
  },
};

/** What an account is once it has come to hosted provisioning; there is no way back (OP-48a, OP-48b). */
export const afterMigration: ProfileId = 'hosted';

/** The words that a setting takes; settings that are not listed take something else. */
export const settingChoices = {
  invitedDeprovision: ['remove', 'keep'],
  deleteSemantics: ['suspend', 'remove'],
  externalIdPolicy: ['localPart', 'client', 'empty'],
  nameSource: ['parts', 'displayName'],
  emptyFieldStyle: ['empty', 'absent'],
  listOrder: ['stable', 'rotating'],
  patchAnswer: [200, 204],
  unsupportedFilter: ['refuse', 'empty'],
  domainViolation: ['refuse', 'silent'],
  provisioningOff: [500, 403],
  duplicateGroup: [201, 409],
  cliWithHosted: ['refuse', 'allow'],
} as const satisfies { readonly [Name in keyof AccountSettings]?: readonly AccountSettings[Name][] };

/**
 * The settings of an account: those given over those of its profile.
 *
 * @throws RangeError for a profile or a setting that does not exist, or a value that it does not take
 */
export function settleAccount({ profile: id, settings: given = {} }: Pick<AccountOptions, 'profile' | 'settings'>): {
  readonly profile: Profile;
  readonly settings: AccountSettings;
} {
  const known = Object.keys(profiles);
  if (!known.includes(id)) throw new RangeError(`there is no profile ${id}; the profiles are ${known.join(' and ')}`);
  const profile = profiles[id];
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(profile.settings, name)) {
      const names = Object.keys(profile.settings).join(', ');
      throw new RangeError(`an account has no setting ${name}; its settings are ${names}`);
    }
    const words: readonly unknown[] | undefined = Object.hasOwn(settingChoices, name)
      ? settingChoices[name as keyof typeof settingChoices]
      : undefined;
    if (words && !words.includes(value)) {
      throw new RangeError(`setting ${name} takes ${words.join(', ')}, not ${String(value)}`);
    }
  }
  const settings = { ...profile.settings, ...given };
  const { confirmationIntervalSeconds: interval, mountPaths } = settings;
  if (!Number.isSafeInteger(interval) || interval < 30) {
    throw new RangeError(`setting confirmationIntervalSeconds takes a whole number of at least 30, not ${interval}`);
  }
  const odd = mountPaths.find(path => path !== '/' && !/^(?:\/[\w.-]+)+$/.test(path));
  if (odd !== undefined || mountPaths.length === 0) {
    throw new RangeError(`setting mountPaths takes paths such as / and /scim/v2, not ${odd ?? 'an empty list'}`);
  }
  return { profile, settings };
}
