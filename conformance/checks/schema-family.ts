import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Severity } from '../../reports/record/index.ts';
import type { RequirementId } from '../clauses/index.ts';
import type { Check, Probe } from '../run/check.ts';
import { show } from '../run/expect.ts';
import { attributesOf, readDiscovery, textOf, type Published } from '../run/published.ts';
import { Violation } from '../run/violation.ts';

/** RFC 9944 describes devices with nested objects and keywords of its own. */
export const DEVICES =
  /^urn:ietf:params:scim:schemas:(?:core:2\.0:(?:device|endpointapp)|extension:[\w-]+:2\.0:(?:device|endpointapp))$/i;

/** Faults that are named in a verdict. */
export const MOST_NAMED = 3;

interface Fault {
  readonly at: string;
  readonly what: string;
  /** Only the spelling differs. */
  readonly slight?: boolean;
}

function report(faults: readonly Fault[], right: string, answer: { readonly exchange?: string }): void {
  if (faults.length === 0) return;
  const named = faults.slice(0, MOST_NAMED).map(({ at, what }) => `${at}: ${what}`);
  const more = faults.length > MOST_NAMED ? `, and ${faults.length - MOST_NAMED} more` : '';
  const weight: Severity = faults.every(({ slight }) => slight) ? 'warning' : 'failure';
  throw new Violation(right, `${named.join('; ')}${more}`, answer, weight);
}

/** What a check of a family says of itself. */
export type Heading = Pick<Probe, 'id' | 'title' | 'clause'> & { readonly also?: readonly RequirementId[] };

/** What is wrong with one thing: nothing, or what came in its place. */
type Wrong = string | Omit<Fault, 'at'> | undefined;

function faultsOf(at: string, wrong: Wrong): readonly Fault[] {
  if (wrong === undefined) return [];
  return [typeof wrong === 'string' ? { at, what: wrong } : { at, ...wrong }];
}

/** A check of each attribute and sub-attribute of each published schema: `wrong` says what came, or nothing. */
export const ofAttributes = (heading: Heading, right: string, wrong: (attribute: Published) => Wrong): Check => ({
  ...heading,
  applies: [],
  async run(context) {
    const { answer, entries } = await readDiscovery(context, '/Schemas');
    const attributes = entries.flatMap(attributesOf);
    report(
      attributes.flatMap(attribute => faultsOf(`${attribute.urn} ${attribute.path}`, wrong(attribute))),
      right,
      answer,
    );
  },
});

/** A check of each published schema as a whole. */
export const ofSchemas = (heading: Heading, right: string, wrong: (schema: JsonObject) => Wrong): Check => ({
  ...heading,
  applies: [],
  async run(context) {
    const { answer, entries } = await readDiscovery(context, '/Schemas');
    report(
      entries.flatMap(schema => faultsOf(textOf(schema['id']) || 'a schema without id', wrong(schema))),
      right,
      answer,
    );
  },
});

/** A characteristic that is not written. */
export const unset = (value: Json | undefined): value is undefined | null => value === undefined || value === null;

/** A characteristic with a closed list of words; only another case of one weighs less. */
export const keyword = (heading: Heading, name: string, words: readonly string[]): Check =>
  ofAttributes(heading, `${name} as one of ${words.join(', ')}`, ({ urn, definition }) => {
    const value = definition[name];
    if (unset(value) || words.includes(textOf(value)) || DEVICES.test(urn)) return undefined;
    const slight = words.some(word => word.toLowerCase() === textOf(value).toLowerCase());
    return { what: `${name} ${show(value)}`, slight };
  });
