import { ScimError } from '../../scim/message/error.ts';
import type { Caller } from '../http/auth.ts';
import { Refusal } from '../http/refusal.ts';
import type { Core, Ground } from './core.ts';
import type { AccountDoor } from './hooks.ts';
import type { Law } from './law.ts';
import type { DoorId } from './model.ts';

/** Where hosted provisioning is served beside a bridge of one's own: in life on another host (OP-49a). */
const BESIDE = '/hosted/scim/v2';

/** Where the bridge and hosted provisioning are reached. */
export function mountsOf({ profile, settings }: Law): Record<DoorId, readonly string[]> {
  return { bridge: [], hosted: [BESIDE], [profile.door]: settings.mountPaths };
}

/** The one who holds the token of the account: there is one, and it may do everything (OP-3a). */
const holder: Caller = { name: 'account', mayWrite: true, me: undefined };

/** Makes the two doors of an account; which of them opens follows from set-up and migration (OP-3b, OP-3c, OP-4a, OP-4b). */
export function createDoors(
  mounts: Record<DoorId, readonly string[]>,
  { state, clock, setUp }: Ground,
  core: () => Core,
): readonly [bridge: AccountDoor, hosted: AccountDoor] {
  const unauthorized = (detail: string, reason = ''): Refusal =>
    new Refusal(401, detail, { headers: { 'WWW-Authenticate': `Bearer realm="scim"${reason}` } });
  const check = (door: DoorId, token: string | undefined): void => {
    if (token === undefined) throw unauthorized('the request carries no bearer token');
    const admission = setUp.admit(state.facts.setUp, door, token, clock.now());
    if (admission.served) return;
    const { status, detail, retryAfter } = admission;
    if (status === 401) throw unauthorized(detail, ', error="invalid_token", error_description="unknown token"');
    throw new Refusal(
      status,
      detail,
      retryAfter === undefined ? {} : { headers: { 'Retry-After': String(retryAfter) } },
    );
  };
  /** A locked bridge is unlocked by any valid token (I391). */
  const unlock = (door: DoorId): void => {
    const { facts } = state;
    if (door === 'bridge' && facts.locked) {
      state.facts = { ...facts, locked: false, unlockedAt: clock.now() };
      const says = 'the first valid token unlocked the bridge';
      state.note({ kind: 'account', step: 'unlocked', rule: 'Q18', cause: 'provisioning', says });
    }
  };
  const refuseSwitchedOff = (): void => {
    const { law } = core();
    const off = (['OP-4a', 'OP-4b'] as const).find(rule => law.applies(rule));
    if (state.facts.provisioning || off === undefined) return;
    throw new ScimError(law.settings.provisioningOff, undefined, 'provisioning is switched off in the account');
  };
  const make = (door: DoorId): AccountDoor => {
    const admit = (authorization: string | undefined): void => {
      core().catchUp();
      const token = authorization === undefined ? undefined : /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
      check(door, token);
      unlock(door);
    };
    return {
      mounts: mounts[door],
      authenticate: authorization => {
        admit(authorization);
        refuseSwitchedOff();
        return holder;
      },
      admit,
    };
  };
  return [make('bridge'), make('hosted')];
}
