import { declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { GROUP, RESOURCE_TYPE, USER } from '../../scim/message/urn.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Check, Probe } from '../run/check.ts';
import { declaredTypes } from '../run/declared.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, same, show } from '../run/expect.ts';
import { endpointOf, serves, type CoreType, type Facts } from '../run/facts.ts';
import { lastSegment } from '../run/given.ts';
import { entriesIn, objectsIn, readDiscovery, textOf } from '../run/published.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

const coreTypes: readonly CoreType[] = ['User', 'Group'];

/** Refusals of a whole list that a provider may give although the endpoint is there. */
const NARROWER = new Set([400, 403, 501]);

/** Endpoints of discovery, which some providers list as types too. */
const DISCOVERY = /^\/?(?:ServiceProviderConfig|ResourceTypes|Schemas)$/i;

/** A resource type below the base URL: text shows `Users`, figures `/Users`, and some give the whole URL. */
const pathOf = (type: JsonObject): string => `/${/([^/]+)\/*$/.exec(textOf(type['endpoint']))?.[1] ?? ''}`;

/** The same as it is published, where it is a path: one that begins with that of the base leads nowhere. */
const belowBase = (type: JsonObject): string => {
  const endpoint = textOf(type['endpoint']);
  return /^https?:/i.test(endpoint) ? pathOf(type) : `/${endpoint.replace(/^\/+|\/+$/g, '')}`;
};

const nameOf = (type: JsonObject): string => textOf(type['name']) || textOf(type['id']);

/** One case for each resource type that the target lists. */
const eachType = ({ resourceTypes = [] }: Facts) =>
  [...new Set(resourceTypes.map(nameOf))].filter(name => name !== '').map(name => ({ name }));

async function listed(context: Context, name: string): Promise<{ type: JsonObject; answer: HttpResponse }> {
  const { answer, entries } = await readDiscovery(context, '/ResourceTypes');
  const type = entries.find(entry => nameOf(entry) === name);
  if (!type) throw new Blocked('type.parameters-ignored', `the type ${name} is not listed any more`);
  return { type, answer };
}

/** A check of each listed resource type; throws Violation for a fault. */
const ofTypes = (
  heading: Pick<Probe, 'id' | 'title' | 'clause' | 'also' | 'exclusive'>,
  judge: (type: JsonObject, answer: HttpResponse, context: Context) => void | Promise<void>,
): Check => ({
  ...heading,
  applies: [],
  cases: eachType,
  async run(context, { name }) {
    const { type, answer } = await listed(context, name);
    await judge(type, answer, context);
  },
});

const extensionsOf = (type: JsonObject): readonly JsonObject[] => {
  const extensions = objectsIn(type['schemaExtensions']);
  if (extensions.length === 0) throw new NotApplicable('the type has no extension');
  return extensions;
};

async function readSchema({ scim }: Context, urn: string): Promise<void> {
  const answer = await scim.list(`/Schemas/${urn}`);
  expect.status(answer, 200);
  const { id } = expect.object(answer);
  expect.that(textOf(id).toLowerCase() === urn.toLowerCase(), `the schema with id ${show(urn)}`, show(id), answer);
}

/** Resource types, each against its definition and against what is at its endpoint (RFC 7643 section 6). */
export const resourceTypes: readonly Check[] = [
  {
    id: 'type.unique-name',
    title: 'No two resource types have the same name or endpoint',
    clause: 'RFC7643-6-04',
    applies: [],
    async run(context) {
      const { answer, entries } = await readDiscovery(context, '/ResourceTypes');
      for (const values of [entries.map(nameOf), entries.map(pathOf)].map(all => all.map(one => one.toLowerCase()))) {
        const twice = values.filter((value, at) => values.indexOf(value) !== at);
        if (twice.length === 0) continue;
        throw new Violation('each name and endpoint once', show(twice), answer, 'warning');
      }
    },
  },
  {
    id: 'type.total',
    title: 'The list of resource types holds as many as it says',
    clause: 'RFC7644-4-06',
    applies: [],
    async run(context) {
      const { answer, entries } = await readDiscovery(context, '/ResourceTypes');
      const { totalResults = entries.length } = isObject(answer.json) ? answer.json : {};
      expect.equal(totalResults, entries.length, 'totalResults', answer);
    },
  },
  ofTypes(
    { id: 'type.single', title: 'A resource type can be read alone', clause: 'RFC7644-4-05' },
    async (type, _listed, { scim }) => {
      const answer = await scim.list(`/ResourceTypes/${encodeURIComponent(textOf(type['id']) || nameOf(type))}`);
      expect.status(answer, 200);
      expect.schema(expect.object(answer), RESOURCE_TYPE, answer);
    },
  ),
  ofTypes(
    {
      id: 'type.single-as-listed',
      title: 'A resource type read alone says what it says in the list',
      clause: 'RFC7644-4-05',
    },
    async (type, _listed, { scim }) => {
      const answer = await scim.list(`/ResourceTypes/${encodeURIComponent(textOf(type['id']) || nameOf(type))}`);
      if (answer.status !== 200) throw new Blocked('type.single', describeAnswer(answer));
      const alone = expect.object(answer);
      for (const member of ['id', 'name', 'endpoint', 'schema', 'description']) {
        expect.equal(alone[member] ?? null, type[member] ?? null, member, answer);
      }
      const [one, other] = [alone, type].map(each => objectsIn(each['schemaExtensions']));
      const equal = one?.length === other?.length && one?.every(each => other?.some(every => same(each, every)));
      expect.that(equal === true, 'the extensions of the list', show(alone['schemaExtensions']), answer);
    },
  ),
  {
    id: 'type.unknown',
    title: 'A resource type that does not exist is answered with 404',
    clause: 'RFC7644-3.12-30',
    applies: [],
    async run({ scim, given, facts }) {
      if (!facts.resourceTypes) throw new Blocked('discovery.resource-types', 'no resource type could be read');
      expect.status(await scim.list(`/ResourceTypes/${given.unique('nothing')}`), 404);
    },
  },
  ofTypes(
    { id: 'type.id', title: 'The id of a resource type, where it has one, is a text', clause: 'RFC7643-6-03' },
    ({ id }, answer) => {
      const right = id === undefined || id === null || (typeof id === 'string' && id !== '');
      expect.that(right, 'id as a text', show(id), answer);
    },
  ),
  ofTypes({ id: 'type.name', title: 'A resource type has a name', clause: 'RFC7643-6-04' }, ({ name }, answer) =>
    expect.that(typeof name === 'string' && name !== '', 'name as a text', show(name), answer),
  ),
  {
    id: 'type.of-resources',
    title: 'meta.resourceType of a resource is the name of its resource type',
    clause: 'RFC7643-6-04',
    also: ['RFC7643-3.1-18'],
    applies: [],
    cases: facts => coreTypes.filter(type => serves(type).unmet(facts) === undefined).map(name => ({ name })),
    async run(context, { name }) {
      const core: CoreType = name === 'Group' ? 'Group' : 'User';
      const made = await (core === 'Group' ? context.given.group() : context.given.user());
      const { meta } = await context.stored(endpointOf[core], made.id);
      const type = context.facts.resourceTypes?.find(entry => pathOf(entry) === endpointOf[core]);
      const right = type ? nameOf(type) : core;
      expect.equal(isObject(meta) ? meta['resourceType'] : undefined, right, 'meta.resourceType');
    },
  },
  ofTypes(
    { id: 'type.description', title: 'A resource type is described for people', clause: 'RFC7643-6-05' },
    ({ description }, answer) =>
      expect.that(typeof description === 'string', 'description as a text', show(description), answer),
  ),
  ofTypes(
    {
      id: 'type.endpoint-relative',
      title: 'The endpoint of a resource type is a path below the base URL',
      clause: 'RFC7643-6-06',
    },
    ({ endpoint }, answer) =>
      expect.that(/^\/?[^/:?#\s][^:?#\s]*$/.test(textOf(endpoint)), 'a relative path', show(endpoint), answer),
  ),
  ofTypes(
    {
      id: 'type.endpoint',
      title: 'The endpoint of a resource type is served',
      clause: 'RFC7643-6-06',
      also: ['RFC7643-3.2-01'],
      exclusive: true,
    },
    async (type, _listed, { scim }) => {
      if (pathOf(type) === '/') throw new Blocked('discovery.resource-type-members', 'the type has no endpoint');
      const path = belowBase(type);
      const answer = await scim.list(path, DISCOVERY.test(path) ? {} : { count: 1 });
      if (NARROWER.has(answer.status ?? 0)) throw new NotApplicable(`the list is refused: ${describeAnswer(answer)}`);
      expect.status(answer, 200);
      expect.object(answer);
    },
  ),
  ofTypes(
    {
      id: 'type.entries',
      title: 'Resources at the endpoint of a type have its schema',
      clause: 'RFC7643-6-07',
      exclusive: true,
    },
    async (type, _listed, { scim, given, facts }) => {
      if (pathOf(type) === endpointOf.User) await given.user();
      else if (pathOf(type) === endpointOf.Group) await given.group();
      else {
        const declared = declaredTypes(facts).find(({ endpoint }) => endpoint === pathOf(type));
        // Whether one can be made is judged elsewhere; here any will do.
        if (declared && !DISCOVERY.test(pathOf(type))) await scim.create(declared.endpoint, given.draft(declared));
      }
      const answer = await scim.list(pathOf(type), { count: 5 });
      const entries = answer.status === 200 ? entriesIn(answer) : [];
      if (entries.length === 0 || DISCOVERY.test(pathOf(type))) throw new NotApplicable('there is no resource to see');
      const strange = entries.filter(entry => 'schemas' in entry && !declares(entry, textOf(type['schema'])));
      const right = `schemas with ${show(type['schema'])}`;
      expect.that(strange.length === 0, right, show(strange[0]?.['schemas']), answer);
    },
  ),
  ofTypes(
    { id: 'type.schema', title: 'The schema of a resource type can be read', clause: 'RFC7643-6-07' },
    async (type, _listed, context) => readSchema(context, textOf(type['schema'])),
  ),
  ofTypes(
    {
      id: 'type.core-schema',
      title: 'Users and groups are of the schemas of SCIM 2.0',
      clause: 'RFC7643-10.4-01',
      also: ['RFC7643-4.1-01', 'RFC7643-4.2-01'],
    },
    (type, answer) => {
      const right = new Map([
        ['/users', USER],
        ['/groups', GROUP],
      ]).get(pathOf(type).toLowerCase());
      if (right === undefined) throw new NotApplicable('the type is of the provider’s own');
      const { schema } = type;
      if (schema === right) return;
      const slight = textOf(schema).toLowerCase() === right.toLowerCase();
      throw new Violation(`schema ${show(right)}`, show(schema), answer, slight ? 'warning' : 'failure');
    },
  ),
  ofTypes(
    { id: 'type.extension-list', title: 'Extensions of a resource type are a list', clause: 'RFC7643-6-08' },
    ({ schemaExtensions }, answer) => {
      const absent = schemaExtensions === undefined || schemaExtensions === null;
      const right = absent || (Array.isArray(schemaExtensions) && schemaExtensions.every(isObject));
      expect.that(right, 'schemaExtensions as a list of objects', show(schemaExtensions), answer);
    },
  ),
  ofTypes(
    { id: 'type.extension', title: 'The extensions of a resource type can be read', clause: 'RFC7643-6-09' },
    async (type, _listed, context) => {
      for (const { schema } of extensionsOf(type)) await readSchema(context, textOf(schema));
    },
  ),
  ofTypes(
    {
      id: 'type.extension-required',
      title: 'A resource type says as a boolean whether an extension is required',
      clause: 'RFC7643-6-10',
    },
    (type, answer) => {
      const wrong = extensionsOf(type).find(({ required }) => typeof required !== 'boolean');
      expect.that(wrong === undefined, 'required as a boolean', show(wrong), answer);
    },
  ),
  {
    id: 'type.required-extension',
    title: 'Every user has the extensions that are required',
    clause: 'RFC7643-6-11',
    also: ['RFC7643-6-12'],
    applies: [serves('User')],
    async run(context) {
      const type = context.facts.resourceTypes?.find(entry => pathOf(entry) === endpointOf.User);
      const { id } = await context.given.user();
      const user = await context.stored(endpointOf.User, id);
      const demanded = objectsIn(type?.['schemaExtensions']).filter(({ required }) => required === true);
      const missing = demanded.map(({ schema }) => textOf(schema)).filter(urn => !declares(user, urn));
      expect.that(missing.length === 0, `schemas with ${missing.join(' and ')}`, show(user['schemas']));
    },
  },
  ofTypes(
    {
      id: 'type.meta',
      title: 'meta of a resource type names its own resource type and its URI',
      clause: 'RFC7643-8.6-01',
    },
    async (type, answer, { scim }) => {
      if (!isObject(type['meta'])) throw new NotApplicable('there is no meta');
      const { resourceType = 'ResourceType', location } = type['meta'];
      expect.equal(resourceType, 'ResourceType', 'meta.resourceType', answer);
      const last = lastSegment(textOf(location));
      if (last === undefined) return;
      const there = await scim.list(`/ResourceTypes/${encodeURIComponent(last)}`);
      const right = there.status === 200 && isObject(there.json) && there.json['name'] === type['name'];
      expect.that(right, `the type at ${show(location)}`, describeAnswer(there), there);
    },
  ),
];
