import { expect } from 'chai';
import * as fc from 'fast-check';
import { ControlError } from '../../../scim/target.ts';
import { unlockWithSso, type SsoAction, type SsoPerson, type SsoState, type Settled } from './index.ts';

const sso = unlockWithSso();
const hour = 60 * 60 * 1000;
const seed = 20260401;

const group = fc.constantFrom('G1', 'G2', 'G3');
const days = fc.integer({ min: 1, max: 30 });
const everyoneValue = fc.constantFrom('everyone', 'everyone-except-guests');

/** One act and the hours before it. */
const step = fc.record({
  hours: fc.integer({ min: 0, max: 240 }),
  act: fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('add-group' as const), group, days }) },
    fc.record({ do: fc.constant('remove-group' as const), group }),
    { weight: 3, arbitrary: fc.record({ do: fc.constant('edit-grace' as const), group, days }) },
    fc.record({ do: fc.constant('edit-grace' as const), days }),
    fc.record({ do: fc.constant('choose' as const), value: everyoneValue, days }),
    { weight: 2, arbitrary: fc.record({ do: fc.constant('choose' as const), value: fc.constant('selected-groups') }) },
    fc.record({ do: fc.constant('choose' as const), value: fc.constant('no-one') }),
    { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), groups: fc.subarray(['G1', 'G2', 'G3']) }) },
    fc.record({ do: fc.constant('switch' as const) }),
    fc.record({ do: fc.constant('recover' as const) }),
  ),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Moment {
  readonly state: SsoState;
  readonly people: readonly SsoPerson[];
  readonly now: number;
  readonly changes: Settled['changes'];
  /** The acts so far that were not refused, with their times. */
  readonly log: readonly { readonly at: number; readonly act: Step['act'] }[];
}

const person = (id: string, role: SsoPerson['role']): SsoPerson => ({ id, role, joined: true, groups: ['G1', 'G2'] });

const connect: SsoAction = {
  do: 'connect',
  protocol: 'oidc',
  clientId: 'client-1',
  discovery: 'https://idp.example.com/.well-known/openid-configuration',
  roundTrip: 'succeeded',
};
const first: Moment = {
  state: sso.configure(sso.initial, connect, 0),
  people: [person('ada', 'member'), person('olga', 'owner'), person('gus', 'guest')],
  now: 0,
  changes: [],
  log: [],
};

/** Moves the clock in as many equal hops as asked for, then acts on everybody. */
function play(moment: Moment, { hours, act }: Step, hops = 1): Moment {
  let { state, people, now } = moment;
  const changes = [...moment.changes];
  const take = (settled: Settled): void => {
    state = settled.state;
    changes.push(...settled.changes);
  };
  const stride = (hours * hour) / hops;
  for (let hop = 1; hop <= hops; hop += 1) {
    const until = hop === hops ? moment.now + hours * hour : moment.now + stride * hop;
    for (let due = sso.nextDue(state, now); due !== undefined && due <= until; due = sso.nextDue(state, now)) {
      now = due;
      take(sso.settle(state, people, now));
    }
    now = until;
  }
  const log = [...moment.log, { at: now, act }];
  try {
    if (act.do === 'move') people = people.map(one => ({ ...one, groups: act.groups }));
    else if (act.do === 'switch') for (const one of people) take(sso.switchOver(state, one, now));
    else if (act.do === 'recover') for (const one of people) take(sso.completeRecovery(state, one, now));
    else state = sso.configure(state, act, now);
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    log.pop();
  }
  take(sso.settle(state, people, now));
  return { state, people, now, changes, log };
}

const last = (steps: readonly Step[], hops?: number): Moment =>
  steps.reduce((moment, one) => play(moment, one, hops), first);

/** The deadline of a person by the words of the rules, read off the log: nothing of the state is looked at. */
function expectedDeadline({ log, people }: Moment, id: string): number | undefined {
  const { role, groups } = people.find(one => one.id === id) ?? person(id, 'member');
  const values = log.flatMap(({ act, at }, index) => (act.do === 'choose' ? [{ value: act.value, at, index }] : []));
  // Choosing what is in force already is no new configuration.
  const chosen = values.findLast(({ value }, at) => value !== (values[at - 1]?.value ?? 'no-one'));
  if (!chosen || chosen.value === 'no-one' || role === 'owner') return undefined;
  if (role === 'guest' && chosen.value !== 'everyone') return undefined;
  const since = log.slice(chosen.index);
  const until = (start: number, length: number | undefined): number | undefined =>
    length === undefined ? undefined : start + length * 24 * hour;
  if (chosen.value !== 'selected-groups') {
    const lengths = since.flatMap(({ act }) =>
      act.do === 'choose' || (act.do === 'edit-grace' && !('group' in act)) ? [(act as { days?: number }).days] : [],
    );
    return until(chosen.at, lengths.at(-1));
  }
  const deadlines = groups.flatMap(of => {
    const own = since.filter(({ act }) => 'group' in act && act.group === of);
    const added = own.findLastIndex(({ act }) => act.do === 'add-group');
    const acts = own.slice(Math.max(added, 0));
    const start = acts[0];
    if (added === -1 || !start || acts.some(({ act }) => act.do === 'remove-group')) return [];
    const length = acts.flatMap(({ act }) => ('days' in act ? [act.days] : [])).at(-1);
    return [{ order: since.indexOf(start), deadline: until(start.at, length) }];
  });
  return deadlines.sort((left, right) => left.order - right.order)[0]?.deadline;
}

describe('history of the unlock policy', () => {
  const begin: Step = { hours: 1, act: { do: 'choose', value: 'selected-groups' } };
  const history = fc.array(step, { minLength: 1, maxLength: 14 }).map(steps => [begin, ...steps]);
  const options = { seed, numRuns: 300 };

  it('gives each person the deadline and the sign-in of the rules, after every act', () => {
    let deadlines = 0;
    fc.assert(
      fc.property(history, steps => {
        let moment = first;
        for (const one of steps) {
          moment = play(moment, one);
          for (const of of moment.people) {
            const deadline = expectedDeadline(moment, of.id);
            const standing = sso.standing(moment.state, of, moment.now);
            expect(standing.covered).to.equal(deadline !== undefined);
            if (!standing.covered) expect(standing.signIn).to.equal('account-password');
            if (deadline === undefined || standing.signIn === 'sso') continue;
            deadlines += 1;
            expect(standing.deadline).to.equal(deadline);
            expect(standing.signIn).to.equal(moment.now < deadline ? 'must-switch' : 'needs-recovery');
          }
        }
      }),
      options,
    );
    expect(deadlines).to.be.greaterThan(500);
  });

  it('depends on the last edit of a length alone, never on how many or when', () => {
    fc.assert(
      fc.property(
        history,
        group,
        fc.array(fc.tuple(fc.nat(200), days), { minLength: 1, maxLength: 4 }),
        (steps, of, edits) => {
          const before = last(steps);
          const edit = ([hours, length]: readonly [number, number]): Step => ({
            hours,
            act: { do: 'edit-grace', group: of, days: length },
          });
          const lastEdit = edits.at(-1) ?? [0, 1];
          const one = play(before, edit(lastEdit)).state.policy;
          expect(edits.reduce((moment, each) => play(moment, edit(each)), before).state.policy).to.deep.equal(one);
        },
      ),
      options,
    );
  });

  it('does not depend on the order of edits of two groups', () => {
    fc.assert(
      fc.property(history, days, days, (steps, left, right) => {
        const before = last(steps);
        const edits = [
          { hours: 1, act: { do: 'edit-grace', group: 'G1', days: left } },
          { hours: 1, act: { do: 'edit-grace', group: 'G2', days: right } },
        ] as const satisfies readonly Step[];
        const after = (order: readonly Step[]) => order.reduce((moment, one) => play(moment, one), before).state.policy;
        expect(after(edits)).to.deep.equal(after([...edits].reverse()));
      }),
      options,
    );
  });

  it('is the same whether the clock leaps or creeps', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 2, max: 7 }), (steps, hops) => {
        const leapt = last(steps);
        const crept = last(steps, hops);
        expect(crept.state).to.deep.equal(leapt.state);
        expect(crept.changes).to.deep.equal(leapt.changes);
      }),
      options,
    );
  });

  it('knows when something falls due next: nothing does before, and something does then', () => {
    let found = 0;
    fc.assert(
      fc.property(history, steps => {
        const { state, people, now } = last(steps);
        const due = sso.nextDue(state, now);
        const signedOut = (at: number) => sso.settle(state, people, at).changes.map(({ step }) => step);
        if (due === undefined) {
          expect(signedOut(now + 1000 * hour)).to.deep.equal([]);
          return;
        }
        found += 1;
        expect(due).to.be.greaterThan(now);
        expect(signedOut(due - 1)).to.deep.equal([]);
        expect(new Set(signedOut(due))).to.deep.equal(new Set(['signed-out']));
      }),
      options,
    );
    expect(found).to.be.greaterThan(20);
  });

  it('settles once: nothing follows from a settled state', () => {
    fc.assert(
      fc.property(history, steps => {
        const { state, people, now } = last(steps);
        expect(sso.settle(state, people, now)).to.deep.equal({ state, changes: [] });
      }),
      options,
    );
  });

  it('tells of each person a story that makes sense', () => {
    const follows: Readonly<Record<string, readonly string[]>> = {
      nothing: ['asked-to-switch', 'signed-out'],
      'asked-to-switch': ['signed-out', 'enrolled', 'released'],
      'signed-out': ['enrolled', 'asked-to-switch', 'released'],
      enrolled: ['released'],
      released: ['asked-to-switch', 'signed-out'],
    };
    fc.assert(
      fc.property(history, steps => {
        const { changes, people } = last(steps);
        for (const { id, role } of people) {
          const own = changes.filter(change => change.person === id);
          if (role === 'owner') expect(own).to.deep.equal([]);
          own.forEach(({ step: what, at }, index) => {
            const before = own[index - 1];
            expect(follows[before?.step ?? 'nothing'], `before ${what}`).to.include(what);
            expect(at).to.be.at.least(before?.at ?? 0);
          });
        }
      }),
      options,
    );
  });
});
