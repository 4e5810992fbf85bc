import { readFileSync } from 'node:fs';
import { EXIT } from '../../harness/exit-code.ts';
import { lint, PayloadError, type Linted, type Payload } from '../../harness/lint.ts';
import { profileNamed } from '../../harness/selection.ts';
import type { Json } from '../../reports/record/index.ts';
import { labelled, visible } from '../../reports/writers/index.ts';
import { fileTrouble } from '../../text/file-trouble.ts';
import { locate } from '../../text/yaml.ts';
import { UsageError, type Io } from '../io.ts';

export interface LintFlags {
  readonly as?: Payload;
  readonly profile: string;
  readonly json?: true;
}

/** `scimulator lint <payload.json...>`: exit code 1 when something is wrong. */
export async function lintCommand(files: readonly string[], flags: LintFlags, io: Io): Promise<number> {
  const profile = profileNamed(flags.profile);
  const all = files.map(file => {
    try {
      return { file, ...lint(readJson(file), profile, flags.as) };
    } catch (cause) {
      if (cause instanceof PayloadError) throw new UsageError(`${file}: ${cause.message}`, { cause });
      throw cause;
    }
  });
  if (flags.json) io.out(`${JSON.stringify(all, undefined, 2)}\n`);
  else for (const { file, ...linted } of all) io.out(textOf(file, linted, io.width ?? 100));
  return all.some(isWrong) ? EXIT.fails : EXIT.conforms;
}

const isWrong = ({ verdicts, misfits }: Linted): boolean =>
  misfits.length > 0 || verdicts.some(({ severity }) => severity === 'failure' || severity === 'warning');

function textOf(file: string, { kind, verdicts, misfits }: Linted, width: number): string {
  const lines = [
    ...misfits.map(
      ({ path, expected, actual }) => `${path}: ${expected} is wanted, not ${actual} (RFC 7643 section 2.3)`,
    ),
    ...verdicts.map(
      ({ severity, title, expected, actual, clause }) =>
        `${severity}: ${title}; expected ${expected}, actual ${actual} (${clause})`,
    ),
  ];
  const count = lines.length === 0 ? 'nothing wrong' : `${lines.length} wrong`;
  const shown = lines.flatMap(line => labelled('  ', visible(line), width));
  return [`${visible(file)} (${kind}): ${count}`, ...shown].map(line => `${line}\n`).join('');
}

/** @throws UsageError for a file that cannot be read, and for what is no JSON, with line and column. */
function readJson(file: string): Json {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new UsageError(`${file}: ${fileTrouble(cause)}`, { cause });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const { message } = cause as Error;
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    throw new UsageError(locate(file, text, offset, `no JSON: ${message}`), { cause });
  }
}
