import { isObject } from '../../../scim/message/list.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import { invalidFilter, sensitive } from '../refusal.ts';
import { findAttribute, findExtension, resolvePath, type CompiledAttribute, type CompiledType } from '../type.ts';
import { spendOnQuery, type Spend } from '../work.ts';
import { countTests, type Comparison, type Filter, type Presence, type ValuePath } from './filter.ts';
import { absentTest, compileValueTest, isPresent, type ValueTest } from './value-test.ts';

/** Whether a resource, or an element of an attribute, satisfies a filter. */
type Test<T> = (subject: T) => boolean;

/**
 * Makes the function that tells whether a resource satisfies a filter (RFC 7644 section 3.4.2.2). An attribute that the
 * type does not have counts as unassigned (section 3.4.2.1); a complex one without sub-attribute compares by its
 * `value`; for a multi-valued one a single matching value suffices, for `ne` too.
 * @throws {ScimError} 400 `invalidFilter` for what the type of an attribute rules out, 403 `sensitive` for attributes that
 * are never returned; the function itself 400 `tooMany` when it has been asked about too many values
 */
export function compileFilter(
  filter: Filter,
  type: CompiledType,
  spend: Spend = spendOnQuery(),
): (resource: JsonObject) => boolean {
  return compileWith(filter, leaf =>
    leaf.kind === 'element' ? compileElement(leaf, type, spend) : compileLeaf(leaf, type, spend),
  );
}

/**
 * Makes the function that tells whether one element of an attribute, or the value of a singular one, satisfies the
 * filter between the brackets of a value path. `value` stands for the element itself where that is no object.
 * @throws {ScimError} as `compileFilter`, and 400 `invalidFilter` for names that are no sub-attributes
 */
export function compileElementFilter(filter: Filter, attribute: CompiledAttribute): (element: Json) => boolean {
  return compileWith(filter, leaf => {
    if (leaf.kind === 'element') throw invalidFilter('A value path has no value path inside of its brackets.');
    const sub = attribute.subs ? findAttribute(attribute.subs, leaf.path) : undefined;
    if (!attribute.subs && leaf.path.toLowerCase() === 'value') return compileSimple(leaf, attribute);
    if (!sub) throw invalidFilter(`"${attribute.path}" has no sub-attribute "${leaf.path}".`);
    const test = compileTest(leaf, sub);
    return element => test(isObject(element) ? element[sub.name] : undefined);
  });
}

function compileWith<T>(filter: Filter, leaf: (leaf: Presence | Comparison | ValuePath) => Test<T>): Test<T> {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const tests = filter.filters.map(each => compileWith(each, leaf));
      if (filter.kind === 'and') return subject => tests.every(test => test(subject));
      return subject => tests.some(test => test(subject));
    }
    case 'not': {
      const test = compileWith(filter.filter, leaf);
      return subject => !test(subject);
    }
    default:
      return leaf(filter);
  }
}

function compileLeaf(leaf: Presence | Comparison, type: CompiledType, spend: Spend): Test<JsonObject> {
  const target = resolvePath(type, leaf.path);
  if (!target) return compileForeign(leaf, type);
  const { extension, attribute } = target;
  if (attribute.secret) throw sensitive(attribute.path);
  const compares = leaf.kind === 'compare' && leaf.value !== null;
  const sub = target.sub ?? (compares ? attribute.subs?.value : undefined);
  if (compares && attribute.subs && !sub) {
    throw invalidFilter(`"${attribute.path}" has sub-attributes; name the one to compare.`);
  }
  const test = compileTest(leaf, sub ?? attribute);
  const once = sub ? onSub(attribute, sub.name, test) : test;
  const onValue: ValueTest = value => {
    spend(Array.isArray(value) ? value.length : 1);
    return once(value);
  };
  const { name } = attribute;
  if (!extension) return resource => onValue(resource[name]);
  const { urn } = extension;
  return resource => {
    const scope = resource[urn];
    return onValue(isObject(scope) ? scope[name] : undefined);
  };
}

/** Attributes that the type does not have, and the URN of an extension, whose presence can be asked for. */
function compileForeign(leaf: Presence | Comparison, type: CompiledType): Test<JsonObject> {
  if (leaf.kind === 'compare') {
    const result = absentTest(leaf.operator, leaf.value);
    return () => result;
  }
  const urn = findExtension(type, leaf.path)?.urn;
  return urn === undefined ? () => false : resource => resource[urn] !== undefined;
}

function onSub({ multiValued }: CompiledAttribute, sub: string, test: ValueTest): ValueTest {
  if (!multiValued) return value => test(isObject(value) ? value[sub] : undefined);
  return value => {
    if (!Array.isArray(value)) return test(undefined);
    // A loop, since groups have thousands of members and are asked for one of them.
    for (const element of value as readonly Json[]) if (isObject(element) && test(element[sub])) return true;
    return false;
  };
}

/** The test of an attribute that holds its values itself: of one of several, when it is multi-valued. */
function compileTest(leaf: Presence | Comparison, attribute: CompiledAttribute): ValueTest {
  if (attribute.secret) throw sensitive(attribute.path);
  if (leaf.kind === 'present') return isPresent;
  const test = compileSimple(leaf, attribute);
  if (!attribute.multiValued) return test;
  return value => (Array.isArray(value) ? value.some((one: Json) => test(one)) : test(undefined));
}

const compileSimple = (leaf: Presence | Comparison, attribute: CompiledAttribute): ValueTest =>
  leaf.kind === 'present' ? isPresent : compileValueTest(attribute, leaf.operator, leaf.value);

function compileElement({ path, filter }: ValuePath, type: CompiledType, spend: Spend): Test<JsonObject> {
  const target = resolvePath(type, path);
  if (!target) return () => false;
  const { extension, attribute, sub } = target;
  if (sub || (!attribute.subs && !attribute.multiValued)) {
    throw invalidFilter(`"${path}" has no elements with sub-attributes; brackets go behind a complex attribute.`);
  }
  if (attribute.secret) throw sensitive(attribute.path);
  const test = compileElementFilter(filter, attribute);
  const tests = countTests(filter);
  return resource => {
    const scope = extension ? resource[extension.urn] : resource;
    const value = isObject(scope) ? scope[attribute.name] : undefined;
    if (value === undefined) return false;
    spend(Array.isArray(value) ? value.length * tests : tests);
    return Array.isArray(value) ? value.some((element: Json) => test(element)) : test(value);
  };
}
