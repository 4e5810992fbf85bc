import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { defects } from '../conformance/proof/index.ts';
import { LIMITS, type Limit } from '../reports/writers/script-limit.ts';

/** How the script of one failed verdict went. */
export interface Shown {
  readonly defect: string;
  readonly check: string;
  /** Case of the verdict. */
  readonly case: string;
  /** Exit code of the script on the provider with the defect: 1 is right. */
  readonly faulty: number;
  /** Exit code on the provider without it: 0 is right, and 3 where there is nothing to judge. */
  readonly clean: number;
  /** Resources that the script left. */
  readonly left: number;
  /** What the script says it cannot show. */
  readonly limit?: Limit;
  /** On the provider without the defect it ended because that announces something else, or lacks what the check starts from. */
  readonly isMoot: boolean;
  readonly script: string;
  readonly output: string;
}

/** Defects of a provider that suspends whom it is told to delete, or keeps what it says is gone: what a script makes is left. */
const KEEPS: ReadonlySet<string> = new Set([
  ...defects.filter(({ profile }) => profile === '1password-hosted').map(({ id }) => id),
  'groups-with-members-stay',
  // One of two users of one id is out of reach.
  'ids-handed-down',
]);

/** None of them is a shortcoming of a script. */
type End = 'shown' | 'shown, and nothing to judge without the defect' | 'weighs less than a warning' | Limit;

/** A script that did not do what it should. */
type Odd = Pick<Shown, 'case' | 'faulty' | 'clean' | 'left'>;

/** The content of docs/scripts.json: for each defect and each check named for it, what came of the script. */
export interface ScriptProof {
  readonly fingerprint: string;
  /** Hash of what makes scripts. */
  readonly generator: string;
  readonly scripts: number;
  readonly shown: number;
  readonly defects: Readonly<Record<string, Readonly<Record<string, End | Odd>>>>;
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Hash of the source of what makes scripts. */
export function generator(): string {
  const folder = new URL('../reports/writers/', import.meta.url);
  const files = readdirSync(folder).filter(name => /^script.*(?<!\.test)\.ts$/.test(name));
  return sha(
    files
      .sort()
      .map(name => readFileSync(new URL(name, folder), 'utf8'))
      .join('\0'),
  );
}

/** What docs/scripts.json is about; another one makes it stale. */
export const scriptFingerprint = (): string =>
  sha(JSON.stringify([generator(), defects.map(({ id, noticedBy }) => [id, noticedBy])]));

/** What came of a script, in a word where nothing is odd. */
export function endOf({ defect, case: instance, faulty, clean, left: there, limit, isMoot }: Shown): End | Odd {
  const left = KEEPS.has(defect) ? 0 : there;
  if (faulty === 1 && clean === 0 && left === 0) return 'shown';
  if (limit !== undefined && faulty !== 0 && clean !== 1 && left === 0) return limit;
  if (faulty !== 1 || left !== 0) return { case: instance, faulty, clean, left };
  return isMoot ? 'shown, and nothing to judge without the defect' : { case: instance, faulty, clean, left };
}

export const isOdd = (end: End | Odd): end is Odd => typeof end === 'object';

const isShown = (end: End | Odd): boolean => typeof end === 'string' && end.startsWith('shown');

/** @param before what was written earlier, for defects that were not tried again */
export function scriptProofOf(tried: ReadonlyMap<string, readonly Shown[]>, before?: ScriptProof): ScriptProof {
  const proven = ({ id, noticedBy }: (typeof defects)[number]) => {
    const shown = tried.get(id);
    const ends = shown
      ? Object.fromEntries(
          noticedBy.map(check => {
            const one = shown.find(each => each.check === check);
            return [check, one ? endOf(one) : 'weighs less than a warning'] as const;
          }),
        )
      : before?.defects[id];
    return ends ? [[id, ends] as const] : [];
  };
  const entries = defects.flatMap(proven);
  const ends = Object.fromEntries(entries);
  const all = entries.flatMap(([, each]) => Object.values(each));
  return {
    fingerprint: entries.length === defects.length ? scriptFingerprint() : 'not all are tried yet',
    generator: generator(),
    scripts: all.filter(end => end !== 'weighs less than a warning').length,
    shown: all.filter(isShown).length,
    defects: ends,
  };
}

/** Whether a text of the file is one of those that are allowed there. */
export const isKnownEnd = (end: End | Odd): boolean =>
  isShown(end) || end === 'weighs less than a warning' || Object.values(LIMITS).some(limit => limit === end);
