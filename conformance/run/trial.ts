import type { ScimClient } from '../../scim/client.ts';
import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import { isWritable, type DeclaredAttribute, type DeclaredType } from './declared.ts';
import { endpointOf, type CoreType } from './facts.ts';
import { createdId, type Given } from './given.ts';
import { minimalOf, sampleOf } from './samples.ts';
import { PASSWORD, UNIQUE, type Template } from './template.ts';

/** POSTs spent on finding out what a type needs, the first one not counted. */
const MOST_TRIES = 12;

/** What came of trying to make a resource of a type. */
export interface Trial {
  /** Answer to the last POST that was tried for it: the one that made it, or the refusal of an ordinary body. */
  readonly answer: HttpResponse;
  readonly sent: JsonObject;
  /** Undefined when none of the tries made one. */
  readonly id: string | undefined;
  /** How the body that worked differs from an ordinary one; empty when it does not. */
  readonly template: Template;
}

/** What a target asks of a type beyond what the RFC does. */
export interface Needs {
  /** Attributes without which it makes none. */
  readonly demanded: readonly string[];
  /** Attributes of an ordinary body that it refuses. */
  readonly rejected: readonly string[];
  /** It takes no userName that is not an e-mail address. */
  readonly mailNames: boolean;
}

/** What the tries are made with. */
export interface Bench {
  readonly scim: ScimClient;
  readonly given: Given;
  readonly type: CoreType;
  readonly declared: DeclaredType | undefined;
  /** What a configuration says that bodies have to hold; the search starts from it. */
  readonly start: Template;
  /** Makes a body in the shape of the template. */
  draft(template: Template): JsonObject;
}

/** Statuses that are about the body, so another body may do better. */
const isAboutBody = ({ status }: HttpResponse): boolean =>
  status !== undefined && [400, 403, 409, 422].includes(status);

/** Words of a refusal that is about something too much. */
const TOO_MUCH = /unknown|unsupported|not supported|not allowed|unexpected|unrecogni[sz]ed|additional|not permitted/i;

/** Names of parts that say nothing about the attribute they are in. */
const COMMON_WORDS: ReadonlySet<string> = new Set(['value', 'type', 'display', 'primary', '$ref']);

const mark = () => UNIQUE;

/** Tries an ordinary body, and bodies that add and leave out what the refusals hint at, until one is taken. */
export async function tryOut(bench: Bench): Promise<Trial> {
  const { start } = bench;
  const first = await post(bench, start);
  if (first.id !== undefined || first.answer.status === undefined) return first;
  const server = first.answer.status >= 500 && first.answer.status !== 501 && first.answer.status !== 503;
  if (!isAboutBody(first.answer) && !server) return first;
  const tried = new Set([JSON.stringify(start)]);
  const fallbacks = fallbacksOf(bench);
  let current = first;
  for (let tries = 0; tries < (server ? 2 : MOST_TRIES); tries += 1) {
    const hinted = hintedBy(bench, current).find(template => !tried.has(JSON.stringify(template)));
    const next = hinted ?? fallbacks.find(template => !tried.has(JSON.stringify(template)));
    if (next === undefined) break;
    tried.add(JSON.stringify(next));
    const trial = await post(bench, next);
    if (trial.id !== undefined) return next === fallbacks[1] ? shrunk(bench, trial) : trial;
    if (trial.answer.status === undefined) break;
    if (isAboutBody(trial.answer)) current = trial;
  }
  return first;
}

async function post(bench: Bench, template: Template): Promise<Trial> {
  const { scim, type } = bench;
  const sent = bench.draft(template);
  const answer = await scim.create(endpointOf[type], sent);
  return { answer, sent, id: createdId(answer), template };
}

/** Halves what a full body adds for as long as a half is enough. */
async function shrunk(bench: Bench, full: Trial): Promise<Trial> {
  let found = full;
  for (;;) {
    const added = Object.keys(found.template).filter(name => !(name in bench.start));
    if (added.length < 2) return found;
    const middle = Math.ceil(added.length / 2);
    let smaller: Trial | undefined;
    for (const half of [added.slice(0, middle), added.slice(middle)]) {
      const trial = await post(bench, { ...bench.start, ...pick(found.template, half) });
      if (trial.id === undefined) continue;
      smaller = trial;
      break;
    }
    if (smaller === undefined) return found;
    found = smaller;
  }
}

/** Templates that the words of a refusal suggest, on top of the one that was refused. */
function hintedBy(bench: Bench, { answer, template, sent }: Trial): readonly Template[] {
  const said = isObject(answer.json) && typeof answer.json['detail'] === 'string' ? answer.json['detail'] : answer.text;
  const text = said.slice(0, 2000);
  const names = (name: string) => new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`, 'i').test(text);
  const found: Template[] = [];
  for (const extension of bench.declared?.extensions ?? []) {
    const isNamed = text.toLowerCase().includes(extension.urn.toLowerCase());
    if (!isNamed && !extension.attributes.some(({ name }) => names(name))) continue;
    const { urn } = extension;
    found.push({ ...template, [urn]: urn in sent ? null : wholeOf(extension.attributes) });
  }
  for (const [name, attribute] of offered(bench)) {
    const parts = (attribute?.subAttributes ?? []).filter(part => !COMMON_WORDS.has(part.name));
    if (!names(name) && !parts.some(part => names(part.name))) continue;
    if (!(name in sent)) found.push({ ...template, [name]: valueOf(name, attribute) });
    else if (name === 'userName') found.push({ ...template, userName: UNIQUE });
    else if (TOO_MUCH.test(text)) found.push({ ...template, [name]: null });
    else found.push({ ...template, [name]: valueOf(name, attribute) }, { ...template, [name]: null });
  }
  return found;
}

/** Bodies to try where nothing hints at another: the least, the most, and single steps between. */
function fallbacksOf(bench: Bench): readonly Template[] {
  const { start, type, declared } = bench;
  const ordinary = type === 'User' ? ['name', 'displayName', 'emails', 'active'] : [];
  const extensions = (declared?.extensions ?? []).map(({ urn, attributes }) => [urn, wholeOf(attributes)] as const);
  const added = offered(bench)
    .filter(
      ([name]) => !ordinary.includes(name) && name !== 'userName' && !(type === 'Group' && name === 'displayName'),
    )
    .map(([name, attribute]) => [name, valueOf(name, attribute)] as const)
    .filter((entry): entry is readonly [string, Json] => entry[1] !== null);
  const single = added.filter(([name]) => name === 'externalId' || name === 'password');
  return [
    { ...start, ...Object.fromEntries(ordinary.map(name => [name, null])) },
    { ...start, ...Object.fromEntries([...added, ...extensions]) },
    ...(type === 'User' ? [{ ...start, userName: UNIQUE }] : []),
    ...[...single, ...extensions].map(([name, value]) => ({ ...start, [name]: value })),
    ...ordinary.map(name => ({ ...start, [name]: null })),
  ];
}

/** Attributes that a client may give, with those that schemas need not list. */
function offered({ declared, type }: Bench): readonly (readonly [string, DeclaredAttribute | undefined])[] {
  const written = (declared?.base.attributes ?? []).filter(isWritable).map(one => [one.name, one] as const);
  const common = type === 'User' ? ['externalId', 'password'] : ['externalId'];
  return [...common.map(name => [name, undefined] as const), ...written.filter(([name]) => !common.includes(name))];
}

const valueOf = (name: string, attribute: DeclaredAttribute | undefined): Json => {
  if (name === 'password') return PASSWORD;
  return attribute === undefined ? UNIQUE : (sampleOf(attribute, mark) ?? null);
};

function wholeOf(attributes: readonly DeclaredAttribute[]): JsonObject {
  const entries = attributes
    .filter(isWritable)
    .map(one => [one.name, (one.type === 'complex' ? minimalOf(one, mark) : sampleOf(one, mark)) ?? null] as const);
  // A reference would have to lead to something that is there.
  return Object.fromEntries(entries.filter(([name, value]) => value !== null && name !== 'manager'));
}

/**
 * What the target asks for beyond the RFC: a body with the least is tried, and only when it is refused what of the rest it
 * cannot do without.
 * @param trial one that made something
 */
export async function needsOf(bench: Bench, trial: Trial): Promise<Needs> {
  const { type, declared } = bench;
  const key = type === 'User' ? 'userName' : 'displayName';
  const rejected = Object.keys(trial.template).filter(name => trial.template[name] === null);
  const announced = new Set((declared?.base.attributes ?? []).filter(one => one.required).map(one => one.name));
  for (const { urn } of (declared?.extensions ?? []).filter(one => one.required)) announced.add(urn);
  const spare = Object.keys(trial.sent).filter(name => ![key, 'schemas'].includes(name) && !announced.has(name));
  const bare = Object.fromEntries(spare.map(name => [name, null]));
  const taken = async (template: Template) => (await post(bench, { ...trial.template, ...template })).id !== undefined;
  const plain = { userName: UNIQUE };
  if (type === 'Group' ? spare.length === 0 || (await taken(bare)) : await taken({ ...bare, ...plain })) {
    return { demanded: [], rejected, mailNames: false };
  }
  if (type === 'User' && (await taken(bare))) return { demanded: [], rejected, mailNames: true };
  const demanded: string[] = [];
  for (const name of spare.slice(0, MOST_TRIES)) if (!(await taken({ [name]: null }))) demanded.push(name);
  return { demanded, rejected, mailNames: type === 'User' && !(await taken(plain)) };
}

const pick = (template: Template, names: readonly string[]): Template =>
  Object.fromEntries(Object.entries(template).filter(([name]) => names.includes(name)));

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
