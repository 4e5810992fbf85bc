import { expect } from 'chai';
import type { ControlError } from '../../../scim/target.ts';
import type { ProviderRequest } from './identity-provider.ts';
import { unlockWithSso, type SsoAction, type SsoChange, type SsoPerson, type UnlockWithSso } from './index.ts';

export const start = Date.UTC(2026, 0, 1);
export const dayLength = 24 * 60 * 60 * 1000;

const provider: ProviderRequest = {
  protocol: 'oidc',
  clientId: 'client-1',
  discovery: 'https://oauth.id.jumpcloud.com/.well-known/openid-configuration',
  roundTrip: 'succeeded',
};

/** An account whose only matter is Unlock with SSO, with a clock that counts days from 0. Its groups come as they are named. */
export function account(sso: UnlockWithSso = unlockWithSso()) {
  let state = sso.initial;
  let now = start;
  const people = new Map<string, SsoPerson>();
  const changes: SsoChange[] = [];
  const take = (settled: ReturnType<UnlockWithSso['settle']>): void => {
    state = settled.state;
    changes.push(...settled.changes);
  };
  const settle = (): void => take(sso.settle(state, [...people.values()], now));
  const known = (id: string): SsoPerson => {
    const person = people.get(id);
    if (!person) throw new Error(`no person ${id}`);
    return person;
  };
  const act = (action: SsoAction): void => {
    state = sso.configure(state, action, now);
    settle();
  };
  return {
    act,
    connect: (change: Partial<ProviderRequest> = {}): void => act({ do: 'connect', ...provider, ...change }),
    choose: (value: string, more: { days?: number; excluded?: readonly string[] } = {}): void =>
      act({ do: 'choose', value, ...more }),
    addGroup: (group: string, days?: number): void =>
      act({ do: 'add-group', group, ...(days !== undefined && { days }) }),
    editGrace: (days: number, group?: string): void =>
      act({ do: 'edit-grace', days, ...(group !== undefined && { group }) }),
    day(count: number): void {
      const until = start + count * dayLength;
      for (let due = sso.nextDue(state, now); due !== undefined && due <= until; due = sso.nextDue(state, now)) {
        now = due;
        settle();
      }
      now = until;
    },
    /** Puts a person in, or changes what is named. By default a member who joined long ago. */
    person(id: string, change: Partial<SsoPerson> = {}): void {
      people.set(id, { role: 'member', joined: true, groups: [], ...people.get(id), ...change, id });
      settle();
    },
    join(id: string): void {
      take(sso.join(state, known(id), now));
      people.set(id, { ...known(id), joined: true });
      settle();
    },
    switchOver: (id: string): void => take(sso.switchOver(state, known(id), now)),
    completeRecovery: (id: string): void => take(sso.completeRecovery(state, known(id), now)),
    standing: (id: string) => sso.standing(state, known(id), now),
    signIn: (id: string) => sso.standing(state, known(id), now).signIn,
    /** Day of the deadline. */
    deadline(id: string): number | undefined {
      const { deadline } = sso.standing(state, known(id), now);
      return deadline === undefined ? undefined : (deadline - start) / dayLength;
    },
    /** Steps taken with a person, each with its day. */
    steps: (id: string) =>
      changes.filter(({ person }) => person === id).map(({ step, at }) => `${step} ${(at - start) / dayLength}`),
    changes: (): readonly SsoChange[] => changes,
    state: () => state,
    settle,
  };
}

/** An account with an identity provider, under a value if one is given. */
export function connected(sso: UnlockWithSso, value?: string, days?: number): ReturnType<typeof account> {
  const here = account(sso);
  here.connect();
  if (value !== undefined) here.choose(value, days === undefined ? {} : { days });
  return here;
}

/** The status and rule that an act is refused with. */
export function refusal(act: () => void): string {
  try {
    act();
  } catch (error) {
    const { code, status, rule } = error as ControlError;
    expect(code).to.equal('control');
    return `${status} ${rule ?? '-'}`;
  }
  return 'not refused';
}
