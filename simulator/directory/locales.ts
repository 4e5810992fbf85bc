import { Faker } from '@faker-js/faker';
import { faker as deFaker } from '@faker-js/faker/locale/de';
import { faker as enFaker } from '@faker-js/faker/locale/en';
import { faker as enGBFaker } from '@faker-js/faker/locale/en_GB';
import { faker as esFaker } from '@faker-js/faker/locale/es';
import { faker as frFaker } from '@faker-js/faker/locale/fr';
import { faker as jaFaker } from '@faker-js/faker/locale/ja';
import { faker as plFaker } from '@faker-js/faker/locale/pl';
import { faker as svFaker } from '@faker-js/faker/locale/sv';
import { faker as trFaker } from '@faker-js/faker/locale/tr';
import { faker as ukFaker } from '@faker-js/faker/locale/uk';
import { faker as viFaker } from '@faker-js/faker/locale/vi';
import { asciiName, GERMAN, UKRAINIAN } from './ascii.ts';
import { familyNames, givenNames } from './japanese.ts';
import type { Address } from './model.ts';
import { createRandomizer } from './randomizer.ts';

/** A person's name in their own script, and as an address writes it. */
export interface Name {
  readonly given: string;
  readonly family: string;
  readonly asciiGiven: string;
  readonly asciiFamily: string;
}

/** A place where people of the organisation live and work. */
export interface Locale {
  /** As faker names it. */
  readonly code: string;
  readonly faker: Faker;
  readonly name: (sex: 'female' | 'male') => Name;
  readonly office: Address;
  /** Telephone numbers, each `#` a digit: ranges that regulators keep for fiction where they keep one. */
  readonly phone: string;
  /** Whether the family name comes first when both are written together. */
  readonly familyFirst?: boolean;
}

/** All fakers here draw from it: seeded for a person, it decides everything about them. */
export const randomizer = createRandomizer();

const own = ({ rawDefinitions }: Faker): Faker => new Faker({ locale: rawDefinitions, randomizer });
const de = own(deFaker);
const en = own(enFaker);
const enGB = own(enGBFaker);
const es = own(esFaker);
const fr = own(frFaker);
const ja = own(jaFaker);
const pl = own(plFaker);
const sv = own(svFaker);
const tr = own(trFaker);
const uk = own(ukFaker);
const vi = own(viFaker);

/** For choices that no country has a say in. */
export const chance = en;

const named =
  (faker: Faker, letters: Readonly<Record<string, string>> = {}, feminine = (family: string) => family) =>
  (sex: 'female' | 'male'): Name => {
    const given = faker.person.firstName(sex);
    const drawn = faker.person.lastName(sex);
    const family = sex === 'female' ? feminine(drawn) : drawn;
    return { given, family, asciiGiven: asciiName(given, letters), asciiFamily: asciiName(family, letters) };
  };

/** Polish surnames in -ski and the like have a form for women, which the name list lacks. */
const polishFeminine = (family: string): string => family.replace(/([sc]k|dzk)i$/, '$1a');

const japanese = (sex: 'female' | 'male'): Name => {
  const [family, asciiFamily] = ja.helpers.arrayElement(familyNames);
  const [given, asciiGiven] = ja.helpers.arrayElement(givenNames[sex]);
  return { given, family, asciiGiven, asciiFamily };
};

const office = (
  streetAddress: string,
  locality: string,
  region: string,
  postalCode: string,
  country: string,
): Address => ({ type: 'work', streetAddress, locality, region, postalCode, country });

/** Where people come from: scripts with and without marks, and three that are not Latin or use many of them. */
export const locales: readonly Locale[] = [
  {
    code: 'en',
    faker: en,
    name: named(en),
    office: office('1200 Harbor Street', 'Boston', 'Massachusetts', '02110', 'US'),
    phone: '+1 617-555-01##',
  },
  {
    code: 'en_GB',
    faker: enGB,
    name: named(enGB),
    office: office('18 Wharf Road', 'London', 'Greater London', 'N1 7GR', 'GB'),
    phone: '+44 20 7946 0###',
  },
  {
    code: 'de',
    faker: de,
    name: named(de, GERMAN),
    office: office('Spreeufer 41', 'Berlin', 'Berlin', '10178', 'DE'),
    phone: '+49 30 23125 ###',
  },
  {
    code: 'fr',
    faker: fr,
    name: named(fr),
    office: office('12 Quai des Étoiles', 'Lyon', 'Auvergne-Rhône-Alpes', '69002', 'FR'),
    phone: '+33 1 99 00 ## ##',
  },
  {
    code: 'es',
    faker: es,
    name: named(es),
    office: office('Calle de la Brújula, 7', 'Madrid', 'Comunidad de Madrid', '28012', 'ES'),
    phone: '+34 910 000 ###',
  },
  {
    code: 'pl',
    faker: pl,
    name: named(pl, {}, polishFeminine),
    office: office('ul. Gwiezdna 15', 'Kraków', 'małopolskie', '31-147', 'PL'),
    phone: '+48 12 000 0# ##',
  },
  {
    code: 'sv',
    faker: sv,
    name: named(sv),
    office: office('Fyrvägen 3', 'Göteborg', 'Västra Götaland', '411 04', 'SE'),
    phone: '+46 31 390 06 ##',
  },
  {
    code: 'tr',
    faker: tr,
    name: named(tr),
    office: office('Yıldız Sokağı 22', 'İzmir', 'İzmir', '35210', 'TR'),
    phone: '+90 232 000 0# ##',
  },
  {
    code: 'vi',
    faker: vi,
    name: named(vi),
    office: office('25 Đường Sao Mai', 'Đà Nẵng', 'Đà Nẵng', '550000', 'VN'),
    phone: '+84 236 000 0###',
    familyFirst: true,
  },
  {
    code: 'uk',
    faker: uk,
    name: named(uk, UKRAINIAN),
    office: office('вул. Обсерваторна, 9', 'Львів', 'Львівська область', '79005', 'UA'),
    phone: '+380 32 000 ## ##',
  },
  {
    code: 'ja',
    faker: ja,
    name: japanese,
    office: office('星見町2丁目3番4号', '横浜市', '神奈川県', '231-0001', 'JP'),
    phone: '+81 45 000 0###',
    familyFirst: true,
  },
];
