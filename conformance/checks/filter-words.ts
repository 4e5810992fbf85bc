import { traitOf, type Trait } from '../run/attributes.ts';
import type { Case, Probe } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { compare, element, present, type Operator, type Predicate } from '../run/predicate.ts';
import { atHome } from '../run/template.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { familyOf, finds, type Family } from './family.ts';

/** What the filters of a table are made of. */
export interface Words {
  /** A comparison; `{m}` in the operand is the mark of the family, a key in braces the id of that resident. */
  is(path: string, operator: Operator, operand: string | boolean): Predicate;
  /** The presence of a value. */
  has(path: string): Predicate;
  /** A value path; the filter in brackets names sub-attributes alone. */
  one(parent: string, filter: (words: Words) => Predicate): Predicate;
}

/** A filter that stands in a table. */
export interface Written extends Case {
  /** Attributes that the target has to offer. */
  readonly needs: readonly string[];
  readonly filter: (words: Words) => Predicate;
  /** The same in other words. */
  readonly spelt?: (text: string) => string;
}

/** Runs the filters of a table on the family, each a case. */
export const written = (
  table: readonly Written[],
): Pick<Probe<Written>, 'applies' | 'run'> & { readonly cases: (facts: Facts) => Written[] } => ({
  applies: [serves('User'), supports('filter')],
  cases: facts => table.filter(({ needs }) => needs.every(path => traitOf(facts, 'User', path) !== undefined)),
  async run(context, { filter, spelt }) {
    const predicate = filter(wordsFor(context.facts, await familyOf(context)));
    await (spelt ? findsSpelt(context, predicate, spelt(predicate.text)) : finds(context, predicate));
  },
});

/** A target may decline a filter, but not for the spelling of one that it takes. */
async function findsSpelt(context: Context, predicate: Predicate, text: string): Promise<void> {
  try {
    await finds(context, predicate, { text });
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
    // Whatever is wrong with the ordinary spelling is a finding of other checks.
    const taken = await finds(context, predicate).then(
      () => true,
      () => false,
    );
    if (!taken) throw error;
    throw new Violation(`${text} to be understood as ${predicate.text} is`, error.message);
  }
}

/** The operand of this run. */
export const filledIn = <T extends string | boolean>(operand: T, { mark, domain, residents }: Family): T | string =>
  typeof operand === 'string'
    ? atHome(operand, domain).replace(/\{(\w+)\}/g, (_, key: string) =>
        key === 'm' ? mark : (residents.find(resident => resident.key === key)?.id ?? ''),
      )
    : operand;

/** The words of a run. `parent` is the attribute in front of the bracket they stand in. */
export function wordsFor(facts: Facts, family: Family, parent?: string): Words {
  const trait = (name: string): Trait => {
    const known = traitOf(facts, 'User', parent === undefined ? name : `${parent}.${name}`);
    if (known) return { ...known, path: name };
    throw new Error(`a case uses ${name} without needing it`);
  };
  return {
    is: (path, operator, operand) => compare(trait(path), operator, filledIn(operand, family)),
    has: path => present(trait(path)),
    one: (path, filter) => element(path, filter(wordsFor(facts, family, path))),
  };
}

/** The family and the words of the run of a probe that writes its filter itself. */
export async function familyAndWords(context: Context): Promise<{ family: Family; words: Words }> {
  const family = await familyOf(context);
  return { family, words: wordsFor(context.facts, family) };
}
