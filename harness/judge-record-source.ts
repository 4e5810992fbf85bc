import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fold, parseRecord, RecordError, type Exchange } from '../reports/record/index.ts';
import { parseJson } from '../scim/wire/message.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { isHar, readHar, RecordingError } from './har.ts';
import { scimPartOf, type Told } from './har-scim.ts';
import { MASKED } from './mask.ts';

/** Traffic between a client and a service provider, wherever it was written down. */
export interface Recording {
  readonly baseUrl: string;
  readonly told: readonly Told[];
  /** What a reader should know before the results. */
  readonly notes: readonly string[];
  /** Mark of the run that made the record; empty for a HAR file. */
  readonly run: string;
}

/** Scopes in which a run tidies up or reads for itself. */
const OURS = /^(?:cleanup|end-state)(?:\/|$)/;

/** Runs whose requests are wrong on purpose, so that their client is nobody. */
const PROBING = new Set(['conform', 'demo']);

/**
 * Reads a record of ours, the folder it is in, or a HAR 1.2 file.
 * @param base base URL of the service provider in a HAR file; guessed when absent
 * @throws RecordingError saying what is wrong and where, and BaseUrlError when `base` is no URL
 */
export function readRecording(path: string, base?: string): Recording {
  const text = contentOf(path);
  const whole = parseJson(text);
  try {
    if (isHar(whole)) return fromHar(path, whole, base);
    if (/^\s*\{\s*"kind"/.test(text)) return fromRecord(text);
  } catch (error) {
    if (error instanceof RecordError || error instanceof RecordingError) {
      throw new RecordingError(`${path}: ${error.message}`, { cause: error });
    }
    throw error;
  }
  const what = whole === undefined ? 'not JSON' : 'JSON, but neither';
  throw new RecordingError(`${path} is ${what}; give a record.jsonl of scimulator or a HAR file of a browser or proxy`);
}

function contentOf(path: string): string {
  try {
    return readFileSync(statSync(path).isDirectory() ? join(path, 'record.jsonl') : path, 'utf8').replace(
      /^\uFEFF/,
      '',
    );
  } catch (cause) {
    const trouble =
      existsSync(path) && statSync(path).isDirectory() ? 'there is no record.jsonl in it' : fileTrouble(cause);
    throw new RecordingError(`${path}: ${trouble}`, { cause });
  }
}

function fromHar(path: string, har: unknown, base: string | undefined): Recording {
  const { baseUrl, told, leftOut } = scimPartOf(readHar(har), base);
  const notes = [`${told.length} exchanges below ${baseUrl} in ${path}; ${leftOut} other entries left out`];
  const cut = told.filter(({ hasRequest, hasResponse }) => !hasRequest || !hasResponse).length;
  if (cut > 0) notes.push(`${cut} exchanges lack a body or an answer in the file; only the other half is judged`);
  return { baseUrl, told, notes, run: '' };
}

function fromRecord(text: string): Recording {
  const { header, exchanges, steps } = fold(parseRecord(text));
  const asides = new Set(steps.flatMap(({ scope, aside }) => (aside ? [scope] : [])));
  const notes = [`${exchanges.size} exchanges of run ${header.run} (${header.command})`];
  const probing = PROBING.has(header.command);
  if (probing) notes.push(`\`${header.command}\` sends wrong requests on purpose, so only the answers are judged`);
  const all = [...exchanges.values()];
  const masked = all.filter(isMasked).length;
  if (masked > 0)
    notes.push(`${masked} exchanges show resources of others, whose values are masked; they are not judged`);
  const told = all.map(exchange => {
    const whole = !isMasked(exchange);
    const isClients = whole && !probing && !OURS.test(exchange.scope) && !asides.has(exchange.scope);
    return { exchange, hasRequest: whole, isClients, hasResponse: whole };
  });
  return { baseUrl: header.target, told, notes, run: header.run };
}

const isMasked = ({ request, response }: Exchange): boolean => JSON.stringify([request, response]).includes(MASKED);
