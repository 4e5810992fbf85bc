import { randomBytes } from 'node:crypto';
import type { ScimClient } from '../../scim/client.ts';
import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Made } from './context.ts';
import { attributeNamed, isWritable, type DeclaredSchema, type DeclaredType } from './declared.ts';
import { describeAnswer } from './expect.ts';
import { endpointOf, type CoreType, type Facts } from './facts.ts';
import { hash } from './random.ts';
import { reporters } from './reporters.ts';
import { minimalOf, type Unique } from './samples.ts';
import { DOMAIN, filled, type Template } from './template.ts';
import { Blocked, NotApplicable } from './violation.ts';

/** Values and resources a probe starts from. Names are unique in the run and carry its mark. */
export interface Given {
  /** Domain of every address and URL that is made up. */
  readonly domain: string;
  /** A name that nothing else on the target has: lower-case letters, digits and hyphens. */
  readonly unique: Unique;
  /** A password that no output shows. */
  password(): string;
  /** A user body that a POST can carry; overrides replace members of the top level, null takes one away. */
  userDraft(overrides?: JsonObject): JsonObject;
  groupDraft(overrides?: JsonObject): JsonObject;
  /** A created user. @throws Blocked naming the check that reports why the target made none. */
  user(overrides?: JsonObject): Promise<Made>;
  /** A created group. @throws Blocked as above. */
  group(overrides?: JsonObject): Promise<Made>;
  /** A body for any resource type that the target lists: what its schemas demand, by type, and overrides as above. */
  draft(type: DeclaredType, overrides?: JsonObject): JsonObject;
  /** A created resource of any type. @throws Blocked as above. */
  resource(type: DeclaredType, overrides?: JsonObject): Promise<Made>;
  /** An id of the kind the target gives, of which it has no resource. */
  unknownId(): string;
  /** Names of the parts that the target publishes of an attribute of users; undefined where it publishes none. */
  parts(attribute: string): readonly string[] | undefined;
}

/**
 * All passwords begin with something that nobody can guess, so that one needle finds them in every output. Its length is a
 * multiple of three: base64 of a password begins with base64 of it.
 */
const PASSWORD_STEM = `Pw-${randomBytes(9).toString('base64url')}`;

/** Longest part of a scope's name that goes into what it creates; local parts of addresses end at 64 characters. */
const LONGEST_SLUG = 28;

const people = [
  ['Ada', 'Lovelace'],
  ['Jun', 'Watanabe'],
  ['Noor', 'Haddad'],
  ['Lucía', 'Ferrer'],
  ['Tomasz', 'Zieliński'],
  ['Amara', 'Okafor'],
] as const;

/** The check that reports why a POST to the endpoint made nothing, or nothing that can be found again. */
export function reporterOf(endpoint: string, { status = 0 }: HttpResponse): string {
  if (endpoint === endpointOf.Group) return reporters.create.Group;
  if (endpoint !== endpointOf.User) return reporters.create.custom;
  return status >= 200 && status < 300 ? reporters.create.unnamed : reporters.create.User;
}

export interface GivenOptions {
  readonly scim: ScimClient;
  readonly run: string;
  /** A reserved one by default. */
  readonly domain?: string;
  /** Name of the check and case this is for. */
  readonly scope: string;
  readonly random: () => number;
  readonly refused: Facts['refused'];
  readonly secret: (value: string) => void;
  /** What the target publishes, so that drafts hold what it demands. */
  readonly types?: readonly DeclaredType[];
  /** Where nothing may be made, those that are there stand in for ordinary resources. */
  readonly residents?: Facts['residents'];
  /** What bodies of a type hold beyond ordinary ones, by the name of the type. */
  readonly templates?: Readonly<Record<string, Template>>;
}

export function createGiven(options: GivenOptions): Given {
  const { scim, run, domain = DOMAIN, scope, random, refused, secret, types = [], templates = {}, residents } = options;
  const slug = slugOf(scope);
  let count = 0;
  const unique = Object.assign((label: string) => `${label}-${run}-${slug}-${++count}`, { domain });
  const password = () => {
    secret(PASSWORD_STEM);
    return `${PASSWORD_STEM}-${unique('secret')}!`;
  };

  const userDraft = (overrides: JsonObject = {}): JsonObject => {
    const [givenName, familyName] = people[Math.floor(random() * people.length)] ?? people[0];
    const address = `${unique('user')}@${domain}`;
    return completed(
      {
        schemas: [USER],
        userName: address,
        name: { givenName, familyName },
        displayName: `${givenName} ${familyName}`,
        emails: [{ value: address, type: 'work', primary: true }],
        active: true,
      },
      overrides,
      'User',
    );
  };
  const demandedBy = (type: DeclaredType, base: JsonObject): JsonObject => {
    const held = type.extensions.filter(({ required }) => required);
    const containers = held.map(({ urn, attributes }) => [urn, demanded(attributes, {}, unique)] as const);
    const schemas = [...(base['schemas'] as readonly string[]), ...held.map(({ urn }) => urn)];
    return { ...base, ...demanded(type.base.attributes, base, unique), ...Object.fromEntries(containers), schemas };
  };
  const shaped = (draft: JsonObject, name: string): JsonObject => {
    const template = templates[name];
    return template ? withTemplate(draft, filled(template, { unique, password, domain })) : draft;
  };
  const completed = (base: JsonObject, overrides: JsonObject, name: CoreType): JsonObject => {
    const type = types.find(one => one.name === name || one.endpoint === endpointOf[name]);
    return overlay(shaped(type ? demandedBy(type, base) : base, name), overrides);
  };
  const groupDraft = (overrides: JsonObject = {}): JsonObject =>
    completed({ schemas: [GROUP], displayName: unique('group') }, overrides, 'Group');
  const draft = (type: DeclaredType, overrides: JsonObject = {}): JsonObject => {
    if (type.base.urn === USER) return userDraft(overrides);
    if (type.base.urn === GROUP) return groupDraft(overrides);
    return overlay(shaped(demandedBy(type, { schemas: [type.base.urn] }), type.name), overrides);
  };

  const met = { User: 0, Group: 0 };
  const resident = (type: CoreType, there: readonly JsonObject[]): Made => {
    const found = there[met[type]++];
    if (found === undefined)
      throw new NotApplicable(`the run only reads, and no further ${type} was found in the list`);
    const { id, meta: _, ...sent } = found;
    const name = found['userName'] ?? found['displayName'];
    return { id: typeof id === 'string' ? id : '', name: typeof name === 'string' ? name : '', sent, body: found };
  };
  const ordinary = async (type: CoreType, overrides?: JsonObject): Promise<Made> => {
    if (residents && overrides === undefined) return resident(type, residents[type]);
    return make(type, type === 'User' ? userDraft(overrides) : groupDraft(overrides));
  };
  const make = async (type: CoreType, sent: JsonObject): Promise<Made> => {
    const known = refused[type];
    if (known !== undefined) throw new Blocked(known.by, known.reason);
    return post(endpointOf[type], sent);
  };
  const post = async (endpoint: string, sent: JsonObject): Promise<Made> => {
    const response = await scim.create(endpoint, sent);
    const id = createdId(response);
    if (id === undefined) {
      const reporter = reporterOf(endpoint, response);
      // What a type of its own asks for, and whether clients may make any, is the provider's to say.
      const isRefused = response.status === 501 || Math.floor((response.status ?? 0) / 100) === 4;
      if (reporter === reporters.create.custom && isRefused) throw new NotApplicable(refusalOf(endpoint, response));
      throw new Blocked(reporter, refusalOf(endpoint, response), response);
    }
    const name = sent['userName'] ?? sent['displayName'];
    return { id, name: typeof name === 'string' ? name : '', sent, body: isObject(response.json) ? response.json : {} };
  };
  return {
    domain,
    unique,
    password,
    userDraft,
    groupDraft,
    user: async overrides => ordinary('User', overrides),
    group: async overrides => ordinary('Group', overrides),
    draft,
    async resource(type, overrides) {
      const sent = draft(type, overrides);
      if (type.endpoint === endpointOf.User) return make('User', sent);
      if (type.endpoint === endpointOf.Group) return make('Group', sent);
      return post(type.endpoint, sent);
    },
    unknownId: () => uuid(random),
    parts(attribute) {
      const user = types.find(one => one.endpoint === endpointOf.User)?.base;
      const found = user?.published ? attributeNamed(user.attributes, attribute)?.subAttributes : undefined;
      return found && found.length > 0 ? found.map(({ name }) => name) : undefined;
    },
  };
}

/** In words, why a POST to the endpoint, or to that of a core type, made nothing. */
export const refusalOf = (type: string, response: HttpResponse): string => {
  const endpoint = type === 'User' || type === 'Group' ? endpointOf[type] : type;
  return `POST ${endpoint} made nothing usable: ${describeAnswer(response)}`;
};

/** Values for what the schema demands and the draft does not hold. */
const demanded = (attributes: DeclaredSchema['attributes'], draft: JsonObject, unique: Given['unique']): JsonObject =>
  Object.fromEntries(
    attributes
      .filter(one => one.required && isWritable(one) && attributeNamed(attributes, one.name) === one)
      .filter(({ name }) => Object.keys(draft).every(there => there.toLowerCase() !== name.toLowerCase()))
      .flatMap(one => {
        const value = minimalOf(one, unique);
        return value === undefined ? [] : [[one.name, value] as const];
      }),
  );

/** The id of what a POST created: from the body, else from Location (a 201 may come without a body). */
export function createdId({ status, json, headers }: HttpResponse): string | undefined {
  if (status === undefined || status < 200 || status > 299) return undefined;
  const id = isObject(json) ? json['id'] : undefined;
  if (typeof id === 'string' && id !== '') return id;
  return lastSegment(headers['location']);
}

/** The last path segment of a URL, decoded; undefined when there is none. */
export function lastSegment(url: string | undefined): string | undefined {
  const segment = /\/([^/?#]+)\/?(?:[?#].*)?$/.exec(url ?? '')?.[1];
  if (segment === undefined) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Resources of one kind that are removed at the same time. */
const REMOVED_AT_ONCE = 8;

/** Removes what a run made, newest first, groups before who was in them. Refusals are left to the clean-up by the ledger. */
export async function removeAll(scim: ScimClient, made: readonly { endpoint: string; id: string }[]): Promise<void> {
  const waiting = [...made].reverse();
  while (waiting.length > 0) {
    const end = waiting.findIndex(({ endpoint }) => endpoint !== waiting[0]?.endpoint);
    const some = waiting.splice(0, Math.min(end === -1 ? waiting.length : end, REMOVED_AT_ONCE));
    const answers = await Promise.all(some.map(async ({ endpoint, id }) => scim.remove(endpoint, id)));
    if (answers.some(({ status }) => status === undefined)) return;
  }
}

function overlay(draft: JsonObject, overrides: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...draft, ...overrides }).filter(([, value]) => value !== null));
}

/** The draft in the shape of a template; `schemas` names the extensions that are in it then. */
export function withTemplate(draft: JsonObject, template: JsonObject): JsonObject {
  const whole = overlay(draft, template);
  const { schemas } = whole;
  const named = (Array.isArray(schemas) ? schemas : []).filter(
    (urn: Json) => typeof urn !== 'string' || template[urn] !== null,
  );
  const extensions = Object.keys(template).filter(name => name.startsWith('urn:') && template[name] !== null);
  return { ...whole, schemas: [...new Set<Json>([...named, ...extensions])] };
}

function slugOf(scope: string): string {
  const slug = scope.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  if (slug.length <= LONGEST_SLUG) return slug;
  return `${slug.slice(0, LONGEST_SLUG - 8)}-${hash(scope).toString(36)}`;
}

function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
