import type { PatchOperation } from '../../scim/message/patch.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { Case, Probe } from './check.ts';
import type { Context } from './context.ts';
import { attributeNamed, publishedAttributes } from './declared.ts';
import { describeAnswer, show } from './expect.ts';
import { excuse } from './excuse.ts';
import { endpointOf, keeps, serves, supports, type Condition, type CoreType, type Facts } from './facts.ts';
import type { Given } from './given.ts';
import { createdId } from './given.ts';
import { patch, patched } from './steps.ts';
import { differenceOf, fits } from './state.ts';
import { NotApplicable, Violation } from './violation.ts';

/** A resource of ours whose state before a write is known. */
export interface Subject {
  readonly type: CoreType;
  readonly endpoint: string;
  readonly id: string;
  /** What was sent to make it. */
  readonly sent: JsonObject;
  /** As a read showed it. */
  readonly before: JsonObject;
  /** Attributes that do not come back as they were sent: the provider has a way of its own with them. */
  readonly astray: ReadonlySet<string>;
}

/** What a PATCH starts from, does, and leaves: the rest of the resource has to stay. */
export interface Plan {
  /** Members that the user is made with; null takes one away. */
  readonly start?: JsonObject;
  readonly operations: readonly PatchOperation[];
  /** Whole values of the attributes that differ afterwards; null for one that has none. */
  readonly gives: JsonObject;
}

type Declared = Pick<Probe, 'id' | 'title' | 'clause'> & { readonly also?: NonNullable<Probe['also']> };

/** The definitions of a core type at /Schemas; undefined where none are published. */
function definitionsOf({ schemas }: Facts, type: CoreType): readonly JsonObject[] | undefined {
  const urn = type === 'User' ? USER : GROUP;
  const schema = schemas?.find(({ id }) => typeof id === 'string' && id.toLowerCase() === urn.toLowerCase());
  const attributes = schema?.['attributes'];
  return Array.isArray(attributes) ? attributes.filter(isObject) : undefined;
}

const definitionOf = (facts: Facts, attribute: string, type: CoreType = 'User') =>
  definitionsOf(facts, type)?.find(
    ({ name }) => typeof name === 'string' && name.toLowerCase() === attribute.toLowerCase(),
  );

/** /Schemas lists the attribute of a user as one that clients may write; where nothing is published, RFC 7643 has it. */
export const writes = (attribute: string): Condition => ({
  name: `writes ${attribute}`,
  unmet(facts) {
    if (attribute === 'externalId' || definitionsOf(facts, 'User') === undefined) return undefined;
    const definition = definitionOf(facts, attribute);
    if (definition === undefined) return `/Schemas has no ${attribute}`;
    const { mutability = 'readWrite' } = definition;
    return mutability === 'readWrite' ? undefined : `/Schemas has ${attribute} as ${show(mutability)}`;
  },
});

/** /Schemas has the sub-attribute of a user as one whose values differ by case. */
export function caseExact(facts: Facts, attribute: string, part: string): boolean {
  const parts = definitionOf(facts, attribute)?.['subAttributes'];
  return (
    Array.isArray(parts) && parts.filter(isObject).some(each => each['name'] === part && each['caseExact'] === true)
  );
}

/** A user can be without the attribute, or the sub-attribute, as far as /Schemas tells. */
export const spares = (path: string): Condition => ({
  name: `can do without ${path}`,
  unmet(facts) {
    const [attribute = '', part] = path.split('.');
    const whole = attributeNamed(publishedAttributes(facts, 'User'), attribute);
    const found = part === undefined ? whole : attributeNamed(whole?.subAttributes ?? [], part);
    return found?.required === true ? `/Schemas has ${path} as required` : undefined;
  },
});

const onUsers = [serves('User'), supports('patch')] as const;

/** A probe of one PATCH on a user: what it gives is there afterwards, and all else is as before. */
export const changing = (
  declared: Declared,
  conditions: readonly Condition[],
  plan: (given: Given) => Plan,
): Declared & Pick<Probe, 'applies' | 'run'> => ({
  ...declared,
  applies: [...onUsers, ...conditions],
  run: async context => carryOut(context, plan(context.given)),
});

/** The same once for each of the attributes that the target has. */
export const changingEach = <A extends string>(
  declared: Declared,
  { attributes, conditions }: { attributes: readonly A[]; conditions: readonly ((attribute: string) => Condition)[] },
  plan: (given: Given, attribute: A) => Plan,
): Probe<Case & { readonly name: A }> => ({
  ...declared,
  applies: onUsers,
  cases: facts =>
    attributes
      .filter(attribute => conditions.every(condition => condition(attribute).unmet(facts) === undefined))
      .map(name => ({ name })),
  run: async (context, { name }) => carryOut(context, plan(context.given, name)),
});

async function carryOut(context: Context, { start, operations, gives }: Plan): Promise<void> {
  await change(context, await startUser(context, start), operations, gives);
}

/**
 * A user made with the members, and its state.
 * @throws NotApplicable when the target refuses or alters one of them, Blocked when it makes or shows no user at all
 */
export async function startUser(context: Context, start: JsonObject = {}): Promise<Subject> {
  // A display name that no provider would derive from the name.
  return startOf(
    context,
    'User',
    context.given.userDraft({ displayName: context.given.unique('shown'), ...start }),
    start,
  );
}

/** A group made with the members. @throws as startUser */
export async function startGroup(context: Context, start: JsonObject = {}): Promise<Subject> {
  return startOf(context, 'Group', context.given.groupDraft(start), start);
}

async function startOf(context: Context, type: CoreType, sent: JsonObject, wanted: JsonObject): Promise<Subject> {
  const { scim, given, facts } = context;
  const names = Object.keys(wanted).filter(name => wanted[name] !== null);
  const plain = names.length === 0 || facts.refused[type] !== undefined;
  const endpoint = endpointOf[type];
  let id: string;
  if (plain) {
    const make = type === 'User' ? given.user : given.group;
    ({ id } = await make(sent));
  } else {
    const answer = await scim.create(endpoint, sent);
    const made = createdId(answer);
    if (made === undefined)
      throw new NotApplicable(`a ${type} with ${names.join(', ')} is not made: ${describeAnswer(answer)}`);
    id = made;
  }
  const before = await context.stored(endpoint, id);
  const astray = new Set(Object.keys(sent).filter(name => !fits(sent[name], before[name])));
  const lost = names.find(name => astray.has(name));
  if (lost !== undefined) throw new NotApplicable(`a ${type} comes back with another ${lost} than it was made with`);
  return { type, endpoint, id, sent, before, astray };
}

/**
 * Sends a PATCH that has to succeed, and holds the state afterwards against the one that is right.
 * @throws NotApplicable when it is about an attribute that the target does not keep on a POST either
 */
export async function change(
  context: Context,
  subject: Subject,
  operations: readonly PatchOperation[],
  gives: JsonObject,
): Promise<HttpResponse> {
  const imposed = Object.keys(gives).find(name => name.includes(':') && isImposed(context.facts, subject, name));
  if (imposed !== undefined) throw new NotApplicable(`every ${subject.type} of this target has ${imposed}`);
  const answer = await patch(context, subject.endpoint, subject.id, operations);
  try {
    succeeds(answer);
    await shows(context, subject, gives, answer);
  } catch (error) {
    if (error instanceof Violation) {
      await excuse(context, subject, gives, answer);
    }
    throw error;
  }
  return answer;
}

/** A change that any user can take: of the display name, or of the state where the provider has its own way with names. */
export const ordinary = (
  { facts, given }: Pick<Context, 'facts' | 'given'>,
  displayName: Json = given.unique('renamed'),
): PatchOperation =>
  keeps('displayName').unmet(facts) === undefined
    ? { op: 'replace', path: 'displayName', value: displayName }
    : { op: 'replace', path: 'active', value: false };

/** The target makes nothing of the type without the extension, so nothing can start without it. */
function isImposed({ templates }: Facts, { type, sent }: Subject, urn: string): boolean {
  const imposed = templates?.[type]?.[urn];
  const had = sent[urn];
  return isObject(imposed) && isObject(had) && Object.keys(imposed).every(name => name in had);
}

/** A user, where an ordinary PATCH of one works, so that a refusal says something about what is wrong with another. */
export async function workingUser(context: Context): Promise<Subject> {
  const subject = await startUser(context);
  // Once in a run is enough to tell.
  await context.shared('an ordinary PATCH', async maker => {
    const { id } = await maker.given.user();
    const { displayName = null, active = true } = await maker.stored('/Users', id);
    const operation = ordinary(maker, displayName);
    const harmless = operation.path === 'active' ? { ...operation, value: active } : operation;
    await patched(maker, '/Users', id, [harmless]);
  });
  return subject;
}

/** A write that was answered with success. */
export function succeeds(answer: HttpResponse): void {
  const { status } = answer;
  if (status === undefined || status < 200 || status > 299) {
    throw new Violation('the request to succeed', describeAnswer(answer), answer);
  }
}

/** A provider may make the formatted name itself, of what it likes: it counts only where it was sent. */
function withOwnName(shown: JsonObject, { name: given }: JsonObject): JsonObject {
  const { name } = shown;
  if (!isObject(name) || (isObject(given) && 'formatted' in given)) return shown;
  return { ...shown, name: Object.fromEntries(Object.entries(name).filter(([part]) => part !== 'formatted')) };
}

/** Attributes that /Schemas has as read-only: the provider may compute them of what was to change. */
const computedOf = (facts: Facts, type: CoreType): readonly string[] =>
  publishedAttributes(facts, type).flatMap(({ name, mutability }) => (mutability === 'readOnly' ? [name] : []));

/** The state is the one before with what was to change; the first difference is the violation. */
export async function shows(
  context: Context,
  { type, endpoint, id, sent, before, astray }: Subject,
  gives: JsonObject,
  answer?: HttpResponse,
): Promise<JsonObject> {
  const after = await context.stored(endpoint, id);
  const own = (shown: JsonObject) => (isObject(gives['name']) ? shown : withOwnName(shown, sent));
  const except = new Set([...astray, ...computedOf(context.facts, type)]);
  const found = differenceOf(own(before), gives, own(after), except);
  if (found) {
    const { attribute, untouched, right, came } = found;
    throw new Violation(`${attribute}${untouched ? ' as before:' : ''} ${show(right)}`, show(came), answer);
  }
  return after;
}

/** The same after a PUT of what was sent: what the provider itself gave at creation may go (RFC 7644 section 3.5.1). */
export async function showsReplaced(
  context: Context,
  subject: Subject,
  gives: JsonObject,
  answer?: HttpResponse,
): Promise<JsonObject> {
  const defaults = Object.keys(subject.before).filter(name => !(name in subject.sent));
  return shows(context, { ...subject, astray: new Set([...subject.astray, ...defaults]) }, gives, answer);
}
