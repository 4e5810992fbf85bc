import { existsSync, writeFileSync } from 'node:fs';
import { EXIT } from '../../harness/exit-code.ts';
import { init as learnTarget } from '../../harness/init.ts';
import { CONFIG_FILE } from '../../harness/target-profile.ts';
import { interruptible } from '../interrupt.ts';
import { UsageError, type Io } from '../io.ts';
import { targetOf, type TargetFlags } from '../run-options.ts';
import { demandConsent } from './conform.ts';

export interface InitFlags extends TargetFlags {
  readonly from: string;
  readonly output: string;
  readonly force?: true;
  readonly emailDomain?: string;
}

/** `scimulator init --from <url>` */
export async function initCommand(flags: InitFlags, io: Io): Promise<number> {
  const { from, output, force, emailDomain } = flags;
  if (!force && existsSync(output)) throw new UsageError(`${output} is there already; --force writes over it`);
  const target = targetOf(from, flags, io);
  demandConsent(from, flags, 'a few users and a group whose names carry the mark of the run');
  const { tokenEnv, headerEnv, basicUser, basicPasswordEnv } = flags;
  const { yaml, problem, leftBehind } = await interruptible(io, async signal =>
    learnTarget(target, {
      signal,
      ...(emailDomain !== undefined && { emailDomain }),
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
    io.err(`scimulator: nothing was written: ${problem}\n`);
    return EXIT.nothingJudged;
  }
  writeFileSync(output, yaml);
  io.out(
    `${output} written. Judge the target with: scimulator conform${output === CONFIG_FILE ? '' : ` --config ${output}`}\n`,
  );
  return EXIT.conforms;
}
