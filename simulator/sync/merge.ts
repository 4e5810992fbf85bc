import { isObject } from '../../scim/message/list.ts';
import type { PatchOperation } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { MappedValue } from '../mapping/attribute-mapping.ts';

/** The attribute that says whether a user may do anything. */
export const ACTIVE = 'active';

/** Members of a read user that are not sent back: the service provider's own, and what is never sent (JC-15). */
const DROPPED: ReadonlySet<string> = new Set(['meta', 'groups', 'password']);

/** Value of a member whose name may be written in any case (RFC 7643 section 2.1). */
export const memberOf = (object: JsonObject, name: string): Json | undefined => object[keyOf(object, name)];

function keyOf(object: JsonObject, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const lower = name.toLowerCase();
  return Object.keys(object).find(key => key.toLowerCase() === lower) ?? name;
}

/** The body of a create. */
export const newUser = (values: readonly MappedValue[]): JsonObject => mergedUser({}, values, true);

/**
 * A read user with the mapped values laid over it, to be put back whole (JC-Q1). What no mapping gives keeps the service
 * provider's value (JC-37); a mapped list replaces the list. Members without value are left out.
 * @param dropped names, in lower case, of members that are not sent back
 */
export function mergedUser(
  user: JsonObject,
  values: readonly MappedValue[],
  active: boolean,
  dropped: ReadonlySet<string> = DROPPED,
): JsonObject {
  const body = withoutNulls(
    Object.fromEntries(Object.entries(user).filter(([name]) => !dropped.has(name.toLowerCase()))),
  );
  for (const { path, value } of values) put(body, path, value);
  put(body, [ACTIVE], active);
  const held = memberOf(body, 'schemas');
  const schemas = new Set<Json>([...(Array.isArray(held) ? held : []), USER]);
  if (memberOf(body, ENTERPRISE_USER) !== undefined) schemas.add(ENTERPRISE_USER);
  const whole = { schemas: [], ...body };
  put(whole, ['schemas'], [...schemas]);
  return whole;
}

/** Mapped values with `active` behind them. */
export const withState = (values: readonly MappedValue[], active: boolean): readonly MappedValue[] => [
  ...values,
  { path: [ACTIVE], value: active },
];

/** Mapped values, `active` among them, that the read user does not hold yet (JC-Q30). */
export const differences = (
  user: JsonObject,
  values: readonly MappedValue[],
  active: boolean,
): readonly MappedValue[] => withState(values, active).filter(({ path, value }) => !holds(valueAt(user, path), value));

/** The same values as PATCH operations, one for each attribute. */
export const replacements = (values: readonly MappedValue[]): readonly PatchOperation[] =>
  values.map(({ path, value }) => ({ op: 'replace', path: attributePath(path), value }));

/** A path of RFC 7644 figure 7: extension attributes follow their URN behind a colon. */
export const attributePath = ([first, ...rest]: MappedValue['path']): string =>
  first.includes(':') ? `${first}:${rest.join('.')}` : [first, ...rest].join('.');

/** Value at the end of a path of members. */
export const valueAt = (value: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((held, name) => (isObject(held) ? memberOf(held, name) : undefined), value);

const withoutNulls = (object: JsonObject): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      value === null ? [] : [[name, isObject(value) ? withoutNulls(value) : value]],
    ),
  );

/** Puts a value where a path leads; objects on the way are copied, for they may be somebody else's. */
function put(object: Record<string, Json>, [name, ...rest]: readonly string[], value: Json): void {
  if (name === undefined) return;
  const key = keyOf(object, name);
  if (rest.length === 0) {
    object[key] = value;
    return;
  }
  const held = object[key];
  const inner = isObject(held) ? { ...held } : {};
  put(inner, rest, value);
  object[key] = inner;
}

/** Whether what is held says all that is wanted; what a service provider adds of its own is no difference. */
function holds(held: Json | undefined, wanted: Json): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(held) &&
      held.length === wanted.length &&
      wanted.every((value: Json) => held.some((other: Json) => holds(other, value)))
    );
  }
  if (!isObject(wanted)) return held === wanted;
  return isObject(held) && Object.entries(wanted).every(([name, value]) => holds(memberOf(held, name), value));
}
