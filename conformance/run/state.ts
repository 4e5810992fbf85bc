import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';

/** Members of a resource that may move without anybody asking for it. */
const MOVING: ReadonlySet<string> = new Set(['meta', 'groups']);

/** Sub-attributes that a provider may add to what it was given (RFC 7643 section 2.4 and table of section 8.7.1). */
const ADDED: ReadonlySet<string> = new Set(['display', 'displayName', '$ref', 'type', 'primary', 'formatted']);

/** Where a resource is not as it should be. */
export interface Difference {
  readonly attribute: string;
  /** Whether the attribute should have stayed as it was. */
  readonly untouched: boolean;
  readonly right: Json | undefined;
  readonly came: Json | undefined;
}

/**
 * The first attribute in which `after` is not `before` with the attributes of `gives` in place; null there means without
 * value. What was not to change has to be equal, what was written has to fit. Attributes named in `except` are not looked at.
 */
export function differenceOf(
  before: JsonObject,
  gives: JsonObject,
  after: JsonObject,
  except: ReadonlySet<string> = new Set(),
): Difference | undefined {
  const extended = Object.keys(gives).some(name => name.includes(':'));
  for (const attribute of new Set([...Object.keys(gives), ...Object.keys(before), ...Object.keys(after)])) {
    const came = after[attribute];
    if (attribute in gives) {
      const right = gives[attribute];
      if (!fits(right, came)) return { attribute, untouched: false, right, came };
      continue;
    }
    // The URI of an extension may come and go with its values.
    if (MOVING.has(attribute) || except.has(attribute) || (extended && attribute === 'schemas')) continue;
    const right = before[attribute];
    if (!alike(right, came)) return { attribute, untouched: true, right, came };
  }
  return undefined;
}

/** Absent, null, an empty array and an object of such are one state (RFC 7643 section 2.5). */
export function isUnset(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.values(value).every(member => isUnset(member));
  return value === undefined || value === null;
}

/**
 * Whether a provider shows what was written: text in any case and without blanks around it, since a provider may
 * normalise; elements in any order; with such sub-attributes more as a provider adds.
 */
export function fits(right: Json | undefined, came: Json | undefined): boolean {
  if (isUnset(right)) return isUnset(came);
  if (typeof right === 'string') return typeof came === 'string' && folded(came) === folded(right);
  if (Array.isArray(right)) return Array.isArray(came) && pairs(right as Json[], came as Json[], fits);
  if (!isObject(right)) return right === came;
  if (!isObject(came)) return false;
  const named = Object.keys(right).every(name => fits(right[name], came[name]));
  return named && Object.keys(came).every(name => name in right || ADDED.has(name) || isUnset(came[name]));
}

/** Equality of JSON values in which elements have no order and there is one way to have no value. */
export function alike(one: Json | undefined, other: Json | undefined): boolean {
  if (isUnset(one)) return isUnset(other);
  if (Array.isArray(one)) return Array.isArray(other) && pairs(one as Json[], other as Json[], alike);
  if (!isObject(one)) return one === other;
  if (!isObject(other)) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every(name => alike(one[name], other[name]));
}

/** The first attribute of a body that a later read shows otherwise; what moves by itself, and what a body leaves out, is not looked at. */
export const disagreement = (body: JsonObject, later: JsonObject): string | undefined =>
  Object.keys(body).find(name => !MOVING.has(name) && !alike(body[name], later[name]));

const folded = (text: string) => text.trim().toLowerCase();

/** Each value on one side has its own on the other. */
function pairs(
  rights: readonly Json[],
  cames: readonly Json[],
  equal: (right: Json | undefined, came: Json | undefined) => boolean,
): boolean {
  const left = [...cames];
  return (
    rights.length === cames.length &&
    rights.every(right => {
      const at = left.findIndex(came => equal(right, came));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    })
  );
}
