import fc from 'fast-check';
import type { RuleId } from '../../conformance/clauses/index.ts';
import { transitions } from '../../bridge/account/transitions.ts';
import { disagreements } from './agreement.ts';
import { faultsOf, rowName } from './oracle.ts';
import type { Entry, Passage } from './passage.ts';
import { DAY, histories, settled, type History, type Step } from './steps.ts';
import { openServer, type Seen, type World } from './world.ts';

/** What many histories came to. */
export interface Played {
  /** How often each row of the table of transitions was gone through. */
  readonly rows: ReadonlyMap<string, number>;
  readonly steps: number;
  /** How often a step was answered with a status, by what it was. */
  readonly answers: ReadonlyMap<string, number>;
}

export interface PlayOptions {
  readonly seed?: number;
  /** Rules that do not hold; that has to be noticed. */
  readonly without?: readonly RuleId[];
  /** Ends with the first history that breaks an invariant, however long it is. */
  readonly endOnFailure?: boolean;
}

/**
 * Plays histories of accounts against the invariants.
 *
 * @throws the first history that breaks one, as short as it gets
 */
export async function playHistories(
  count: number,
  { seed, without = [], endOnFailure = false }: PlayOptions = {},
): Promise<Played> {
  const rows = new Map(transitions.map(row => [rowName(row), 0]));
  const answers = new Map<string, number>();
  let steps = 0;
  const server = await openServer();
  const bump = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  try {
    const property = fc.asyncProperty(histories, async history => {
      const world = server.enter(history.account, new Set(without));
      steps += history.steps.length;
      await playOne(
        world,
        history,
        row => bump(rows, row),
        (step, status) => bump(answers, `${nameOf(step)} ${status}`),
      );
    });
    await fc.assert(property, { numRuns: count, endOnFailure, ...(seed !== undefined && { seed }) });
  } finally {
    await server.close();
  }
  return { rows, steps, answers };
}

const nameOf = (step: Step): string => (step.do === 'act' ? step.act : step.do);

async function playOne(
  world: World,
  { account, steps }: History,
  met: (row: string) => void,
  answered: (step: Step, status: number) => void,
): Promise<void> {
  const first = await world.look();
  let before = first;
  let told: Told = nothing;
  let kept: { readonly seen: Seen; readonly told: Told } | undefined;
  for (const [at, given] of steps.entries()) {
    const step = settled(given, before.people);
    const complain = (faults: readonly string[]): void => {
      if (faults.length > 0) throw new Error(`step ${at + 1}, ${nameOf(step)}: ${faults.join('\n')}`);
    };
    const reply = await world.play(step, before);
    answered(step, reply.status);
    const after = await world.look();
    if (step.do === 'keep' || step.do === 'return' || step.do === 'reset') {
      if (step.do === 'keep') kept = { seen: before, told };
      const wanted = step.do === 'reset' ? first : (step.do === 'return' && kept?.seen) || before;
      complain(differences(wanted, after));
      if (step.do === 'reset') told = nothing;
      else if (step.do === 'return' && kept) ({ told } = kept);
    } else {
      const news = after.journal.slice(before.journal.length) as readonly Entry[];
      complain(differences({ journal: before.journal }, { journal: after.journal.slice(0, before.journal.length) }));
      complain(faultsOf({ account, step, reply, before, after, news, ...told }, met));
      if (reply.status < 400) told = learnt(told, step);
    }
    // Asking unlocks a bridge, so it is asked only after what has asked already.
    if (reply.isScim && reply.status !== 401 && reply.status < 500) complain(await compared(world, after, account));
    before = await world.look();
  }
  await repeat(world);
}

/** What the account was told and does not show. */
type Told = Pick<Passage, 'bouncing' | 'domains'>;
const nothing: Told = { bouncing: new Set(), domains: 'any' };

/** What is known after an act that was carried out. */
function learnt(told: Told, step: Step): Told {
  if (step.do !== 'act') return told;
  const { act, given } = step;
  if (act === 'setDomains') return { ...told, domains: given['domains'] as Told['domains'] };
  if (act !== 'bounce') return told;
  const address = String(given['address']).toLowerCase();
  const others = [...told.bouncing].filter(one => one !== address);
  return { ...told, bouncing: new Set(given['on'] === true ? [...others, address] : others) };
}

async function compared(world: World, seen: Seen, { wire }: History['account']): Promise<readonly string[]> {
  const shown = await world.show();
  return shown ? disagreements(seen, shown, wire ?? 'normal') : [];
}

/** What comes after a snapshot comes again after going back to it. */
async function repeat(world: World): Promise<void> {
  const kept = await world.keep();
  const later = async (): Promise<unknown> => {
    await world.play({ do: 'post-user', address: 'zoe@a.example', name: 'Zoe' }, await world.look());
    await world.play({ do: 'act', act: 'advance', given: { ms: 3 * DAY } }, await world.look());
    return [await world.look(), await world.show()];
  };
  const once = await later();
  const { status } = await world.goBack(kept);
  if (status >= 400) throw new Error(`a snapshot is not taken back: ${status}`);
  const other = differences({ snapshot: kept.snapshot }, { snapshot: (await world.keep()).snapshot });
  if (other.length > 0) throw new Error(`after going back: ${other.join('\n')}`);
  const faults = differences({ once }, { once: await later() });
  if (faults.length > 0) throw new Error(`after going back: ${faults.join('\n')}`);
}

/** Names what differs, and shows it from a little before the place. */
function differences(wanted: object, found: object): readonly string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const [one, other] = [value, (found as Readonly<Record<string, unknown>>)[name]].map(
      each => JSON.stringify(each) ?? '',
    );
    if (one === undefined || other === undefined || one === other) return [];
    let at = 0;
    while (one[at] === other[at]) at += 1;
    at = Math.max(0, at - 80);
    return [`${name} is not as it was:\n  ${one.slice(at, at + 300)}\n  ${other.slice(at, at + 300)}`];
  });
}
