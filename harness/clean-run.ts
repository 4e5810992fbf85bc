import type { Run } from '../reports/record/index.ts';
import { cleanUp, type CleanUp } from './clean-up.ts';
import { openRecord } from './record-file.ts';
import { createSession } from './session.ts';
import { connect, type TargetSettings } from './target.ts';

/**
 * Removes what an earlier run left on its target, and writes into its record what was removed, so that doing it again finds
 * nothing.
 */
export async function cleanRun(
  target: TargetSettings,
  run: Run,
  recordPath: string,
  signal: AbortSignal,
): Promise<CleanUp> {
  const connection = connect(target, signal);
  const record = openRecord(recordPath);
  try {
    const { credential, second, send: transport } = connection;
    const { run: mark, seed } = run.header;
    const session = createSession({ transport, credential, second, seed, run: mark, onEvent: record.append, signal });
    return await cleanUp(session, run.ledger);
  } finally {
    record.close();
    await connection.close();
  }
}
