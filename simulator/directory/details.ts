import type { Draws } from './draw.ts';
import { chance, type Locale, type Name } from './locales.ts';
import type { Address, CustomAttribute, Person, PhoneNumber } from './model.ts';
import type { Position } from './positions.ts';
import type { GeneratorProfile } from './profile.ts';
import { LONGEST } from './validate.ts';

/** What the details of somebody follow from. Chance and locale are seeded for this person. */
export interface DetailsContext {
  readonly index: number;
  readonly locale: Locale;
  readonly name: Name;
  readonly position: Position;
  readonly profile: GeneratorProfile;
  readonly draws: Draws;
  readonly now: number;
}

const DAY_MS = 86_400_000;

/** What is optional about a person; nothing but the day of making for a sparse record. Heads are never sparse. */
export function detailsOf(context: DetailsContext): Partial<Person> {
  const { index, locale, name, position, draws, now } = context;
  const { department, place } = position;
  const started = new Date(now - chance.number.int({ min: 20, max: 4400 }) * DAY_MS);
  const created = started.toISOString();
  if (place > 0 && draws.is(index, 'sparse')) return { created };
  const whole = locale.familyFirst ? [name.family, name.given] : [name.given, name.family];
  return {
    created,
    displayname: chance.datatype.boolean(0.6) ? whole.filter(Boolean).join(' ') : '',
    description: draws.is(index, 'longValues') ? chance.lorem.words(300).slice(0, LONGEST) : '',
    costCenter: department.costCenter,
    employeeType: place === 0 ? 'FTE' : employment(),
    jobTitle: titleOf(position),
    location: locale.office.locality ?? '',
    addresses: addressesOf(index, locale),
    phoneNumbers: phonesOf(index, locale),
    attributes: attributesOf(context, started),
  };
}

const employment = (): string =>
  chance.helpers.weightedArrayElement([
    { value: 'FTE', weight: 8 },
    { value: 'Contractor', weight: 1 },
    { value: 'Intern', weight: 1 },
  ]);

function titleOf({ department, place, leads }: Position): string {
  if (place === 0) return department.head;
  return leads ? department.lead : (department.titles[place % department.titles.length] ?? '');
}

function addressesOf(index: number, { faker, office }: Locale): readonly Address[] {
  if (index % 5 > 1) return [office];
  const home: Address = { ...office, type: 'home', streetAddress: faker.location.streetAddress() };
  return index % 5 === 0 ? [home, office] : [home];
}

function phonesOf(index: number, { phone }: Locale): readonly PhoneNumber[] {
  const draw = (type: string): PhoneNumber => ({ type, number: chance.helpers.replaceSymbols(phone) });
  if (index % 4 > 1) return [draw('work')];
  return index % 4 === 0 ? [draw('mobile'), draw('work')] : [draw('mobile')];
}

function attributesOf({ index, profile, draws }: DetailsContext, started: Date): readonly CustomAttribute[] {
  return profile.attributes
    .filter(({ name, share }) => draws.spread(index, `attribute ${name}`) < share)
    .map(attribute => {
      if ('choices' in attribute)
        return { name: attribute.name, value: chance.helpers.arrayElement(attribute.choices) };
      if ('pattern' in attribute) {
        return { name: attribute.name, value: chance.helpers.replaceSymbols(attribute.pattern) };
      }
      return { name: attribute.name, value: started.toISOString().slice(0, 10) };
    });
}
