import type { Json } from '../../scim/wire/message.ts';
import type { RequirementId } from '../clauses/index.ts';
import type { Check } from '../run/check.ts';
import { expect, same, show } from '../run/expect.ts';
import { attributesOf, characteristic, publishesSchemas, readDiscovery, textOf } from '../run/published.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

/** Characteristics that the text of the RFC itself fixes, whatever else a provider publishes. */
const fixed: readonly (readonly [schema: string, path: string, name: string, right: Json, clause: RequirementId])[] = [
  ['User', 'userName', 'required', true, 'RFC7643-4.1.1-01'],
  ['User', 'userName', 'uniqueness', 'server', 'RFC7643-4.1.1-02'],
  ['User', 'userName', 'caseExact', false, 'RFC7643-4.1.1-03'],
  ['User', 'password', 'returned', 'never', 'RFC7643-4.1.1-16'],
  ['User', 'password', 'mutability', 'writeOnly', 'RFC7643-4.1.1-16'],
  ['User', 'active', 'type', 'boolean', 'RFC7643-4.1.1-15'],
  ['User', 'groups', 'mutability', 'readOnly', 'RFC7643-4.1.2-19'],
  ['Group', 'members.value', 'mutability', 'immutable', 'RFC7643-4.2-04'],
  ['EnterpriseUser', 'manager.displayName', 'mutability', 'readOnly', 'RFC7643-4.3-09'],
  ['User', 'emails', 'multiValued', true, 'RFC7643-2.3-02'],
  ['User', 'name', 'type', 'complex', 'RFC7643-2.3-02'],
  ['Group', 'members', 'multiValued', true, 'RFC7643-2.3-02'],
];

/** A value that is stricter than what is demanded. */
const stricter: Readonly<Record<string, readonly Json[]>> = { uniqueness: ['global'] };

const urnOf: Readonly<Record<string, RegExp>> = {
  User: /:core:2\.0:user$/i,
  Group: /:core:2\.0:group$/i,
  EnterpriseUser: /:extension:enterprise:2\.0:user$/i,
};

/** Published characteristics against the prose of RFC 7643 section 4, which is no example. */
export const schemaFixed: readonly Check[] = [
  {
    id: 'schema.fixed',
    title: 'Published characteristics are as the text of the RFC fixes them',
    clause: 'RFC7643-4.1.1-02',
    also: [...new Set(fixed.map(([, , , , clause]) => clause))].filter(clause => clause !== 'RFC7643-4.1.1-02'),
    applies: [publishesSchemas],
    cases: () => fixed.map(([schema, path, name, , clause]) => ({ name: `${schema} ${path} ${name}`, clause })),
    async run(context, { name }) {
      const { answer, entries } = await readDiscovery(context, '/Schemas');
      const said = fixed.find(([holder, place, what]) => name === `${holder} ${place} ${what}`);
      if (!said) throw new Blocked('discovery.schemas', `nothing is fixed about ${name}`);
      const [schema, path, which, right] = said;
      const found = entries
        .filter(({ id }) => urnOf[schema]?.test(textOf(id)))
        .flatMap(attributesOf)
        .find(attribute => attribute.path.toLowerCase() === path.toLowerCase());
      if (!found) throw new NotApplicable(`${path} is not offered`);
      const came = characteristic(found, which);
      const good = [right, ...(stricter[which] ?? [])].some(each => same(each, came));
      expect.that(good, `${path} with ${which} ${show(right)}`, show(found.definition[which]), answer);
    },
  },
];
