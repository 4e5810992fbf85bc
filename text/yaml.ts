import { Ajv, type AnySchema, type ErrorObject } from 'ajv';
import { parseDocument, type Document } from 'yaml';
import { excerpt, positionOf } from './excerpt.ts';
import { suggest } from './suggest.ts';

/** One mistake in a file: where it is, and a message with line, column and excerpt. */
export interface Mistake {
  /** Place of the value inside the file: `steps.3.hire`. */
  readonly path: string;
  readonly message: string;
}

/** What a YAML file holds, or what is wrong with it. */
export type YamlFile<T> =
  | { readonly content: T; readonly at: (path: readonly (string | number)[]) => number; readonly mistakes?: undefined }
  | { readonly mistakes: readonly Mistake[] };

/** Places told of a file that is no YAML. */
const MOST_ERRORS = 5;

/** Aliases that a file may multiply content by; configuration needs none. */
const MOST_ALIASES = 10;

/**
 * Reads YAML (or JSON, which is YAML) and holds it against a JSON Schema (draft-07).
 * @param name what the file is called in messages
 * @param noun what a key of the file is called
 */
export function readYaml<T>(name: string, text: string, schema: AnySchema, noun = 'setting'): YamlFile<T> {
  const document = parseDocument(text, { prettyErrors: false });
  const located = (offset: number, words: string, path = '', length = 1): Mistake => ({
    path,
    message: locate(name, text, offset, words, length),
  });
  if (document.errors.length > 0) {
    // What is no text, and what is no YAML from some line on, is wrong in every line after it.
    if (text.includes('\0')) return { mistakes: [{ path: '', message: `${name}: it is no text` }] };
    return { mistakes: document.errors.slice(0, MOST_ERRORS).map(({ pos, message }) => located(pos[0], message)) };
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {};
  } catch (error) {
    return { mistakes: [located(0, (error as Error).message)] };
  }
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema);
  if (validate(content)) return { content: content as T, at: path => rangeOf(document.getIn(path, true))?.[0] ?? 0 };
  return {
    mistakes: (validate.errors ?? []).flatMap(error => {
      const words = wordsOf(error, noun);
      if (words === undefined) return [];
      const [from, to] = placeOf(document, error);
      return [located(from, words, pathOf(error).join('.'), to - from)];
    }),
  };
}

/** `file:line:column: words`, with an excerpt below. */
export function locate(name: string, text: string, offset: number, words: string, length = 1): string {
  const { line, column } = positionOf(text, offset);
  return `${name}:${line}:${column}: ${words}\n${excerpt(text, offset, length)}`;
}

const pathOf = ({ instancePath }: ErrorObject): readonly string[] =>
  instancePath
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Where the key, or the value, stands that is wrong. */
function placeOf(document: Document, error: ErrorObject): readonly [from: number, to: number] {
  const path = pathOf(error);
  const extra: unknown = error.params['additionalProperty'];
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  const node = typeof extra === 'string' ? keyOf(parent, extra) : parent;
  const [from = 0, to = from + 1] = rangeOf(node) ?? [];
  return [from, to];
}

function keyOf(map: unknown, name: string): unknown {
  const items = typeof map === 'object' && map !== null && 'items' in map && Array.isArray(map.items) ? map.items : [];
  return (items as readonly { readonly key?: unknown }[]).find(({ key }) => String(key) === name)?.key;
}

const rangeOf = (node: unknown): readonly number[] | undefined =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? (node.range as number[])
    : undefined;

/** What to do about it; undefined for what another error of the same value says better. */
function wordsOf(error: ErrorObject, noun: string): string | undefined {
  const { keyword, params, parentSchema, data } = error;
  const name = pathOf(error).join('.') || 'the file';
  const list = (values: unknown): string => (Array.isArray(values) ? values.join(', ') : String(values));
  switch (keyword) {
    case 'additionalProperties': {
      const extra = String(params['additionalProperty']);
      const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
      return `no ${noun} ${extra}${suggest(extra, known)}; there are ${known.join(', ')}`;
    }
    case 'enum':
      return `${name} must be one of ${list(params['allowedValues'])}${suggest(String(data), (params['allowedValues'] as unknown[]).map(String))}`;
    case 'required':
      return `${name} needs ${String(params['missingProperty'])}`;
    case 'if':
      return undefined;
    default:
      return `${name} ${error.message ?? 'is not right'}`;
  }
}
