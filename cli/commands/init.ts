import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../harness/make-folder.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { emptyBaseline, workflowText } from '../../harness/init-files.ts';
import { init as learnTarget } from '../../harness/init.ts';
import { profileNamed } from '../../harness/selection.ts';
import { CONFIG_FILE } from '../../harness/target-profile.ts';
import { askForInit } from '../ask-init.ts';
import { interruptible } from '../interrupt.ts';
import { UsageError, type Io } from '../io.ts';
import { targetOf, type TargetFlags } from '../run-options.ts';
import { demandConsent } from './conform.ts';

export interface InitFlags extends TargetFlags {
  readonly from?: string;
  readonly output: string;
  readonly profile: string;
  readonly force?: true;
  readonly emailDomain?: string;
  readonly baseline?: true;
  readonly ci?: 'github';
}

/** `scimulator init`: with `--from` by flags alone, without it by asking. */
export async function initCommand(typed: InitFlags, io: Io): Promise<number> {
  refuseToOverwrite(typed.output, typed);
  const flags = typed.from === undefined ? await asked(typed, io) : typed;
  const { from = '', output, emailDomain, profile } = flags;
  const baseline = flags.baseline ? join(dirname(output), BASELINE_FILE) : undefined;
  const workflow = flags.ci ? WORKFLOW_FILE : undefined;
  if (workflow !== undefined) refuseToOverwrite(workflow, flags);
  profileNamed(profile);
  const target = targetOf(from, flags, io);
  demandConsent(from, flags, 'a few users and a group whose names carry the mark of the run');
  const { tokenEnv, headerEnv, basicUser, basicPasswordEnv } = flags;
  const { yaml, problem, leftBehind } = await interruptible(io, async signal =>
    learnTarget(target, {
      signal,
      profile,
      ...(emailDomain !== undefined && { emailDomain }),
      ...(baseline !== undefined && { baselineFile: basename(baseline) }),
      target: {
        ...(tokenEnv !== undefined && { tokenEnv }),
        ...(headerEnv !== undefined && { headerEnv }),
        ...(basicUser !== undefined && { basicUser }),
        ...(basicPasswordEnv !== undefined && { basicPasswordEnv }),
      },
    }),
  );
  for (const name of leftBehind) io.err(`scimulator: left ${name}\n`);
  if (problem !== undefined) {
    io.err(`scimulator: nothing was written: ${problem}\nTo find out why: scimulator doctor ${from}\n`);
    return EXIT.nothingJudged;
  }
  write(output, yaml, io);
  if (baseline !== undefined && !existsSync(baseline)) write(baseline, emptyBaseline, io);
  if (workflow !== undefined) write(workflow, workflowText(output, secretsOf(flags)), io);
  const conform = `scimulator conform${output === CONFIG_FILE ? '' : ` --config ${output}`}`;
  io.out(`\nNext\n  ${conform}\n`);
  if (baseline !== undefined) io.out(`  ${conform} --update-baseline   accepts what deviates today\n`);
  return EXIT.conforms;
}

const BASELINE_FILE = 'scimulator-baseline.yaml';
const WORKFLOW_FILE = '.github/workflows/scim.yml';

/** @throws UsageError where nobody is there to answer */
async function asked(flags: InitFlags, io: Io): Promise<InitFlags> {
  if (io.ask) return askForInit(flags, io, io.ask);
  throw new UsageError('name the base URL of the endpoint: scimulator init --from https://host.example/scim/v2');
}

/** Variables that hold what the run needs to know and nobody may see. */
function secretsOf({ tokenEnv, headerEnv, basicPasswordEnv }: InitFlags): readonly string[] {
  return [tokenEnv, headerEnv?.replace(/^[^=]*=/, ''), basicPasswordEnv].filter(name => name !== undefined);
}

function refuseToOverwrite(file: string, { force }: InitFlags): void {
  if (!force && existsSync(file)) throw new UsageError(`${file} is there already; --force writes over it`);
}

function write(file: string, text: string, io: Io): void {
  makeFolder(dirname(file));
  writeFileSync(file, text);
  io.out(`${file} written\n`);
}
