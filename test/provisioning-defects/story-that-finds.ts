import { AsyncLocalStorage } from 'node:async_hooks';
import { assembleBridge } from '../../bridge/http/app.ts';
import { serveBridge } from '../../bridge/index.ts';
import { createPerformer, type Staged } from '../../harness/explore-perform.ts';
import type { Surroundings } from '../../harness/play.ts';
import { withSession } from '../../harness/run.ts';
import { profileNamed } from '../../harness/selection.ts';
import type { Performance } from '../../scenarios/explore/index.ts';
import { scenarios, type Scenario } from '../../scenarios/index.ts';
import type { Hop } from '../../scim/wire/message.ts';
import { jumpcloud } from '../../simulator/index.ts';
import { applied, type ProvisioningDefect } from './index.ts';

const TOKEN = 'a-token-of-this-test';

/** Stories that are short, and of the kind of integration that defects are made for. */
export const storiesForDefects: readonly Scenario[] = scenarios.filter(
  ({ people = 0, connector }) => people <= 10 && connector === undefined,
);

/**
 * The first of some stories that turns red with a defect, and is green without it.
 * @returns its id; empty where none does
 */
export async function storyThatFinds(
  defect: ProvisioningDefect,
  stories: readonly Scenario[] = storiesForDefects,
): Promise<string> {
  for (const story of stories) {
    if (!(await isRed(story, defect, true))) continue;
    if (!(await isRed(story, defect, false))) return story.id;
  }
  return '';
}

/** Whether a story fails, is stopped, or shows something wrong on the wire, on an endpoint of its own. */
async function isRed(story: Scenario, defect: ProvisioningDefect, isBroken: boolean): Promise<boolean> {
  const { account } = defect;
  const stage = () => applied(isBroken ? defect : undefined);
  const bridge = assembleBridge(
    { tokens: [TOKEN], ...(account && { account: { profile: account } }) },
    stage().accountWithout,
  );
  const { url, close } = await serveBridge(bridge);
  const current = new AsyncLocalStorage<Surroundings & Staged>();
  const troubled: Hop = (request, next) => current.getStore()?.way.hop(request, next) ?? next(request);
  const served: Hop = (request, next) => current.getStore()?.served?.(request, next) ?? next(request);
  const target = { baseUrl: url, credential: { kind: 'bearer', token: TOKEN } } as const;
  const title = { command: 'play', profile: 'jumpcloud', clauses: [], notes: [] };
  const played: Performance[] = [];
  try {
    await withSession(target, title, { seed: 1, hops: [troubled, served] }, async session => {
      const ground = {
        dialect: jumpcloud,
        profile: profileNamed('jumpcloud'),
        control: bridge.control,
        account,
        current,
      };
      played.push(await createPerformer(session, { ...ground, stage }).perform(story));
      return { verdicts: [], lostSince: '' };
    });
  } finally {
    await close();
  }
  return played.some(
    ({ findings, wire }) =>
      findings.some(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable') || wire().length > 0,
  );
}
