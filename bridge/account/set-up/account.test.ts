import type { Person, Role } from '../model.ts';
import type { Requirements, SetUp, SetUpRequest, SetUpState, SetUpStep } from './index.ts';

export const minute = 60 * 1000;

/** A person of whom nothing matters but address and role. */
export const member = (address: string, role: Role = 'member'): Person => ({
  id: address,
  address,
  role,
  name: address,
  state: 'active',
  givenName: undefined,
  familyName: undefined,
  externalId: undefined,
  preferredLanguage: undefined,
  provisioned: false,
  joined: true,
  invitedAt: undefined,
  joinedAt: 0,
  reminded: false,
});

export const owner = { id: 'olga', role: 'owner' } as const;

const team: Requirements = {
  plan: 'business',
  domains: ['example.com'],
  publicDomains: ['gmail.com'],
  people: [member('olga@example.com', 'owner'), member('ada@example.com')],
};

/** An account of which only the set-up of its provisioning matters, with a clock of its own. */
export function account(setUp: SetUp, more: Partial<Requirements> = {}) {
  const requirements = { ...team, ...more };
  let state = setUp.initial;
  let now = 0;
  const made: SetUpStep['makes'][number][] = [];
  const notes: SetUpStep['notes'][number][] = [];
  const take = (step: SetUpStep): SetUpStep => {
    ({ state } = step);
    made.push(...step.makes);
    notes.push(...step.notes);
    return step;
  };
  const connection = (step: SetUpStep) => {
    if (!step.connection) throw new Error('no connection was given');
    return step.connection;
  };
  const asked = (request: Partial<SetUpRequest>): SetUpRequest => ({ by: owner, ...request });
  return {
    setUpBridge: (request: Partial<SetUpRequest> = {}) =>
      connection(take(setUp.setUpBridge(state, now, asked(request)))),
    setUpHosted: (request: Partial<SetUpRequest> = {}) =>
      connection(take(setUp.setUpHosted(state, now, asked(request), requirements))),
    migrate: (request: Partial<SetUpRequest> = {}) =>
      connection(take(setUp.migrate(state, now, asked(request), requirements))),
    regenerate: () => connection(take(setUp.regenerate(state, now))),
    reload: () => void take(setUp.reload(state, now)),
    removeBridge: () => void take(setUp.removeBridge(state, now)),
    turnOff: () => void take(setUp.turnOff(state, now)),
    leavePage: () => void take(setUp.leavePage(state, now)),
    checkCli: (setting: 'refuse' | 'allow' = 'refuse') => setUp.checkCli(state, setting),
    pass: (ms: number): SetUpStep => take(setUp.settle(state, (now += ms))),
    /** 200 for a request that is served. */
    ask(door: 'bridge' | 'hosted', token: string): number {
      const admission = setUp.admit(state, door, token, now);
      return admission.served ? 200 : admission.status;
    },
    admit: (door: 'bridge' | 'hosted', token: string) => setUp.admit(state, door, token, now),
    nextDue: () => setUp.nextDue(state),
    state: () => state,
    put: (other: SetUpState): void => void (state = other),
    made: () => made,
    notes: () => notes,
  };
}
