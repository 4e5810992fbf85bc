import { createRedactor, REDACTED } from '../scim/wire/redact.ts';
import type { Exchange } from '../reports/record/index.ts';
import { readRecording } from './judge-record-source.ts';
import { observe } from './judge-traffic-run.ts';
import type { Finished, RunOptions } from './run.ts';
import { profileNamed } from './selection.ts';

export interface JudgeOptions extends RunOptions {
  /** What weighs how much; `rfc` by default. */
  readonly profile?: string;
  /** Base URL of the service provider in a HAR file; guessed by default. */
  readonly base?: string;
}

/**
 * Judges traffic that is over: the requests as those of a client, the answers as those of a service provider.
 * @param path a record of ours, the folder it is in, or a HAR 1.2 file
 * @throws RecordingError for a file that cannot be read, SelectionError for a profile that is none, BaseUrlError for a base
 *   URL that is none
 */
export async function judgeRecord(path: string, options: JudgeOptions = {}): Promise<Finished> {
  const profile = profileNamed(options.profile ?? 'rfc');
  const { baseUrl, told, notes } = readRecording(path, options.base);
  const redactor = options.redactor ?? createRedactor();
  for (const { exchange } of told) for (const secret of secretsOf(exchange)) redactor.add(secret);
  const observation = observe({ command: 'judge', baseUrl, profile, notes }, { ...options, redactor });
  for (const { exchange, isClients, hasResponse } of told) {
    if (options.signal?.aborted) break;
    observation.see(exchange, [...(isClients ? ['client' as const] : []), ...(hasResponse ? ['server' as const] : [])]);
  }
  return observation.end(options.signal?.aborted);
}

/** Credentials that stand in a recording: nothing of ours may repeat them. */
export function secretsOf({ request }: Exchange): readonly string[] {
  const token = /\S+$/.exec(request.headers['authorization'] ?? '')?.[0] ?? '';
  const inUrl = [...new URLSearchParams(request.path.split('?')[1] ?? '')].filter(([name]) =>
    /token|key|secret/i.test(name),
  );
  return [token, ...inUrl.map(([, value]) => value)].filter(secret => secret !== '' && secret !== REDACTED);
}
