import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { controlActNames, controlActs, isControlAct, type ControlActName, type Gives } from '../scim/control-acts.ts';
import { ControlError, type Control } from '../scim/target.ts';
import { suggest } from '../text/suggest.ts';

/** A control module that cannot be used; the message names the file and says what to change. */
export class ControlModuleError extends Error {
  readonly code = 'control-module';
  constructor(file: string, what: string, options?: ErrorOptions) {
    super(`${file}: ${what}`, options);
    this.name = 'ControlModuleError';
  }
}

/**
 * Loads the control of somebody's own account: a module that exports `control`, an object with a function for each act it
 * can do. What it cannot do it leaves out. Whatever an act throws reaches the caller as a `ControlError` that names file and
 * act.
 *
 * @param file a path, from the current folder
 * @throws ControlModuleError
 */
export async function loadControl(file: string): Promise<Control> {
  const path = resolve(file);
  if (!existsSync(path)) throw new ControlModuleError(file, 'there is no such file');
  const exported = (await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw new ControlModuleError(file, `cannot be loaded: ${wordsOf(cause)}`, { cause });
  })) as Readonly<Record<string, unknown>>;
  const { control } = exported;
  if (control === undefined) {
    const names = Object.keys(exported);
    const has = names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}`;
    throw new ControlModuleError(file, `has to export "control"; ${has}`);
  }
  if (typeof control !== 'object' || control === null) {
    throw new ControlModuleError(file, `"control" has to be an object with a function for each act`);
  }
  return checked(file, control as Readonly<Record<string, unknown>>);
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function checked(file: string, control: Readonly<Record<string, unknown>>): Control {
  const unknown = Object.keys(control).find(name => typeof control[name] === 'function' && !isControlAct(name));
  if (unknown !== undefined) {
    const advice = suggest(unknown, controlActNames) || `; the acts are ${controlActNames.join(', ')}`;
    throw new ControlModuleError(file, `"control" has ${unknown}, which is no act${advice}`);
  }
  const offered = controlActNames.filter(name => control[name] !== undefined);
  if (offered.length === 0) {
    throw new ControlModuleError(file, `"control" has no act; give one or more of ${controlActNames.join(', ')}`);
  }
  const odd = offered.find(name => typeof control[name] !== 'function');
  if (odd !== undefined) throw new ControlModuleError(file, `control.${odd} has to be a function`);
  return Object.fromEntries(offered.map(name => [name, guarded(file, control, name)]));
}

/** An act that can be handed around by itself, and that says where it comes from when it fails. */
function guarded(file: string, control: Readonly<Record<string, unknown>>, name: ControlActName) {
  const act = control[name] as (given: unknown) => unknown;
  const failed = (status: number, what: string, cause?: unknown): ControlError =>
    new ControlError(status, `${file}: ${name} ${what}`, undefined, { cause });
  return async (given: unknown): Promise<unknown> => {
    let result: unknown;
    try {
      result = await act.call(control, given);
    } catch (cause) {
      if (isRefusal(cause)) throw new ControlError(cause.status, cause.message, cause.rule, { cause });
      throw failed(500, `failed: ${wordsOf(cause)}`, cause);
    }
    const { gives } = controlActs[name];
    if (fits[gives](result)) return result;
    throw failed(500, `has to give ${words[gives]}`);
  };
}

/** A refusal as `ControlError` has it, also that of another copy of this package. */
const isRefusal = (cause: unknown): cause is ControlError =>
  cause instanceof Error && 'code' in cause && cause.code === 'control' && 'status' in cause;

const isThing = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const fits: Readonly<Record<Gives, (value: unknown) => boolean>> = {
  anything: () => true,
  object: isThing,
  list: value => Array.isArray(value) && value.every(isThing),
  flag: value => typeof value === 'boolean',
};

const words: Readonly<Record<Gives, string>> = {
  anything: 'anything',
  object: 'an object',
  list: 'a list of objects',
  flag: 'true or false',
};
