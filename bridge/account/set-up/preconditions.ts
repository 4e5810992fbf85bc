import { ControlError } from '../../../scim/target.ts';
import { domainOf } from '../address.ts';
import type { Account, Person, Role } from '../model.ts';
import type { Holds } from './state.ts';

/** Who asks for a set-up or a migration, and for which identity provider. */
export interface SetUpRequest {
  /** Id and role of the one who asks. */
  readonly by: Pick<Person, 'id' | 'role'>;
  /** `entra`, `okta`, `jumpcloud`; left out: not looked at. */
  readonly identityProvider?: string | undefined;
}

/** What of the account a set-up depends on. */
export type Requirements = Pick<Account, 'plan' | 'people' | 'domains' | 'publicDomains'>;

/** Providers of free mailboxes; the vendor names the first and says "such as" (OP-8b). */
export const publicMailDomains: readonly string[] = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'ymail.com',
  'icloud.com',
  'me.com',
  'mac.com',
  'aol.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'mail.com',
  'mail.ru',
  'yandex.com',
  'proton.me',
  'protonmail.com',
  'zoho.com',
  'qq.com',
];

const mayManage: ReadonlySet<Role> = new Set(['owner', 'administrator']);

/** What hosted provisioning does with an identity provider, as of spring 2026. Migration with JumpCloud is not described. */
const providers = {
  entra: { migrate: 'OP-51a', setUp: 'OP-51a', beta: false },
  okta: { migrate: 'OP-51a', setUp: 'OP-51a', beta: false },
  jumpcloud: { migrate: undefined, setUp: 'OP-51b', beta: true },
} as const;

/**
 * Only owners and administrators set provisioning up or migrate it (OP-7).
 * @throws {ControlError} 403
 */
export function checkAdministrator({ role }: Pick<Person, 'role'>, holds: Holds): void {
  if (!holds('OP-7') || mayManage.has(role)) return;
  throw new ControlError(403, `Only an owner or an administrator sets provisioning up, not a ${role}.`, 'OP-7');
}

/**
 * What of the account has to be so before it gets hosted provisioning (OP-8a, OP-8b, OP-9, OP-51a, OP-51b).
 * @returns whether the identity provider is taken as a beta
 * @throws {ControlError} 403 for the wrong plan or identity provider; 409 for the domains of members
 */
export function checkHosted(
  act: 'setUp' | 'migrate',
  { identityProvider }: Pick<SetUpRequest, 'identityProvider'>,
  account: Requirements,
  holds: Holds,
): boolean {
  if (account.plan === 'msp' && holds('OP-9')) {
    throw new ControlError(403, 'The account of a managed service provider cannot use hosted provisioning.', 'OP-9');
  }
  const beta = checkIdentityProvider(act, identityProvider, holds);
  checkDomains(account, holds);
  return beta;
}

function checkIdentityProvider(act: 'setUp' | 'migrate', id: string | undefined, holds: Holds): boolean {
  if (id === undefined) return false;
  const offered = Object.entries(providers).filter(([, one]) => {
    const rule = one[act];
    return rule !== undefined && holds(rule);
  });
  const found = offered.find(([name]) => name === id);
  if (found) return found[1].beta;
  const names = offered.map(([name]) => name).join(', ');
  const what = act === 'migrate' ? 'An account migrates' : 'Hosted provisioning is set up';
  throw new ControlError(403, `${what} with one of ${names}, not with "${id}".`, 'OP-51a');
}

/** Guests are no members of the team, so their addresses do not count (inferred). */
function checkDomains({ people, domains, publicDomains }: Requirements, holds: Holds): void {
  const members = people.filter(({ role }) => role !== 'guest');
  const used = [...new Set(members.map(({ address }) => domainOf(address)))];
  const lower = (names: readonly string[]): ReadonlySet<string> => new Set(names.map(name => name.toLowerCase()));
  const open = lower(publicDomains);
  const unusable = used.filter(domain => open.has(domain)).sort();
  if (unusable.length > 0 && holds('OP-8b')) {
    throw new ControlError(
      409,
      `Members have addresses of public mail domains, which hosted provisioning does not take: ${unusable.join(', ')}.`,
      'OP-8b',
    );
  }
  if (domains === 'any' || !holds('OP-8a')) return;
  const allowed = lower(domains);
  const missing = used.filter(domain => !allowed.has(domain)).sort();
  if (missing.length > 0) {
    throw new ControlError(
      409,
      `Add these domains of members to the allowed ones first: ${missing.join(', ')}.`,
      'OP-8a',
    );
  }
}
