import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Explored } from './explore-one.ts';
import { needs, provisioningDefects } from './index.ts';

/** Where the result of the whole cross stands. */
export const explorationFile = new URL('../../docs/exploration.json', import.meta.url);

/** Seeds of the cross, and steps that are played at most for each. */
export const SEEDS = [1, 2, 3] as const;
export const STEPS = 3000;

/** The content of docs/exploration.json: what `explore` made of each defect, by seed. */
export interface ExplorationTable {
  readonly fingerprint: string;
  readonly steps: number;
  /** The first story that turns red, by defect; empty where none does. */
  readonly stories: Readonly<Record<string, string>>;
  readonly defects: Readonly<Record<string, Readonly<Record<string, Explored>>>>;
}

/** What decides which histories are drawn. */
const explore = new URL('../../scenarios/explore/', import.meta.url);
const STEERING = ['drawer.ts', 'intent.ts', 'openings.ts', 'step-of.ts', 'trail.ts'] as const;

/** What was explored; another one makes docs/exploration.json stale. */
export function fingerprint(): string {
  const defects = provisioningDefects.map(each => [each.id, each.breaks, needs(each)] as const);
  const byId = defects.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const subject = [byId, STEPS, ...STEERING.map(file => readFileSync(new URL(file, explore), 'utf8'))];
  return createHash('sha256').update(JSON.stringify(subject)).digest('hex');
}

export const readExploration = (): ExplorationTable =>
  JSON.parse(readFileSync(explorationFile, 'utf8')) as ExplorationTable;

/** Whether a defect was found, and by a story of ten steps or fewer, whatever they are. */
export const isShort = (explored: Explored | undefined): boolean => explored?.found === true && explored.steps <= 10;

/** Defects that take four steps or more to be seen and were found with every seed, each by at most ten. */
export const deepFound = ({ defects }: ExplorationTable): readonly string[] =>
  provisioningDefects
    .filter(defect => needs(defect) >= 4)
    .map(({ id }) => id)
    .filter(id => SEEDS.every(seed => isShort(defects[id]?.[seed])));
