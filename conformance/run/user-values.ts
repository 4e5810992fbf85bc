import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Context } from './context.ts';
import { attributeNamed, declaredType, isShown, isWritable } from './declared.ts';
import { describeAnswer, expect } from './expect.ts';
import type { Condition, Facts } from './facts.ts';
import { createdId } from './given.ts';
import { memberOf } from './shown.ts';
import { NotApplicable } from './violation.ts';

/** /Schemas publishes the attribute of users, and clients may write and read it. */
export const offers = (name: string, part?: string): Condition => ({
  name: `offers ${part === undefined ? name : `${name}.${part}`}`,
  unmet(facts) {
    const schema = declaredType(facts, 'User')?.base;
    if (schema === undefined || !schema.published) return '/Schemas has no schema for users';
    const attribute = attributeNamed(schema.attributes, name);
    const found = part === undefined ? attribute : attributeNamed(attribute?.subAttributes ?? [], part);
    return attribute && found && isWritable(attribute) && isShown(attribute) && isShown(found)
      ? undefined
      : `/Schemas has no such attribute`;
  },
});

interface Kept {
  readonly answer: HttpResponse;
  /** Undefined when the value was refused. */
  readonly user: JsonObject | undefined;
}

/** A user with the members, as a read shows it; a refusal with 400 is an answer as well. */
export async function tried({ scim, given, stored, shared }: Context, members: JsonObject): Promise<Kept> {
  // That ordinary users can be made has to be known once in a run.
  await shared('anybody', async maker => maker.given.user());
  const answer = await scim.create('/Users', given.userDraft(members));
  const id = createdId(answer);
  if (id !== undefined) return { answer, user: await stored('/Users', id) };
  expect.status(answer, 400);
  return { answer, user: undefined };
}

/** The same where the value is right, so a refusal takes the ground from under the check. */
export async function kept(context: Context, members: JsonObject): Promise<JsonObject> {
  const { user, answer } = await tried(context, members);
  if (user === undefined) throw new NotApplicable(`the value is refused: ${describeAnswer(answer)}`);
  return user;
}

/** Elements of types that the target publishes: those of others become of the first. */
export function asPublished(facts: Facts, list: string, drafts: readonly JsonObject[]): readonly JsonObject[] {
  const parts = attributeNamed(declaredType(facts, 'User')?.base.attributes ?? [], list)?.subAttributes ?? [];
  const types = attributeNamed(parts, 'type')?.canonicalValues ?? [];
  const isForeign = ({ type }: JsonObject) => typeof type === 'string' && !types.includes(type);
  return drafts.map(draft => (isForeign(draft) && types[0] !== undefined ? { ...draft, type: types[0] } : draft));
}

/** The objects that a user holds in a list. */
export const elements = (user: JsonObject, name: string): readonly JsonObject[] => {
  const value = memberOf(user, name);
  return Array.isArray(value) ? value.filter(isObject) : [];
};
