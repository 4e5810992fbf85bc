import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { makeFolder } from '../../harness/make-folder.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { exploreTarget, type Budget, type ExploreRunOptions } from '../../harness/explore.ts';
import { withAccountBridge, withReferenceBridge } from '../../harness/reference-bridge.ts';
import type { TargetSettings } from '../../harness/target.ts';
import { visible } from '../../reports/writers/index.ts';
import { plainHabits, tell } from '../../scenarios/explore/index.ts';
import { writeScenario } from '../../scenarios/index.ts';
import type { ConfigFlags } from '../config-options.ts';
import { configured, placed } from '../configured.ts';
import { refuseControl, withControl } from '../control.ts';
import type { ControlFlags } from '../control-options.ts';
import { executeRun } from '../execute-run.ts';
import { UsageError, type Io } from '../io.ts';
import { printsConfig } from '../print-config.ts';
import type { StartFlags } from '../start-options.ts';
import { withStarted } from '../started.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';
import { demandConsent } from './conform.ts';

export interface ExploreFlags extends TargetFlags, RecordFlags, ConfigFlags, ControlFlags, StartFlags {
  readonly idp: string;
  readonly profile?: string;
  readonly account?: 'hosted' | 'self-hosted';
  readonly budget: Budget;
  readonly concurrency: number;
  readonly faults: number;
}

/** `scimulator explore [url]` */
export async function exploreCommand(named: string | undefined, command: Command, io: Io): Promise<number> {
  const all = configured<ExploreFlags>(named, command, io);
  if (printsConfig(all, io)) return EXIT.conforms;
  const { url, flags } = all;
  const { idp, profile, account, budget, concurrency, faults } = flags;
  const found: string[] = [];
  const run = async (target: TargetSettings, more: Partial<ExploreRunOptions> = {}): Promise<number> => {
    const code = await executeRun(flags, io, target, options => {
      const folder = dirname(options.record ?? '.');
      return exploreTarget(target, {
        ...options,
        idp,
        ...(profile !== undefined && { profile }),
        budget,
        concurrency,
        faults,
        ...more,
        onViolation(violation) {
          const file = join(folder, `found-${found.length + 1}.yaml`);
          makeFolder(folder);
          writeFileSync(file, writeScenario(violation.story));
          found.push(`${tell(violation)}story   ${file}\n`);
        },
      });
    });
    for (const text of found) io.err(visible(`\n${text}`));
    return code;
  };
  if (url === undefined) {
    if (flags.tokenEnv ?? flags.tokenFile ?? flags.headerEnv ?? flags.basicUser ?? flags.oauthTokenUrl) {
      throw new UsageError('a credential without a URL: the reference bridge makes its own');
    }
    refuseControl(flags);
    if (account !== undefined) {
      return withAccountBridge({ profile: account }, (target, control) => run(target, { control, account }));
    }
    return withReferenceBridge(target => run(target, { habits: plainHabits }));
  }
  const target = placed(all, () => targetOf(url, flags, io));
  demandConsent(url, flags, 'the people and groups of the histories');
  return withStarted(url, flags, () =>
    withControl(flags, io, given => run(target, { ...given, ...(account !== undefined && { account }) })),
  );
}
