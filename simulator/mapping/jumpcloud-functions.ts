import { isList, isMap, listOf, TYPES, type ExprFunction, type Kind, type Value, type ValueMap } from './expr/index.ts';

/** JumpCloud publishes no list of its own functions; these stand in its default mappings, their results as in JC-Q34. */
const functions: readonly ExprFunction[] = [
  {
    name: 'notNullOrEmpty',
    takes: [{ kinds: [] }],
    gives: TYPES.bool,
    call: ([value = null]) => !isEmpty(value),
  },
  toScim('toScimEmails', ['string'], value => {
    return typeof value === 'string' ? { value, type: 'work', primary: true } : {};
  }),
  toScim('toScimAddresses', ['map'], value => (isMap(value) ? membersOf(value, ADDRESS) : {})),
  toScim('toScimPhoneNumbers', ['map'], value => {
    const { number, ...rest } = isMap(value) ? membersOf(value, ['number', 'type']) : {};
    return number === undefined ? {} : { value: number, ...rest };
  }),
];

/** By name, beside the functions of the language. */
export const jumpcloudFunctions: ReadonlyMap<string, ExprFunction> = new Map(
  functions.map(known => [known.name, known]),
);

/** Parts of an address that SCIM has a place for. */
const ADDRESS = ['type', 'streetAddress', 'locality', 'region', 'postalCode', 'country'];

/** Makes the elements of a multi-valued attribute of one value, or of each of several; nil where nothing is left. */
function toScim(
  name: string,
  kinds: readonly Kind[],
  element: (value: Value) => Readonly<Record<string, Value>>,
): ExprFunction {
  return {
    name,
    takes: [{ kinds: [...kinds, 'array', 'nil'] }],
    gives: listOf(TYPES.map),
    call: ([given = null]) => {
      const elements = (isList(given) ? given : [given])
        .filter(value => !isEmpty(value))
        .map(value => Object.entries(element(value)))
        .filter(members => members.length > 0);
      return elements.length === 0 ? null : elements.map(members => new Map<Value, Value>(members));
    },
  };
}

function membersOf(map: ValueMap, names: readonly string[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    names.flatMap((name): [string, Value][] => {
      const value = map.get(name) ?? null;
      return isEmpty(value) ? [] : [[name, value]];
    }),
  );
}

function isEmpty(value: Value): boolean {
  if (value === null || value === '') return true;
  return isList(value) ? value.length === 0 : isMap(value) && value.size === 0;
}
