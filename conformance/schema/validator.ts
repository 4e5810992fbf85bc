import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../../scim/wire/message.ts';

/** Where a value does not fit its JSON Schema. */
export interface Misfit {
  /** Of the JSON Schema: `additionalProperties`, `required`, `type`, `pattern`. */
  readonly keyword: string;
  /** Names from the top, positions in arrays left out; those of a missing or surplus member included. */
  readonly path: readonly string[];
  /** What the schema asks for, where a value has another form. */
  readonly wanted: string;
  readonly came: Json | undefined;
}

/** Gives every misfit of a value. */
export type Validator = (value: Json) => readonly Misfit[];

/** Facts are new in each run while targets publish the same, so validators are kept by what they are made from. */
const compiled = new Map<string, Validator>();

/** More than any process has use for at a time. */
const MOST_KEPT = 64;

let ajv: Ajv2020 | undefined;

/** Loading takes longer than all that is validated in a run, and many commands never validate. */
function loaded(): Ajv2020 {
  if (ajv) return ajv;
  const module = createRequire(import.meta.url)('ajv/dist/2020.js') as { readonly Ajv2020: typeof Ajv2020 };
  ajv = new module.Ajv2020({ allErrors: true, verbose: true, strict: false, validateSchema: false, meta: false });
  return ajv;
}

/** The validator of a JSON Schema, compiled once for each text of one. */
export function validatorOf(schema: JsonObject): Validator {
  const key = JSON.stringify(schema);
  const known = compiled.get(key);
  if (known) return known;
  if (compiled.size >= MOST_KEPT) compiled.clear();
  const validate: ValidateFunction = loaded().compile({ ...schema });
  const validator: Validator = value => (validate(value) ? [] : (validate.errors ?? []).map(misfitOf));
  compiled.set(key, validator);
  return validator;
}

function misfitOf({ keyword, instancePath, params, data }: ErrorObject): Misfit {
  const { additionalProperty, missingProperty, type, pattern } = params as Readonly<Record<string, string | undefined>>;
  const path = instancePath
    .split('/')
    .slice(1)
    .map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .filter(segment => !/^\d+$/.test(segment));
  const name = additionalProperty ?? missingProperty;
  return {
    keyword,
    path: name === undefined ? path : [...path, name],
    wanted: type ?? (pattern === undefined ? '' : 'a date and a time'),
    came: name === undefined ? (data as Json) : undefined,
  };
}
