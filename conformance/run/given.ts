import type { ScimClient } from '../../scim/client.ts';
import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Made } from './context.ts';
import { describeAnswer } from './expect.ts';
import { endpointOf, type CoreType, type Facts } from './facts.ts';
import { hash } from './random.ts';
import { Blocked } from './violation.ts';

/** Values and resources a probe starts from. Names are unique in the run and carry its mark. */
export interface Given {
  /** A name that nothing else on the target has: lower-case letters, digits and hyphens. */
  unique(label: string): string;
  /** A password that no output shows. */
  password(): string;
  /** A user body that a POST can carry; overrides replace members of the top level, null takes one away. */
  userDraft(overrides?: JsonObject): JsonObject;
  groupDraft(overrides?: JsonObject): JsonObject;
  /** A created user. @throws Blocked naming the check that reports why the target made none. */
  user(overrides?: JsonObject): Promise<Made>;
  /** A created group. @throws Blocked as above. */
  group(overrides?: JsonObject): Promise<Made>;
  /** An id of the kind the target gives, of which it has no resource. */
  unknownId(): string;
}

/** Addresses live below a top-level domain that RFC 2606 sets aside, so no mail ever leaves for one. */
const DOMAIN = 'scimulator.example';

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

/** The check that reports why a target makes no resource of the type. */
const reportedBy = { User: 'create.status', Group: 'create.group' } as const satisfies Record<CoreType, string>;

export interface GivenOptions {
  readonly scim: ScimClient;
  readonly run: string;
  /** Name of the check and case this is for. */
  readonly scope: string;
  readonly random: () => number;
  readonly refused: Facts['refused'];
  readonly secret: (value: string) => void;
}

export function createGiven({ scim, run, scope, random, refused, secret }: GivenOptions): Given {
  const slug = slugOf(scope);
  let count = 0;
  const unique = (label: string) => `${label}-${run}-${slug}-${++count}`;

  const userDraft = (overrides: JsonObject = {}): JsonObject => {
    const [givenName, familyName] = people[Math.floor(random() * people.length)] ?? people[0];
    const address = `${unique('user')}@${DOMAIN}`;
    return overlay(
      {
        schemas: [USER],
        userName: address,
        name: { givenName, familyName },
        displayName: `${givenName} ${familyName}`,
        emails: [{ value: address, type: 'work', primary: true }],
        active: true,
      },
      overrides,
    );
  };
  const groupDraft = (overrides: JsonObject = {}): JsonObject =>
    overlay({ schemas: [GROUP], displayName: unique('group') }, overrides);

  const make = async (type: CoreType, sent: JsonObject): Promise<Made> => {
    const known = refused[type];
    if (known !== undefined) throw new Blocked(reportedBy[type], known);
    const response = await scim.create(endpointOf[type], sent);
    const id = createdId(response);
    if (id === undefined) throw new Blocked(reportedBy[type], refusalOf(type, response));
    const name = sent[type === 'User' ? 'userName' : 'displayName'];
    return { id, name: typeof name === 'string' ? name : '', sent, body: isObject(response.json) ? response.json : {} };
  };
  return {
    unique,
    password() {
      const value = `Pw-${Math.floor(random() * 2 ** 32).toString(36)}-${unique('secret')}!`;
      secret(value);
      return value;
    },
    userDraft,
    groupDraft,
    user: async overrides => make('User', userDraft(overrides)),
    group: async overrides => make('Group', groupDraft(overrides)),
    unknownId: () => uuid(random),
  };
}

/** In words, why a POST made nothing. */
export const refusalOf = (type: CoreType, response: HttpResponse): string =>
  `POST ${endpointOf[type]} made nothing usable: ${describeAnswer(response)}`;

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

/** Removes what a run made, newest first. A refusal is left to whoever cleans up from the ledger. */
export async function removeAll(scim: ScimClient, made: readonly { endpoint: string; id: string }[]): Promise<void> {
  for (const { endpoint, id } of [...made].reverse()) {
    const { status } = await scim.remove(endpoint, id);
    if (status === undefined) return;
  }
}

function overlay(draft: JsonObject, overrides: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...draft, ...overrides }).filter(([, value]) => value !== null));
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
