import { diagnose, type Symptom } from '../../harness/doctor.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { labelled, visible } from '../../reports/writers/index.ts';
import { createRedactor } from '../../scim/wire/redact.ts';
import type { Io } from '../io.ts';
import { targetOf, type TargetFlags } from '../run-options.ts';

const marks: Readonly<Record<Symptom['state'], string>> = { well: '✓', odd: '▲', ill: '✕' };

/** `scimulator doctor <url>`: exit code 3 when the endpoint cannot be judged as it is. */
export async function doctorCommand(url: string, flags: TargetFlags & { json?: true }, io: Io): Promise<number> {
  const target = targetOf(url, flags, io);
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
