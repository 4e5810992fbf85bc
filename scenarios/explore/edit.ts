import type { Details } from '../step.ts';
import type { Facts, Field, PersonFacts, Value } from './facts.ts';

/** Changes fields of somebody. */
export function edit(facts: Facts, person: PersonFacts, details: Details): void {
  const { email, state, passwordExpired, ...texts } = details;
  if (email !== undefined) give(facts, person, email);
  if (state !== undefined) person.state = state;
  if (passwordExpired !== undefined) person.expired = passwordExpired;
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text === 'string') person.fields.set(name as Field, newValue(facts, text));
  }
}

/** Gives somebody an address; one that was there before is the same value. */
export function give(facts: Facts, person: PersonFacts, local: string): void {
  const value = facts.addresses.get(local) ?? newValue(facts, undefined);
  facts.addresses.set(local, value);
  person.local = local;
  person.had.add(local);
  person.fields.set('email', value);
}

const newValue = (facts: Facts, text: string | undefined): Value => ({ key: `edit ${(facts.edits += 1)}`, text });
