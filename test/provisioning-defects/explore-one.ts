import { assembleBridge } from '../../bridge/http/app.ts';
import { serveBridge } from '../../bridge/index.ts';
import { exploreTarget } from '../../harness/explore.ts';
import { plainHabits, type Exploration } from '../../scenarios/explore/index.ts';
import { readScenario } from '../../scenarios/file/read.ts';
import { writeScenario } from '../../scenarios/file/write.ts';
import { applied, type ProvisioningDefect } from './index.ts';
import { storyThatFinds } from './story-that-finds.ts';

const TOKEN = 'a-token-of-this-test';

/** What an exploration made of a defect. */
export interface Explored {
  /** Whether it was found. */
  readonly found: boolean;
  /** Rule or clause that it was found by; empty where it was not. */
  readonly by: string;
  /** Steps of the story that shows it, all that stand in its file; and those of them that are no sync and no look. */
  readonly steps: number;
  readonly deeds: number;
  /** Steps that were played until then. */
  readonly after: number;
  /** The history, a verb for each step. */
  readonly story: string;
  /** Whether the file that is written of it, read and played again, turns red with the defect and is green without it. */
  readonly isReplayed: boolean;
}

/** Explores a bridge with a defect until it is found, with the library of stories off. Without a defect everything is sound. */
export async function exploreWith(
  defect: ProvisioningDefect | undefined,
  {
    seed,
    steps,
    account = defect?.account,
  }: { seed: number; steps: number; account?: 'hosted' | 'self-hosted' | undefined },
): Promise<Explored> {
  const { accountWithout } = applied(defect);
  const bridge = assembleBridge({ tokens: [TOKEN], ...(account && { account: { profile: account } }) }, accountWithout);
  const { url, close } = await serveBridge(bridge);
  let exploration: Exploration | undefined;
  try {
    await exploreTarget(
      { baseUrl: url, credential: { kind: 'bearer', token: TOKEN } },
      {
        seed,
        budget: { steps },
        faults: 1,
        stage: () => applied(defect),
        ...(account ? { account } : { habits: plainHabits }),
        ...(bridge.control && { control: bridge.control }),
        onEnd: end => void (exploration = end),
      },
    );
  } finally {
    await close();
  }
  const [violation] = exploration?.violations ?? [];
  if (!violation)
    return { found: false, by: '', steps: 0, deeds: 0, after: exploration?.steps ?? 0, story: '', isReplayed: false };
  const verbs = violation.story.steps.map(({ verb }) => verb);
  const read = readScenario('found-1.yaml', writeScenario(violation.story));
  return {
    found: true,
    by: violation.clause,
    steps: verbs.length,
    deeds: verbs.filter(verb => verb !== 'sync' && verb !== 'expect').length,
    after: violation.after,
    story: verbs.join(' '),
    isReplayed: defect !== undefined && (await storyThatFinds(defect, [read])) === read.id,
  };
}
