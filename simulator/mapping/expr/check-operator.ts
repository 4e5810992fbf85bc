import { TYPES, type StaticType } from './static-type.ts';

type Kind = StaticType['kind'];
/** The type of the result, or undefined where the operands cannot meet. */
type Rule = (left: StaticType, right: StaticType) => StaticType | undefined;

const isNumber = ({ kind }: StaticType) => kind === 'int' || kind === 'float';
const isUnknown = ({ kind }: StaticType) => kind === 'unknown';
const isOneOf = ({ kind }: StaticType, kinds: readonly Kind[]) => kinds.includes(kind);

/** Whether what is not known may turn out to fit. */
const mayMeet = (a: StaticType, b: StaticType, kinds: readonly Kind[]) =>
  (isUnknown(a) && (isUnknown(b) || isOneOf(b, kinds))) || (isUnknown(b) && isOneOf(a, kinds));

const NUMBERS: readonly Kind[] = ['int', 'float'];
const ORDERED: readonly Kind[] = [...NUMBERS, 'string', 'time', 'duration'];

/** Both of these kinds, whichever is known. */
const both =
  (kinds: readonly Kind[], gives: StaticType): Rule =>
  (a, b) =>
    [a, b].every(type => isUnknown(type) || isOneOf(type, kinds)) ? gives : undefined;

/** Pairs of kinds, written `left right`, and what they give. */
type Pairs = Readonly<Record<string, StaticType>>;

const arithmetic =
  (pairs: Pairs, open: readonly Kind[]): Rule =>
  (a, b) => {
    if (isNumber(a) && isNumber(b)) return a.kind === 'int' && b.kind === 'int' ? TYPES.int : TYPES.float;
    return pairs[`${a.kind} ${b.kind}`] ?? (mayMeet(a, b, open) ? TYPES.unknown : undefined);
  };

const ordered: Rule = (a, b) => {
  const known = (isNumber(a) && isNumber(b)) || (a.kind === b.kind && isOneOf(a, ORDERED));
  return known || mayMeet(a, b, ORDERED) ? TYPES.bool : undefined;
};

/** Whether `==` can hold: nil can be compared with everything. */
const isComparable = (a: StaticType, b: StaticType) =>
  [a, b].some(({ kind }) => kind === 'unknown' || kind === 'nil') || a.kind === b.kind || (isNumber(a) && isNumber(b));

const equality: Rule = (a, b) => (isComparable(a, b) ? TYPES.bool : undefined);

const membership: Rule = (needle, { kind, element }) => {
  switch (kind) {
    case 'unknown':
    case 'bytes':
      return TYPES.bool;
    case 'array':
      return !element || isComparable(needle, element) ? TYPES.bool : undefined;
    case 'map':
      return isOneOf(needle, ['string', 'unknown', 'nil']) ? TYPES.bool : undefined;
    default:
      return undefined;
  }
};

const logic = both(['bool'], TYPES.bool);
const onTexts = both(['string'], TYPES.bool);
const { time, duration, string } = TYPES;

/** What each operator takes and gives. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['or', logic],
  ['||', logic],
  ['and', logic],
  ['&&', logic],
  ['==', equality],
  ['!=', equality],
  ['<', ordered],
  ['>', ordered],
  ['<=', ordered],
  ['>=', ordered],
  ['in', membership],
  ['matches', (a, b) => (both(['string', 'bytes'], TYPES.bool)(a, a) ? both(['string'], TYPES.bool)(b, b) : undefined)],
  ['contains', onTexts],
  ['startsWith', onTexts],
  ['endsWith', onTexts],
  ['..', both(['int'], { kind: 'array', element: TYPES.int })],
  [
    '+',
    arithmetic(
      { 'string string': string, 'time duration': time, 'duration time': time, 'duration duration': duration },
      ORDERED,
    ),
  ],
  [
    '-',
    arithmetic({ 'time time': duration, 'time duration': time, 'duration duration': duration }, [
      ...NUMBERS,
      'time',
      'duration',
    ]),
  ],
  [
    '*',
    arithmetic(
      {
        'duration duration': duration,
        'duration int': duration,
        'int duration': duration,
        'duration float': TYPES.float,
        'float duration': TYPES.float,
      },
      [...NUMBERS, 'duration'],
    ),
  ],
  ['/', both(NUMBERS, TYPES.float)],
  ['**', both(NUMBERS, TYPES.float)],
  ['^', both(NUMBERS, TYPES.float)],
  ['%', both(['int'], TYPES.int)],
]);

/** The type that an operator gives; undefined if it cannot take these two. `??` takes everything and is not here. */
export const checkOperator = (operator: string, left: StaticType, right: StaticType): StaticType | undefined =>
  RULES.get(operator)?.(left, right);
