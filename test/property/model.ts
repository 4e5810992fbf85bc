/** A service provider as small as can be: what the bridge is compared with. Shares nothing with it but names of schemas. */
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import { matchesEmail, type Filter } from './filters.ts';

export interface Email {
  value?: string;
  type?: string;
  primary?: boolean;
}

/** A user as the model holds it: nothing that is null or empty. */
export interface User {
  userName: string;
  externalId?: string;
  displayName?: string;
  title?: string;
  active?: boolean;
  name?: { givenName?: string; familyName?: string };
  emails?: Email[];
  [ENTERPRISE_USER]?: { department?: string };
}

/** Attributes of a user as they are sent; wrong types among them. */
export type Sent = Readonly<Record<string, unknown>>;

/** A request that is refused. */
export class Refused extends Error {
  readonly code = 'refused';
  readonly answer: string;
  constructor(status: number, scimType?: string) {
    super(`${status} ${scimType ?? ''}`);
    this.answer = this.message;
  }
}

export type Operation = { readonly op: 'add' | 'replace' | 'remove' } & (
  | { readonly at: 'attribute'; readonly path: string; readonly value?: unknown }
  | { readonly at: 'none'; readonly value: Sent }
  | { readonly at: 'emails'; readonly filter: Filter; readonly sub: keyof Email | undefined; readonly value?: unknown }
);

const texts: ReadonlySet<string> = new Set(['userName', 'externalId', 'displayName', 'title']);
const invalid = (): Refused => new Refused(400, 'invalidValue');
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isUnset = (value: unknown): boolean => value === null || value === undefined;

function text(value: unknown): string {
  if (typeof value !== 'string') throw invalid();
  return value;
}

function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw invalid();
  return value;
}

/** An object with members for which there is a value; undefined when there is none. */
function parts(
  value: unknown,
  names: readonly string[],
  read: (value: unknown) => unknown,
): Record<string, unknown> | undefined {
  if (!isRecord(value)) throw invalid();
  const kept = names.flatMap(name => (isUnset(value[name]) ? [] : [[name, read(value[name])]]));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function email(value: unknown): Email | undefined {
  if (!isRecord(value)) throw invalid();
  const { primary, ...rest } = value;
  const read = { ...parts(rest, ['value', 'type'], text), ...(!isUnset(primary) && { primary: flag(primary) }) };
  return Object.keys(read).length === 0 ? undefined : read;
}

/** Values agree and types do not differ; without a value all has to agree. */
function same(left: Email, right: Email): boolean {
  const [one, other] = [left, right].map(({ value, type }) => [value?.toLowerCase(), type?.toLowerCase()]);
  if (left.value === undefined || right.value === undefined) {
    return one?.[0] === other?.[0] && one?.[1] === other?.[1] && left.primary === right.primary;
  }
  return one?.[0] === other?.[0] && (one?.[1] === other?.[1] || left.type === undefined || right.type === undefined);
}

/** What the second of two equal addresses says beyond the first; another spelling says nothing. */
function merge(held: Email, added: Email): void {
  if (held.type?.toLowerCase() !== added.type?.toLowerCase() && added.type !== undefined) held.type = added.type;
  if (added.primary !== undefined) held.primary = added.primary;
}

/** A list with further elements: none twice, one primary at most, and that the last one that was said to be. */
function withEmails(held: readonly Email[], added: readonly Email[]): Email[] {
  const result = held.map(one => ({ ...one }));
  const flagged = new Set<Email>();
  for (const one of added) {
    let known = result.find(other => same(other, one));
    if (known) merge(known, one);
    else result.push((known = { ...one }));
    if (one.primary) flagged.add(known);
  }
  if (flagged.size > 1) throw invalid();
  const [primary] = flagged;
  if (primary) for (const one of result) if (one !== primary && one.primary) one.primary = false;
  return result;
}

const emails = (value: unknown): Email[] => {
  if (!Array.isArray(value)) throw invalid();
  return withEmails(
    [],
    value.flatMap(one => (isUnset(one) ? [] : (email(one) ?? []))),
  );
};

/** The user that a POST or PUT describes (RFC 7644 sections 3.3, 3.5.1). */
export function readUser(sent: Sent): User {
  const user: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sent)) setAttribute(user, name, value);
  return complete(user);
}

function complete(user: Record<string, unknown>): User {
  if (user['userName'] === undefined) throw invalid();
  return user as unknown as User;
}

/** Sets a whole attribute; null and what is empty unassign it. */
function setAttribute(user: Record<string, unknown>, name: string, value: unknown): void {
  let read: unknown;
  if (isUnset(value)) read = undefined;
  else if (texts.has(name)) read = text(value);
  else if (name === 'active') read = flag(value);
  else if (name === 'name') read = parts(value, ['givenName', 'familyName'], text);
  else if (name === 'emails') read = emails(value);
  else if (name === ENTERPRISE_USER) read = parts(value, ['department'], text);
  else return;
  if (read === undefined || (Array.isArray(read) && read.length === 0)) delete user[name];
  else user[name] = read;
}

/** A user after all operations of a PATCH (RFC 7644 section 3.5.2). */
export function patchUser(user: User, operations: readonly Operation[]): User {
  const draft = structuredClone(user) as unknown as Record<string, unknown>;
  for (const operation of operations) apply(draft, operation);
  return complete(draft);
}

function apply(draft: Record<string, unknown>, operation: Operation): void {
  if (operation.at === 'emails') applyToEmails(draft, operation);
  else if (operation.at === 'none') {
    for (const [name, value] of Object.entries(operation.value)) applyAt(draft, operation.op, name, value);
  } else applyAt(draft, operation.op, operation.path, operation.value);
}

function applyAt(draft: Record<string, unknown>, op: Operation['op'], path: string, value: unknown): void {
  if (path === 'id' || path === 'groups') throw new Refused(400, 'mutability');
  if (path === 'shoeSize') throw new Refused(400, 'invalidPath');
  const [, owner, sub] = /^(name|urn.*:User)[.:](\w+)$/.exec(path) ?? [];
  if (owner !== undefined && sub !== undefined) setPart(draft, owner, sub, op === 'remove' ? null : value);
  else if (op === 'remove') {
    if (path === 'userName') throw new Refused(400, 'mutability');
    setAttribute(draft, path, null);
  } else if (value === null) {
    if (path === 'userName') throw invalid();
    setAttribute(draft, path, null);
  } else if (path === 'emails') {
    // One address passes for a list of one.
    const added = emails(Array.isArray(value) ? value : [value]);
    setAttribute(draft, 'emails', op === 'add' ? withEmails(heldEmails(draft), added) : added);
  } else if (path === 'name' || path === ENTERPRISE_USER) {
    if (!isRecord(value)) throw invalid();
    for (const [name, part] of Object.entries(value)) setPart(draft, path, name, part);
  } else setAttribute(draft, path, value);
}

const heldEmails = (draft: Record<string, unknown>): Email[] => (draft['emails'] as Email[] | undefined) ?? [];

/** Sets one member of a complex attribute or an extension. */
function setPart(draft: Record<string, unknown>, owner: string, name: string, value: unknown): void {
  const held = { ...(draft[owner] as Record<string, unknown> | undefined) };
  if (value === null) delete held[name];
  else held[name] = text(value);
  setAttribute(draft, owner, held);
}

function applyToEmails(draft: Record<string, unknown>, operation: Extract<Operation, { at: 'emails' }>): void {
  const { op, filter, sub, value } = operation;
  const held = heldEmails(draft);
  const isMeant = (one: Email): boolean => matchesEmail(filter, one);
  if (!held.some(isMeant)) {
    if (op === 'remove') return;
    const described = op === 'add' ? describe(filter) : undefined;
    if (!described) throw new Refused(400, 'noTarget');
    const added = emails([sub ? { ...described, [sub]: value } : { ...described, ...record(value) }]);
    setAttribute(draft, 'emails', withEmails(held, added));
    return;
  }
  const next: Email[] = [];
  let primary: Email | undefined;
  for (const one of held) {
    const after = isMeant(one) ? change(one, operation) : one;
    if (!after) continue;
    next.push(after);
    if (!after.primary || one.primary) continue;
    if (primary) throw invalid();
    primary = after;
  }
  if (primary) for (const one of next) if (one !== primary && one.primary) one.primary = false;
  // Two addresses may have become the same one.
  const left = op === 'remove' || sub === 'primary' ? next : withEmails([], next);
  setAttribute(draft, 'emails', left);
}

const record = (value: unknown): Record<string, unknown> => {
  if (!isRecord(value)) throw invalid();
  return value;
};

/** One address after an operation on it; undefined when it goes. */
function change(one: Email, { op, sub, value }: Extract<Operation, { at: 'emails' }>): Email | undefined {
  if (op === 'remove' && !sub) return undefined;
  const next: Record<string, unknown> = { ...one };
  const wanted = sub ? { [sub]: op === 'remove' ? null : value } : record(value);
  for (const [name, part] of Object.entries(wanted)) {
    if (part === null) delete next[name];
    else next[name] = name === 'primary' ? flag(part) : text(part);
  }
  return Object.keys(next).length === 0 ? undefined : next;
}

/** The address that a filter of equalities describes; undefined when it says anything else. */
function describe(filter: Filter): Record<string, unknown> | undefined {
  if (filter.kind === 'and') {
    const [left, right] = [describe(filter.left), describe(filter.right)];
    return left && right && { ...left, ...right };
  }
  const isEquality = filter.kind === 'is' && filter.operator === 'eq' && filter.value !== null;
  return isEquality ? { [filter.path]: filter.value } : undefined;
}

/** The `schemas` of a user. */
export const schemasOf = (user: User): string[] => [USER, ...(user[ENTERPRISE_USER] ? [ENTERPRISE_USER] : [])];
