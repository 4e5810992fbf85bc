import { playScenarios } from '../../harness/play.ts';
import { withReferenceBridge } from '../../harness/reference-bridge.ts';
import { executeRun } from '../execute-run.ts';
import { UsageError, type Io } from '../io.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';
import { demandConsent } from './conform.ts';

export interface PlayFlags extends TargetFlags, RecordFlags {
  readonly target?: string;
  readonly idp: string;
}

/** `scimulator play <scenario...>` */
export async function playCommand(ids: readonly string[], flags: PlayFlags, io: Io): Promise<number> {
  const { target: url, idp } = flags;
  if (url === undefined) {
    if (flags.tokenEnv ?? flags.tokenFile ?? flags.headerEnv ?? flags.basicUser ?? flags.oauthTokenUrl) {
      throw new UsageError('a credential without --target: the reference bridge makes its own');
    }
    return withReferenceBridge(target =>
      executeRun(flags, io, target, options => playScenarios(target, ids, { ...options, idp })),
    );
  }
  const target = targetOf(url, flags, io);
  demandConsent(url, flags, 'the people and groups of the stories');
  return executeRun(flags, io, target, options => playScenarios(target, ids, { ...options, idp }));
}
