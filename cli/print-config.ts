import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRedactor, REDACTED } from '../scim/wire/redact.ts';
import { labelled, visible } from '../reports/writers/index.ts';
import type { ConfigFlags } from './config-options.ts';
import type { Configured } from './configured.ts';
import type { Io } from './io.ts';

/** Settings that name a variable, or a file, with a secret in it. */
const SECRET_VARIABLE = /(?:token|password|secret)\d?Env$|^token2Env$|^headerEnv$/i;
const SECRET_FILE = /(?:token|password|secret)\d?File$/i;

/** A variable that by its name holds a secret, used or not: a command line may hold its value. Ours only name such. */
const SECRET_NAME = /^(?!SCIMULATOR_).*(?:TOKEN|SECRET|PASSWORD|PASSWD|KEY$)/i;

/** What looks like a secret in a command line: an assignment, or a flag with its value. */
const ASSIGNMENT =
  /((?:\w*(?:TOKEN|SECRET|PASSWORD|PASSWD|KEY)\w*=)|(?:--?[\w-]*(?:TOKEN|SECRET|PASSWORD|PASSWD|KEY)[= ] *))("[^"]*"|'[^']*'|\S+)/gi;

/** User and password in a URL. */
const USERINFO = /(\/\/)[^/@\s]+@/g;

/** Prints what `--print-config` asks for; whether it does. */
export function printsConfig(all: Configured<ConfigFlags & { readonly json?: true }>, io: Io): boolean {
  const { printConfig, json = false } = all.flags;
  if (printConfig) io.out(textOf(all, json, io));
  return printConfig === true;
}

/** Each setting with where it comes from, as a table or as JSON; secrets are named and never shown. */
function textOf({ settings, unset }: Configured<unknown>, json: boolean, io: Io): string {
  const redactor = createRedactor(
    Object.entries(io.env).flatMap(([name, value]) => (value && SECRET_NAME.test(name) ? [value] : [])),
  );
  for (const { name, value } of settings) {
    const secret = typeof value === 'string' ? secretOf(name, value, io) : undefined;
    if (secret) redactor.add(secret);
  }
  const hide = (text: string): string =>
    redactor.text(text).replaceAll(USERINFO, `$1${REDACTED}@`).replaceAll(ASSIGNMENT, `$1${REDACTED}`);
  const rows = settings.map(({ name, value, from }) => ({
    name,
    value: hide(shown(name, redactor.value(value), io)),
    from,
  }));
  if (json) return `${JSON.stringify({ settings: rows, unset }, undefined, 2)}\n`;
  const widest = (member: 'name' | 'from') => Math.max(...rows.map(row => row[member].length));
  const [first, second] = [widest('name'), widest('from')];
  const lines = rows.flatMap(({ name, value, from }) =>
    labelled(`${name.padEnd(first)}  ${from.padEnd(second)}  `, visible(value), io.width ?? 100),
  );
  return `${[...lines, '', ...labelled('not set: ', unset.join(', '), io.width ?? 100)].join('\n')}\n`;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** The value of what a setting names. */
function secretOf(name: string, value: string, { env }: Io): string | undefined {
  if (SECRET_VARIABLE.test(name)) return env[value.replace(/^[^=]*=/, '')];
  if (!SECRET_FILE.test(name) || !isFile(value)) return undefined;
  return readFileSync(value, 'utf8').trim();
}

function shown(name: string, value: unknown, { env }: Io): string {
  if (typeof value === 'string' && SECRET_VARIABLE.test(name)) {
    return `${value} (${env[value.replace(/^[^=]*=/, '')] ? 'set' : 'not set'})`;
  }
  if (typeof value === 'string' && SECRET_FILE.test(name)) return `${value} (${isFile(value) ? 'there' : 'missing'})`;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(elementOf).join(', ');
  return value instanceof RegExp ? String(value) : JSON.stringify(value);
}

/** An element of a list; checks that are left out as they are written on the command line. */
const elementOf = (element: unknown): string => {
  if (typeof element === 'string') return element;
  const { pattern, reason } = element as { readonly pattern?: unknown; readonly reason?: unknown };
  return typeof pattern === 'string' ? `${pattern}=${String(reason)}` : JSON.stringify(element);
};
