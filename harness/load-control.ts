import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { controlActNames, isControlAct } from '../scim/control-acts.ts';
import type { Control } from '../scim/target.ts';
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
 * can do. What it cannot do it leaves out.
 *
 * @param file a path, from the current folder
 * @throws ControlModuleError
 */
export async function loadControl(file: string): Promise<Control> {
  const path = resolve(file);
  if (!existsSync(path)) throw new ControlModuleError(file, 'there is no such file');
  const exported = (await import(pathToFileURL(path).href).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ControlModuleError(file, `cannot be loaded: ${why}`, { cause });
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
  return control;
}
