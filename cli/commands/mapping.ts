import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { EXIT } from '../../harness/exit-code.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { readSystemUser } from '../../simulator/directory/system-user.ts';
import { completePerson, refuseInvalid } from '../../simulator/directory/validate.ts';
import { mapPerson } from '../../simulator/mapping/attribute-mapping.ts';
import { defaultMapping } from '../../simulator/mapping/default.ts';
import { evaluateExpression, ExprError } from '../../simulator/mapping/evaluate.ts';
import { readMappings } from '../../simulator/mapping/read-mappings.ts';
import { newUser } from '../../simulator/sync/merge.ts';
import { fileTrouble } from '../../text/file-trouble.ts';
import { UsageError, type Io } from '../io.ts';

export interface EvaluateFlags {
  readonly context?: string;
  readonly batch?: string;
}

export interface PreviewFlags {
  readonly user: string;
  readonly mapping?: string;
  readonly providerUser?: string;
}

/** `scimulator mapping eval`: a mistake in the expression is shown where it is. */
export async function evaluateCommand(
  expression: string | undefined,
  { context, batch }: EvaluateFlags,
  io: Io,
): Promise<number> {
  if (batch !== undefined) {
    if (expression !== undefined || context !== undefined) {
      throw new UsageError('--batch has expressions and contexts in its lines; leave out the expression and --context');
    }
    return evaluateLines(batch, io);
  }
  if (expression === undefined) throw new UsageError('an expression is missing, or --batch <file>');
  const names = context === undefined ? {} : readObject(context);
  try {
    io.out(`${evaluateExpression(expression, names, Date.now)}\n`);
    return EXIT.conforms;
  } catch (error) {
    if (!(error instanceof ExprError)) throw error;
    io.err(`scimulator: ${error.message}\n${error.excerpt.replaceAll(/^/gm, '  ')}\n`);
    return EXIT.usage;
  }
}

/** Answers each line of a file; blank lines are passed over. */
async function evaluateLines(path: string, io: Io): Promise<number> {
  const input = createReadStream(path, 'utf8');
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const text = line.replace(/^\ufeff/, '').trim();
      if (text !== '') io.out(`${answer(text)}\n`);
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return EXIT.conforms;
}

function answer(line: string): string {
  const refusal = (error: string, offset = 0) => JSON.stringify({ error, offset });
  let json: Json;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return refusal(`the line is no JSON: ${messageOf(error)}`);
  }
  if (!isObject(json)) return refusal('the line is no object with expr and context');
  const { expr, context = null } = json;
  if (typeof expr !== 'string') return refusal('expr is missing, or no text');
  if (context !== null && !isObject(context)) return refusal('context is no object');
  try {
    return `{"value":${evaluateExpression(expr, context ?? {}, Date.now)}}`;
  } catch (error) {
    if (error instanceof ExprError) return refusal(error.reason, error.offset);
    throw error;
  }
}

/** `scimulator mapping preview` */
export async function previewCommand({ user, mapping, providerUser }: PreviewFlags, io: Io): Promise<number> {
  const record = readObject(user);
  const { values, id, problems, unknown } = readSystemUser(record);
  const wrong = [...problems, ...unknown].map(({ message }) => message);
  if (wrong.length > 0) throw new UsageError(`${user}: ${wrong.join('; ')}`);
  if (!values.email) throw new UsageError(`${user}: email is missing`);
  const person = completePerson(id ?? textOf(record['id']) ?? SOME_ID, {
    email: '',
    firstname: '',
    lastname: '',
    ...values,
  });
  refuseInvalid(person);
  const rows = mapping === undefined ? defaultMapping : readMappings(readJson(mapping));
  const held = providerUser === undefined ? {} : readObject(providerUser);
  const mapped = mapPerson(rows, person, held, Date.now);
  io.out(`${JSON.stringify(newUser(mapped.values), undefined, 2)}\n`);
  for (const problem of mapped.problems) io.err(`left out ${problem}\n`);
  if (mapped.values.some(({ path }) => path[0] === 'userName')) return EXIT.conforms;
  io.err('without userName nothing would be sent\n');
  return EXIT.fails;
}

/** Stands in where a file tells no id. */
const SOME_ID = '000000000000000000000001';

const textOf = (json: Json | undefined): string | undefined => (typeof json === 'string' ? json : undefined);

function readObject(path: string): JsonObject {
  const json = readJson(path);
  if (isObject(json)) return json;
  throw new UsageError(`${path} is no JSON object`);
}

function readJson(path: string): Json {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    const json: Json = JSON.parse(text.replace(/^\ufeff/, ''));
    return json;
  } catch (cause) {
    throw new UsageError(`${path} is no JSON: ${messageOf(cause)}`, { cause });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const unreadable = (path: string, cause: unknown): UsageError =>
  new UsageError(`${path} cannot be read: ${fileTrouble(cause)}`, { cause });
