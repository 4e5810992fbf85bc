import type { Run, Verdict } from '../record/index.ts';
import { scriptsOf as make, type Script } from './script.ts';

const made = new WeakMap<Run, ReadonlyMap<Verdict, Script>>();

/** The scripts of a run, made once for all writers: a script reads every exchange of its check, which takes time. */
export function scriptsOf(run: Run): ReadonlyMap<Verdict, Script> {
  const known = made.get(run);
  if (known) return known;
  const scripts = make(run);
  made.set(run, scripts);
  return scripts;
}
