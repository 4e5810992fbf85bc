import { isErrorMessage } from '../../scim/message/error.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Context } from './context.ts';
import { publishedAttributes } from './declared.ts';
import { describeAnswer } from './expect.ts';
import type { CoreType } from './facts.ts';
import { createdId } from './given.ts';
import { unpublishedPart } from './right-refusal.ts';
import { alike, fits, isUnset } from './state.ts';
import { NotApplicable } from './violation.ts';

/** What was to change. */
interface Changed {
  readonly type: CoreType;
  readonly endpoint: string;
  readonly id: string;
  /** As a read showed it before. */
  readonly before: JsonObject;
}

/**
 * Goes on where a change that did not come about is a fault.
 * @param gives whole values that the attributes were to have; null for none
 * @throws NotApplicable where the provider may do so: it publishes that clients cannot do this, or does the same on a POST
 */
export async function excuse(
  context: Context,
  changed: Changed,
  gives: JsonObject,
  answer: HttpResponse,
): Promise<void> {
  const { facts } = context;
  const alien = unpublishedPart(facts, changed.type, gives);
  if (alien !== undefined) throw new NotApplicable(`/Schemas has no ${alien}`);
  const fixed = publishedAttributes(facts, changed.type).find(
    ({ name, mutability }) => name in gives && (mutability === 'readOnly' || mutability === 'immutable'),
  );
  if (fixed) throw new NotApplicable(`/Schemas has ${fixed.path} as ${fixed.mutability}`);
  await refusedAtAll(context, changed, gives, answer);
  await keptAtAll(context, changed, gives);
  await noDefault(context, changed, gives);
}

const isOfValue = ({ status, json }: HttpResponse): boolean =>
  status === 400 && isErrorMessage(json) && json.scimType === 'invalidValue';

/** A provider may have rules of its own for values (RFC 7644 section 3.12, invalidValue): a POST with the same ones tells. */
async function refusedAtAll(
  { scim, given }: Context,
  { type, endpoint }: Changed,
  gives: JsonObject,
  refusal: HttpResponse,
): Promise<void> {
  const members = Object.fromEntries(Object.entries(gives).filter(([, value]) => !isUnset(value)));
  if (!isOfValue(refusal) || Object.keys(members).length === 0) return;
  const draft = type === 'User' ? given.userDraft(members) : given.groupDraft(members);
  const answer = await scim.create(endpoint, draft);
  if (isOfValue(answer)) throw new NotApplicable(`the values are refused on a POST as well: ${describeAnswer(answer)}`);
}

/** A provider may leave out attributes that it has no use for, or elements (RFC 7644 section 3.1): a POST tells. */
async function keptAtAll({ scim, given, stored }: Context, { type, endpoint, before }: Changed, gives: JsonObject) {
  const isSeveral = (value: Json) => Array.isArray(value) && value.length > 1;
  const fresh = Object.entries(gives).filter(
    ([name, value]) => (isUnset(before[name]) && !isUnset(value)) || isSeveral(value),
  );
  if (fresh.length === 0) return;
  const members: Record<string, Json> = Object.fromEntries(fresh);
  const draft = type === 'User' ? given.userDraft(members) : given.groupDraft(members);
  const answer = await scim.create(endpoint, draft);
  // Somebody has these values already, the one who was to be changed: that says nothing of keeping them.
  if (answer.status === 409) return;
  const id = createdId(answer);
  const kept = id === undefined ? {} : await stored(endpoint, id);
  const lost = fresh.find(([name, value]) => !fits(value, kept[name]));
  if (lost) throw new NotApplicable(`the target does not keep ${lost[0]} on a POST either`);
}

/** A provider may give an attribute without a value its default (RFC 7643 section 2.5 names them): a POST without it tells. */
async function noDefault(
  { given, stored }: Context,
  { type, endpoint, id, before }: Changed,
  gives: JsonObject,
): Promise<void> {
  const unset = Object.keys(gives).filter(name => isUnset(gives[name]));
  if (unset.length === 0) return;
  const after = await stored(endpoint, id);
  const filled = unset.filter(name => !isUnset(after[name]));
  if (filled.length === 0) return;
  const without = Object.fromEntries(filled.map(name => [name, null]));
  const fresh = await stored(endpoint, (await (type === 'User' ? given.user(without) : given.group(without))).id);
  // A default may be made of other attributes, so that it differs from one to the next; what was there before is none.
  const isDefault = (name: string) =>
    alike(fresh[name], after[name]) || (!isUnset(fresh[name]) && !alike(before[name], after[name]));
  const own = filled.find(isDefault);
  if (own) throw new NotApplicable(`the target gives every ${type} without ${own} one of its own`);
}
