import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks, isProbe } from '../conformance/index.ts';
import type { Defect } from '../conformance/proof/defect.ts';
import { conform, type TargetSettings } from '../harness/index.ts';
import { scriptsOf } from '../reports/writers/script.ts';
import { LIMITS } from '../reports/writers/script-limit.ts';
import type { Run, Verdict } from '../reports/record/index.ts';
import type { Control } from '../scim/target.ts';
import type { Shown } from './script-table.ts';
import { serveBehind } from './servers/behind-hop.ts';

const probes: ReadonlySet<string> = new Set(checks.filter(isProbe).map(({ id }) => id));

/** What invariants live on. */
const traffic = [...probes].filter(id => /^(?:create|read|list|delete|error|auth|group|patch|replace)\./.test(id));

/**
 * Runs the named checks on a provider with the defect, and the script of the first failed verdict of each of them on that
 * provider and on the one without the defect. A check whose verdict weighs less than a warning has no script.
 * @param folder where scripts are written
 * @param control of the account behind the target
 */
export async function proveScripts(
  target: TargetSettings,
  defect: Defect,
  folder: string,
  control?: Control,
): Promise<Shown[]> {
  const { id, noticedBy } = defect;
  const only = noticedBy.every(check => probes.has(check)) ? noticedBy : [...noticedBy, ...traffic];
  const first = await runOn(target, defect, control, only);
  const met = ({ verdicts }: Run) =>
    noticedBy.every(check => verdicts.some(one => one.check === check && isNoticed(one)));
  const run = met(first) ? first : await runOn(target, defect, control);
  const scripts = scriptsOf(run);
  const fresh = await serveBehind(target.baseUrl, defect.hop());
  try {
    const found: Shown[] = [];
    for (const check of noticedBy) {
      const noticed = run.verdicts.filter(one => one.check === check && isNoticed(one));
      const verdict = noticed.find(one => scripts.has(one));
      const script = verdict && scripts.get(verdict);
      if (!verdict || !script) {
        if (noticed.some(({ acts }) => acts !== undefined)) {
          found.push({ ...unshown, defect: id, check, faulty: 3, clean: 3, limit: LIMITS.acts });
          continue;
        }
        if (
          noticed.length > 0 &&
          noticed.every(({ severity, outcome }) => outcome !== 'fail' || severity === 'observation')
        )
          continue;
        found.push({ ...unshown, defect: id, check, faulty: 99, clean: 99 });
        continue;
      }
      const file = join(folder, `${id}--${check}.sh`);
      writeFileSync(file, script.text);
      const before = await residents(target);
      const shown = await shell(file, fresh.url, target);
      const left = (await residents(target)) - before;
      const clean = await shell(file, target.baseUrl, target);
      found.push({
        defect: id,
        check,
        case: verdict.case,
        faulty: shown.code,
        clean: clean.code,
        left,
        ...(script.limit !== undefined && { limit: script.limit }),
        isMoot: clean.code === 3 && /announces something else|was answered with/.test(clean.output),
        script: script.text,
        output: `${shown.output}\n=== without the defect\n${clean.output}`,
      });
    }
    return found;
  } finally {
    await fresh.close();
  }
}

/** A verdict without a script. */
const unshown = { case: '', left: 0, isMoot: false, script: '', output: '' } as const;

/** A fault, or what would be one if its clause weighed more than an observation. */
const isNoticed = ({ outcome, expected }: Verdict): boolean =>
  outcome === 'fail' || (outcome === 'observed' && expected !== '');

/** The checks, or all, on the provider with the defect. */
async function runOn(
  target: TargetSettings,
  defect: Defect,
  control?: Control,
  only?: readonly string[],
): Promise<Run> {
  const faulty = await serveBehind(target.baseUrl, defect.hop());
  try {
    const { profile } = defect;
    const options = { ...(only && { only }), ...(profile && { profile }), ...(control && { control }) };
    return (await conform({ ...target, baseUrl: faulty.url }, options)).run;
  } finally {
    await faulty.close();
  }
}

/** The token of each credential of the target. */
function tokensOf({ credential, second = {} }: TargetSettings): Readonly<Record<string, string>> {
  const all = Object.entries({ '': credential, ...second });
  return Object.fromEntries(all.map(([kind, each]) => [kind, each?.kind === 'bearer' ? each.token : '']));
}

/** Resources that are there for any of the credentials. */
async function residents(target: TargetSettings): Promise<number> {
  let sum = 0;
  for (const token of new Set(Object.values(tokensOf(target)))) {
    const get = async (path: string) =>
      (await (await fetch(target.baseUrl + path, { headers: { authorization: `Bearer ${token}` } })).json()) as {
        readonly totalResults?: number;
        readonly Resources?: readonly { readonly endpoint: string }[];
      };
    for (const { endpoint } of (await get('/ResourceTypes')).Resources ?? []) {
      sum += (await get(`${endpoint}?count=0`)).totalResults ?? 0;
    }
  }
  return sum;
}

async function shell(file: string, url: string, target: TargetSettings): Promise<{ code: number; output: string }> {
  const tokens = Object.entries(tokensOf(target)).map(([kind, token]) => [
    kind === '' ? 'SCIM_TOKEN' : `SCIM_TOKEN_${kind.toUpperCase().replace(/\W/g, '_')}`,
    token,
  ]);
  const env = { PATH: process.env['PATH'], SCIM_URL: url, ...(Object.fromEntries(tokens) as Record<string, string>) };
  return new Promise(resolve => {
    execFile('/bin/sh', [file], { env, timeout: 60_000, maxBuffer: 1 << 24 }, (error, out, err) => {
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : 99) : 0, output: out + err });
    });
  });
}
