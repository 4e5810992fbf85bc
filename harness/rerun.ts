import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../conformance/index.ts';
import type { Run } from '../reports/record/index.ts';
import { SelectionError } from './selection.ts';

/**
 * Ids of checks by ids and patterns, in which `*` stands for any text.
 * @throws SelectionError for one that matches none, with the nearest id.
 */
export function checksNamed(patterns: readonly string[]): readonly string[] {
  const ids = checks.map(({ id }) => id);
  const named = new Set<string>();
  for (const pattern of patterns) {
    const text = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
    const matches = new RegExp(`^${text.join('.*')}$`, 'i');
    const found = ids.filter(id => matches.test(id));
    if (found.length === 0) throw new SelectionError('check', pattern, ids);
    for (const id of found) named.add(id);
  }
  return [...named];
}

/** Ids of the checks that a run left red or open, in its order. */
export const checksLeftBy = ({ verdicts }: Pick<Run, 'verdicts'>): readonly string[] => {
  const known = new Set(checks.map(({ id }) => id));
  const red = verdicts.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive' || outcome === 'error');
  return [...new Set(red.map(({ check }) => check))].filter(id => known.has(id));
};

/** Paths of the records below a folder of results, the newest first; none where there is no such folder. */
export function recordsIn(folder: string): readonly string[] {
  const found: { path: string; at: number }[] = [];
  for (const name of entriesOf(folder)) {
    const path = join(folder, name, 'record.jsonl');
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats) found.push({ path, at: stats.mtimeMs });
  }
  return found.sort((one, other) => other.at - one.at).map(({ path }) => path);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
