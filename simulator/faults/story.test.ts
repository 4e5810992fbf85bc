import type { Hop, Send } from '../../scim/wire/message.ts';
import { pipe } from '../../scim/wire/message.ts';
import type { OperationResult } from '../admin.ts';
import { jumpcloud, type Dialect } from '../dialects/index.ts';
import { generateOrganisation } from '../directory/generate.ts';
import { createSimulator, type Simulator } from '../simulator.ts';
import { faults, type FaultKind } from './faults.ts';

/** How many seeds are tried: 20 by default, for 200 set FAULT_SEEDS=200. */
export const faultSeeds = (): readonly number[] =>
  Array.from({ length: Number(process.env['FAULT_SEEDS'] ?? '20') }, (_, n) => n + 1);

/** What a service provider goes through. */
export interface StoryOptions {
  readonly send: Send;
  readonly seed: number;
  /** Share of requests that meet trouble. */
  readonly share: number;
  readonly dialect?: Dialect;
  readonly inFlight?: number;
}

/** Most rounds of changes that make failed operations due again. */
const ROUNDS = 12;

/**
 * A company with everything that happens in one, over a way with trouble on it. What failed is due again with the next
 * change of its person or group (JC-Q12, JC-Q44), so such changes are made, ones that no service provider sees, before
 * anything happens that leaves things as they are at that moment, such as the unbinding of a group.
 */
export async function playStory(options: StoryOptions): Promise<{ met: readonly FaultKind[]; simulator: Simulator }> {
  const met: FaultKind[] = [];
  let time = 0;
  const clock = { now: () => time, sleep: async (ms: number) => void (time += ms) };
  const trouble: Hop = faults({ seed: options.seed, share: options.share, clock, onFault: kind => met.push(kind) });
  const simulator = createSimulator({
    dialect: options.dialect ?? jumpcloud,
    send: pipe([trouble], options.send),
    organisation: generateOrganisation({ seed: 7, people: 12 }),
    seed: 7,
    now: clock.now,
    retry: { sleep: clock.sleep },
    manageGroups: true,
    ...(options.inFlight !== undefined && { inFlight: options.inFlight }),
  });
  const failedIn = (results: readonly OperationResult[]) => results.filter(({ outcome }) => outcome === 'failed');
  const sync = async (): Promise<void> => {
    let failed = failedIn(await simulator.sync());
    for (let round = 0; failed.length > 0 && simulator.application().active; round += 1) {
      if (round === ROUNDS) throw new Error(`${failed.length} operations still fail: ${failed[0]?.reason}`);
      touch(simulator, failed, round);
      failed = failedIn(await simulator.sync());
    }
  };
  const [ada, ben, cleo, dora, emil] = simulator.people().map(({ id }) => id);
  if (!ada || !ben || !cleo || !dora || !emil) throw new Error('the organisation is too small for the story');
  const eng = simulator.createGroup('Story engineers').id;
  const ops = simulator.createGroup('Story operations').id;
  const lab = simulator.createGroup('Story laboratory').id;
  for (const person of [ada, ben, cleo]) simulator.join(person, eng);
  for (const person of [ben, dora]) simulator.join(person, ops);
  for (const person of [emil, ada]) simulator.join(person, lab);
  for (const { id } of simulator.groups()) simulator.bind(id);
  while (!simulator.application().active) {
    simulator.activate();
    await sync();
  }
  const hired = simulator.hire({ email: 'fay@story.example', firstname: 'Fay', lastname: 'Story' }).id;
  simulator.join(hired, eng);
  await sync();
  simulator.change(ada, { lastname: 'Renamed', department: 'Story' });
  simulator.suspend(ben);
  simulator.leave(cleo, eng);
  await sync();
  simulator.reactivate(ben);
  simulator.renameGroup(eng, 'Story engineering');
  simulator.leave(hired, eng);
  await sync();
  simulator.join(hired, ops);
  simulator.unbind(lab);
  simulator.dismiss(dora);
  await sync();
  simulator.deleteGroup(ops);
  simulator.change(emil, { email: 'emil@story.example' });
  await sync();
  return { met, simulator };
}

/** Changes that make failed operations due again and mean nothing to the service provider. */
function touch(simulator: Simulator, failed: readonly OperationResult[], round: number): void {
  const { person, group } = simulator.directory;
  const [somebody] = simulator.people();
  for (const { operation } of failed) {
    const touched = person(operation.person ?? '') ?? somebody;
    if (touched) simulator.change(touched.id, { location: `${touched.location} ${round}` });
    if (group(operation.group ?? '')) simulator.changeGroup(operation.group ?? '', { description: `round ${round}` });
  }
}
