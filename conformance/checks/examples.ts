import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { attributeNamed, declaredType, isShown, isWritable, type DeclaredAttribute } from '../run/declared.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { serves, type CoreType } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { sampleOf } from '../run/samples.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { anybody, anyGroup } from './anybody.ts';

/** The attributes of the example of a full user that a probe fills with values of its own (RFC 7643 section 8.2). */
const full = [
  'name',
  'displayName',
  'nickName',
  'profileUrl',
  'emails',
  'addresses',
  'phoneNumbers',
  'ims',
  'photos',
  'userType',
  'title',
  'preferredLanguage',
  'locale',
  'timezone',
  'active',
  'x509Certificates',
];

const attributesOfUsers = ({ facts }: Context): readonly DeclaredAttribute[] =>
  declaredType(facts, 'User')?.base.attributes ?? [];

/** @throws NotApplicable when the least was refused and the target publishes that it demands more */
function noDemandOf({ facts }: Context, type: CoreType, key: string, answer: HttpResponse): void {
  if (createdId(answer) !== undefined) return;
  const { base, extensions = [] } = declaredType(facts, type) ?? {};
  const demanded = [
    ...(base?.attributes ?? []).filter(({ required, name }) => required && name !== key).map(({ name }) => name),
    ...extensions.filter(({ required }) => required).map(({ urn }) => urn),
  ];
  if (demanded.length > 0) throw new NotApplicable(`published as required: ${demanded.join(', ')}`);
}

/** Users as in the examples (RFC 7643 sections 8.1 and 8.2). */
export const examples = [
  {
    id: 'create.minimal-user',
    title: 'A user needs a userName and no more',
    clause: 'RFC7643-8.1-01',
    seeks: 'demands',
    applies: [serves('User')],
    async run(context) {
      const { scim, given } = context;
      await anybody(context);
      const { userName = '' } = given.userDraft();
      const answer = await scim.create('/Users', { schemas: [USER], userName });
      noDemandOf(context, 'User', 'userName', answer);
      expect.status(answer, 201);
    },
  },
  {
    id: 'create.minimal-group',
    title: 'A group needs a displayName and no more',
    clause: 'RFC7643-4.2-08',
    seeks: 'demands',
    applies: [serves('Group')],
    async run(context) {
      const { scim, given } = context;
      await anyGroup(context);
      const answer = await scim.create('/Groups', { schemas: [GROUP], displayName: given.unique('minimal') });
      noDemandOf(context, 'Group', 'displayName', answer);
      expect.status(answer, 201);
    },
  },
  {
    id: 'create.full-user',
    title: 'A user with all that the example has can be made and comes back with it',
    clause: 'RFC7643-8.2-01',
    applies: [serves('User')],
    async run(context) {
      const { scim, given } = context;
      const offered = full
        .map(name => attributeNamed(attributesOfUsers(context), name))
        .filter(attribute => attribute !== undefined && isWritable(attribute) && isShown(attribute));
      const values: Readonly<Record<string, Json>> = Object.fromEntries(
        offered.flatMap(attribute => {
          const value = attribute && sampleOf(attribute, given.unique);
          return attribute === undefined || value === undefined ? [] : [[attribute.name, value]];
        }),
      );
      await given.user();
      const answer = await scim.create('/Users', given.userDraft(values));
      const id = createdId(answer);
      if (id === undefined) throw new Violation('status 201', describeAnswer(answer), answer);
      const stored: JsonObject = await context.stored('/Users', id);
      const lost = Object.keys(values).filter(name => isUnset(stored[name]));
      expect.that(lost.length === 0, 'every attribute that /Schemas offers', `a user without ${lost.join(', ')}`);
    },
  },
] as const satisfies readonly Check[];

const isUnset = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);
