import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks, isProbe } from '../conformance/index.ts';
import type { Defect } from '../conformance/proof/defect.ts';
import { conform, type TargetSettings } from '../harness/index.ts';
import { scriptsOf } from '../reports/writers/script.ts';
import { serveBehind } from './servers/behind-hop.ts';

/** How the script of one failed verdict went. */
export interface Shown {
  readonly defect: string;
  readonly verdict: string;
  /** Exit code of the script on the provider with the defect: 1 is right. */
  readonly faulty: number;
  /** Exit code on the provider without it: 0 is right. */
  readonly clean: number;
  /** Resources that the script left. */
  readonly left: number;
  readonly output: string;
}

const probes: ReadonlySet<string> = new Set(checks.filter(isProbe).map(({ id }) => id));

/** What invariants live on. */
const traffic = [...probes].filter(id => /^(?:create|read|list|delete|error|auth|group|patch|replace)\./.test(id));

/**
 * Runs the named checks on a provider with the defect, and the script of the first failed verdict of each of them on that
 * provider and on the one without the defect.
 * @param folder where scripts are written
 */
export async function proveScripts(target: TargetSettings, defect: Defect, folder: string): Promise<Shown[]> {
  const token = target.credential.kind === 'bearer' ? target.credential.token : '';
  const faulty = await serveBehind(target.baseUrl, defect.hop());
  const fresh = await serveBehind(target.baseUrl, defect.hop());
  try {
    const { noticedBy } = defect;
    const only = noticedBy.every(id => probes.has(id)) ? noticedBy : [...noticedBy, ...traffic];
    const { run } = await conform({ ...target, baseUrl: faulty.url }, { only });
    const scripts = scriptsOf(run);
    const found: Shown[] = [];
    for (const check of noticedBy) {
      const verdict = run.verdicts.find(one => one.check === check && scripts.has(one));
      const text = verdict && scripts.get(verdict)?.text;
      if (!verdict || text === undefined) continue;
      const file = join(folder, `${defect.id}--${check}.sh`);
      writeFileSync(file, text);
      const before = await residents(target);
      const shown = await shell(file, fresh.url, token);
      const left = (await residents(target)) - before;
      const clean = await shell(file, target.baseUrl, token);
      found.push({
        defect: defect.id,
        verdict: `${check}/${verdict.case}`,
        faulty: shown.code,
        clean: clean.code,
        left,
        output: `${shown.output}\n=== clean\n${clean.output}`,
      });
    }
    return found;
  } finally {
    await Promise.all([faulty.close(), fresh.close()]);
  }
}

/** Users and groups that are there. */
async function residents({ baseUrl, credential }: TargetSettings): Promise<number> {
  const headers = { authorization: credential.kind === 'bearer' ? `Bearer ${credential.token}` : '' };
  const totals = await Promise.all(
    ['/Users?count=0', '/Groups?count=0'].map(
      async path => (await (await fetch(baseUrl + path, { headers })).json()) as { totalResults: number },
    ),
  );
  return totals.reduce((sum, { totalResults }) => sum + totalResults, 0);
}

const shell = (file: string, url: string, token: string) =>
  new Promise<{ code: number; output: string }>(resolve => {
    const env = { PATH: process.env['PATH'], SCIM_URL: url, SCIM_TOKEN: token };
    execFile('/bin/sh', [file], { env, timeout: 60_000, maxBuffer: 1 << 24 }, (error, out, err) => {
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : 99) : 0, output: out + err });
    });
  });
