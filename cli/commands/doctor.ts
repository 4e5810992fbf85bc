import type { Command } from 'commander';
import { diagnose, type Symptom } from '../../harness/doctor.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { labelled, visible } from '../../reports/writers/index.ts';
import { createRedactor } from '../../scim/wire/redact.ts';
import type { ConfigFlags } from '../config-options.ts';
import { baseUrlOf, configured, placed } from '../configured.ts';
import type { Io } from '../io.ts';
import { printsConfig } from '../print-config.ts';
import { targetOf, type TargetFlags } from '../run-options.ts';

const marks: Readonly<Record<Symptom['state'], string>> = { well: '✓', odd: '▲', ill: '✕' };

interface DoctorFlags extends TargetFlags, ConfigFlags {
  readonly json?: true;
}

/** `scimulator doctor [url]`: exit code 3 when the endpoint cannot be judged as it is. */
export async function doctorCommand(named: string | undefined, command: Command, io: Io): Promise<number> {
  const all = configured<DoctorFlags>(named, command, io);
  const { flags } = all;
  if (printsConfig(all, io)) return EXIT.conforms;
  const url = baseUrlOf(all);
  const target = placed(all, () => targetOf(url, flags, io));
  const redactor = createRedactor();
  const symptoms: Symptom[] = [];
  for await (const symptom of diagnose(target, redactor)) {
    const shown = redactor.value(symptom);
    symptoms.push(shown);
    if (!flags.json) io.out(textOf(shown, io.width ?? 100));
  }
  const isIll = symptoms.some(({ state }) => state === 'ill');
  if (flags.json) io.out(`${JSON.stringify({ ready: !isIll, symptoms }, undefined, 2)}\n`);
  else io.out(isIll ? '\nNot ready: mend what is marked ✕.\n' : `\nReady: scimulator conform ${url}\n`);
  return isIll ? EXIT.nothingJudged : EXIT.conforms;
}

const textOf = ({ state, finding, advice }: Symptom, width: number): string =>
  [
    ...labelled(`${marks[state]} `, visible(finding), width),
    ...(advice === '' ? [] : labelled('  ', visible(advice), width)),
  ]
    .map(line => `${line}\n`)
    .join('');
