import { isObject } from '../../scim/message/list.ts';
import type { PatchOperation } from '../../scim/message/patch.ts';
import type { Json } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { startUser } from '../run/change.ts';
import { declaredTypes, isShown, isWritable, type DeclaredAttribute, type DeclaredType } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import type { Given } from '../run/given.ts';
import { sampleOf } from '../run/samples.ts';
import { differenceOf } from '../run/state.ts';
import { memberOf } from '../run/shown.ts';
import { patch as send, patched } from '../run/steps.ts';
import { Violation } from '../run/violation.ts';

const onUsers = [serves('User'), supports('patch')] as const;

/** Operations that a target is likely to refuse when they come alone. */
const refusable = (given: Given): Readonly<Record<string, PatchOperation>> => ({
  'read-only': { op: 'replace', path: 'id', value: given.unique('chosen') },
  'no-target': { op: 'replace', path: 'emails[type eq "pager"].value', value: `x@${given.domain}` },
  'wrong-type': { op: 'replace', path: 'active', value: 'perhaps' },
});

/** Attributes with meanings of their own are left to checks of their own. */
const APART: ReadonlySet<string> = new Set(['members', 'groups', 'password', 'active']);

/** Attributes of the base schema that a sample can be given for and a read shows. */
const freeOf = ({ base }: DeclaredType) =>
  base.attributes.filter(
    one =>
      isWritable(one) &&
      isShown(one) &&
      one.mutability === 'readWrite' &&
      !APART.has(one.name) &&
      one.canonicalValues.length === 0 &&
      sampleOf(one, label => label) !== undefined,
  );

/** The one that is changed: optional single text, the last there is. */
const changeable = (type: DeclaredType) =>
  freeOf(type).findLast(one => one.type === 'string' && !one.multiValued && !one.required && one.uniqueness === 'none');

interface Typed extends Case {
  readonly type: DeclaredType;
  readonly op: 'add' | 'replace' | 'remove';
}

interface Part extends Case {
  readonly type: DeclaredType;
  readonly urn: string;
  readonly one: DeclaredAttribute;
  readonly part: DeclaredAttribute;
}

/** A PATCH as a whole: told when part of it fails, and silent about everything it does not name. */
export const patchWhole = [
  {
    id: 'patch.failure-told',
    title: 'An operation that is refused alone is not passed over among others',
    clause: 'RFC7644-3.5.2-16',
    applies: onUsers,
    cases: () => ['read-only', 'no-target', 'wrong-type'].map(name => ({ name })),
    async run(context: Context, { name }: Case) {
      const { given } = context;
      const { id } = await startUser(context);
      const wrong = refusable(given)[name] as PatchOperation;
      const alone = await send(context, '/Users', id, [wrong]);
      if ((alone.status ?? 0) < 400) return { observed: `accepted alone: ${describeAnswer(alone)}` };
      const right: PatchOperation = { op: 'replace', path: 'displayName', value: given.unique('half') };
      for (const operations of [
        [right, wrong],
        [wrong, right],
      ]) {
        const answer = await send(context, '/Users', id, operations);
        const told = (answer.status ?? 0) >= 400;
        expect.that(told, `a refusal, as of ${show({ ...wrong })} alone`, describeAnswer(answer), answer);
      }
      return undefined;
    },
  },
  {
    id: 'patch.others-untouched',
    title: 'A PATCH of one attribute leaves each of the others as it was',
    clause: 'RFC7644-3.5.2-23',
    also: ['RFC7644-3.5.2.2-02'],
    applies: [supports('patch')],
    cases: (facts: Facts): readonly Typed[] =>
      declaredTypes(facts)
        .filter(type => type.base.published && changeable(type) !== undefined)
        .flatMap(type => (['add', 'replace', 'remove'] as const).map(op => ({ name: `${type.name} ${op}`, type, op }))),
    async run(context: Context, { type, op }: Typed) {
      const { given } = context;
      const attribute = changeable(type) as DeclaredAttribute;
      const { name, path } = attribute;
      const plain = Object.keys(given.draft(type));
      const full = freeOf(type)
        .filter(one => !plain.includes(one.name))
        .map(one => [one.name, sampleOf(one, given.unique) as Json] as const);
      // A target may refuse one of so many values; what it makes of an ordinary resource is enough then.
      const { id } = await given.resource(type, Object.fromEntries(full)).catch(async () => given.resource(type));
      const before = await context.stored(type.endpoint, id);
      const value = sampleOf(attribute, given.unique, 1) as Json;
      await patched(context, type.endpoint, id, [op === 'remove' ? { op, path } : { op, path, value }]);
      const difference = differenceOf(before, {}, await context.stored(type.endpoint, id), new Set([name]));
      if (!difference) return;
      throw new Violation(`${difference.attribute} ${show(difference.right)}`, show(difference.came));
    },
  },
  {
    id: 'patch.remove-schemas',
    title: 'A PATCH does not take the schemas away',
    clause: 'RFC7644-3.5.2.2-07',
    applies: onUsers,
    async run(context: Context) {
      const { id, before } = await startUser(context);
      const answer = await send(context, '/Users', id, [{ op: 'remove', path: 'schemas' }]);
      const after = await context.stored('/Users', id);
      expect.equal(after['schemas'], before['schemas'], 'schemas as before:', answer);
    },
  },
  {
    id: 'patch.read-only-part',
    title: 'A PATCH of a readOnly part of a complex attribute is refused, or without effect',
    clause: 'RFC7644-3.5.2-12',
    applies: [supports('patch')],
    cases: (facts: Facts) =>
      declaredTypes(facts).flatMap(type =>
        [type.base, ...type.extensions]
          .filter(({ published }) => published)
          .flatMap(schema =>
            schema.attributes
              .filter(one => one.mutability === 'readWrite' && !one.multiValued)
              .flatMap(one => one.subAttributes.map(part => ({ one, part })))
              .filter(({ part }) => part.mutability === 'readOnly' && part.type === 'string')
              .map(({ one, part }) => ({ name: `${type.name}:${part.path}`, type, urn: schema.urn, one, part })),
          ),
      ),
    async run(context: Context, { type, urn, one, part }: Part) {
      const { id } = await context.given.resource(type);
      const value = context.given.unique('forged');
      const answer = await send(context, type.endpoint, id, [{ op: 'replace', path: part.path, value }]);
      const stored = await context.stored(type.endpoint, id);
      const held = urn === type.base.urn ? stored : memberOf(stored, urn);
      const whole = isObject(held) ? memberOf(held, one.name) : undefined;
      const came = isObject(whole) ? memberOf(whole, part.name) : undefined;
      expect.that(came !== value, `${part.path} of the provider`, show(came), answer);
      if ((answer.status ?? 0) < 300) {
        throw new Violation('status 400', describeAnswer(answer), answer, 'warning');
      }
    },
  },
] as const satisfies readonly Check[];
