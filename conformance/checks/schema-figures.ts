import {
  ENTERPRISE_USER,
  GROUP,
  RESOURCE_TYPE,
  SCHEMA,
  SERVICE_PROVIDER_CONFIG,
  USER,
} from '../../scim/message/urn.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { isRequirement, requirements, type RequirementId } from '../clauses/index.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect, show } from '../run/expect.ts';
import { attributesOf, characteristic, publishesSchemas, schemaNamed, type Published } from '../run/published.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

/** One attribute of a figure, as its row of the catalogue puts it. */
interface Figure extends Case {
  readonly clause: RequirementId;
  /** The schema as the row names it: `User`, `EnterpriseUser`. */
  readonly schema: string;
  /** What the figure prints; texts of lists are parted by bars. */
  readonly printed: ReadonlyMap<string, string>;
}

/** The words of a row: `User sub-attribute name.formatted: type=string, multiValued=false.` */
const ROW = /^(\w+) (?:sub-)?attribute (\S+): (.+)\.$/;

function figureOf(clause: RequirementId): Figure[] {
  const [, schema = '', name = '', text = ''] = ROW.exec(requirements[clause].requirement) ?? [];
  if (schema === '') return [];
  const printed = text.split(', ').map(pair => pair.split('=') as [string, string]);
  return [{ clause, schema, name, printed: new Map(printed) }];
}

const figures = Object.keys(requirements)
  .filter((id): id is RequirementId => isRequirement(id as RequirementId) && id.startsWith('RFC7643-8.7.'))
  .flatMap(figureOf);

/** Characteristics on which the RFC, its figures and its errata contradict each other, and what may stand there beside the print. */
const open: readonly (readonly [schema: RegExp, attribute: RegExp, name: string, also: string])[] = [
  // Erratum 5368 and section 4.2 make the name of a group required.
  [/^Group$/, /^displayName$/, 'required', 'true'],
  // Section 2.3.7 and errata 6000, 6001 and 8472: references, binaries and ids are exact.
  [/./, /(?:^|\.)(?:\$ref|profileUrl|specUri|documentationUri|endpoint|id)$/, 'caseExact', 'true'],
  [/./, /^(?:photos|x509Certificates|manager|groups|members)\.value$/, 'caseExact', 'true'],
  // Section 2.4 calls it immutable.
  [/./, /\.display$/, 'mutability', 'immutable'],
  // Erratum 8471: a user is in groups only.
  [/^User$/, /^groups\.\$ref$/, 'referenceTypes', 'Group'],
  // Sections 3.1 and 7.
  [/^(?:ResourceType|Schema)$/, /^id$/, 'returned', 'always'],
  [/^Schema$/, /^name$/, 'required', 'false'],
  // Erratum 8475.
  [/^ResourceType$/, /^(?:name|endpoint)$/, 'uniqueness', 'server'],
  // Section 6 has an optional list.
  [/^ResourceType$/, /^schemaExtensions$/, 'multiValued', 'true'],
  [/^ResourceType$/, /^schemaExtensions$/, 'required', 'false'],
  // Section 2.1 makes names caseless.
  [/^Schema$/, /(?:^|\.)name$/, 'caseExact', 'false'],
  // Erratum 5606: binary is missing in the print.
  [/^Schema$/, /\.type$/, 'canonicalValues', 'string|complex|boolean|decimal|integer|dateTime|reference|binary'],
  // Section 7 reads as if these were required.
  [/^Schema$/, /\.(?:description|required|caseExact|mutability|returned|uniqueness)$/, 'required', 'true'],
  // Erratum 5607.
  [/^Schema$/, /\.referenceTypes$/, 'multiValued', 'true'],
  // Section 4.1.2 names it too.
  [/^User$/, /^ims\.type$/, 'canonicalValues', 'aim|gtalk|icq|xmpp|msn|skype|qq|yahoo|other'],
];

/** A printed or published value in one form: the members of a list in no order. */
const plain = (text: string): string => text.split('|').sort().join('|');

const written = (value: Json | undefined): string =>
  Array.isArray(value)
    ? value.map((entry: Json) => written(entry)).join('|')
    : typeof value === 'string'
      ? value
      : show(value);

/** Where a published attribute is not as its figure has it. Uniqueness and case mean nothing for complex attributes (erratum 6004). */
function differences({ schema, name, printed }: Figure, attribute: Published): string[] {
  const complex = attribute.definition['type'] === 'complex';
  return [...printed].flatMap(([characterName, right]) => {
    if (complex && ['uniqueness', 'caseExact'].includes(characterName)) return [];
    const came = plain(written(characteristic(attribute, characterName)));
    const accepted = open.filter(
      ([type, path, which]) => type.test(schema) && path.test(name) && which === characterName,
    );
    const rights = [right, ...accepted.map(([, , , also]) => also)].map(plain);
    return rights.includes(came) ? [] : [`${characterName} ${show(attribute.definition[characterName])} for ${right}`];
  });
}

/** The schema as it is now: read alone, or as the list showed it where it cannot be. */
async function published({ scim, facts }: Context, urn: string): Promise<JsonObject> {
  const listed = schemaNamed(facts, urn);
  if (!listed) throw new NotApplicable(`${urn} is not offered`);
  const { status, json } = await scim.list(`/Schemas/${urn}`);
  return status === 200 && isObject(json) ? json : listed;
}

const compared = (id: string, schema: string, urn: string, section: string, clause: RequirementId): Check => {
  const cases = figures.filter(figure => figure.schema === schema);
  return {
    id,
    title: `The published schema of ${schema} is as figure ${section} has it`,
    clause,
    also: cases.map(figure => figure.clause).filter(each => each !== clause),
    applies: [publishesSchemas],
    cases: () => cases,
    async run(context, { name }) {
      const figure = cases.find(each => each.name === name);
      if (!figure) throw new Blocked('discovery.schemas', `no figure shows ${name}`);
      const attributes = attributesOf(await published(context, urn));
      const attribute = attributes.find(({ path }) => path.toLowerCase() === name.toLowerCase());
      if (!attribute) throw new NotApplicable(`${name} is not offered`);
      const found = differences(figure, attribute);
      const right = [...figure.printed].map(pair => pair.join('=')).join(', ');
      expect.that(found.length === 0, `${name}: ${right}`, found.join(', '));
    },
  };
};

/** Published schemas against the figures of RFC 7643 section 8.7, row by row of the catalogue; figures are examples or have holes, so differences are records rather than faults. */
export const schemaFigures: readonly Check[] = [
  compared('schema.figure.user', 'User', USER, '8.7.1', 'RFC7643-8.7.1-02'),
  compared('schema.figure.group', 'Group', GROUP, '8.7.1', 'RFC7643-8.7.1-68'),
  compared('schema.figure.enterprise-user', 'EnterpriseUser', ENTERPRISE_USER, '8.7.1', 'RFC7643-8.7.1-73'),
  compared(
    'schema.figure.service-provider-config',
    'ServiceProviderConfig',
    SERVICE_PROVIDER_CONFIG,
    '8.7.2',
    'RFC7643-8.7.2-02',
  ),
  compared('schema.figure.resource-type', 'ResourceType', RESOURCE_TYPE, '8.7.2', 'RFC7643-8.7.2-21'),
  compared('schema.figure.schema', 'Schema', SCHEMA, '8.7.2', 'RFC7643-8.7.2-29'),
];
