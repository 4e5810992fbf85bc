import { filterValue } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import { caseExact, change, shows, startUser, succeeds, writes, type Plan } from '../run/change.ts';
import { describeAnswer } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import type { Given } from '../run/given.ts';
import { declines, patch as send } from '../run/steps.ts';
import { elementOf } from '../run/values.ts';
import { NotApplicable } from '../run/violation.ts';

const onUsers = [serves('User'), supports('patch')] as const;

const name = { givenName: 'Mira', familyName: 'Okonkwo' };

/** The value of a member that is a text. */
const textOf = (element: JsonObject, member = 'value'): string => {
  const value = element[member];
  return typeof value === 'string' ? value : '';
};

type Planned = Readonly<Record<string, (given: Given) => Plan>>;

/** A user with two addresses of which the path changes that at home. */
const onHome =
  (path: (home: JsonObject) => string) =>
  (given: Given): Plan => {
    const [work, home] = [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')];
    const { value = null } = elementOf(given, 'emails', 'other');
    return {
      start: { emails: [work, home] },
      operations: [{ op: 'replace', path: path(home), value }],
      gives: { emails: [work, { ...home, value }] },
    };
  };

const onDisplayName =
  (path: string) =>
  (given: Given): Plan => {
    const displayName = given.unique('second');
    return { operations: [{ op: 'replace', path, value: displayName }], gives: { displayName } };
  };

const onFamilyName = (path: string) => (): Plan => ({
  start: { name },
  operations: [{ op: 'replace', path, value: 'Adeyemi' }],
  gives: { name: { ...name, familyName: 'Adeyemi' } },
});

const onDepartment = (path: string) => (): Plan => ({
  start: { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } },
  operations: [{ op: 'replace', path, value: 'Smithy' }],
  gives: { [ENTERPRISE_USER]: { department: 'Smithy', costCenter: '4130' } },
});

const otherCases: Planned = {
  attribute: onDisplayName('DISPLAYNAME'),
  'sub-attribute': onFamilyName('Name.FAMILYNAME'),
  'value-path': onHome(() => 'EMAILS[Type eq "home"].VALUE'),
  urn: onDisplayName(`${USER.toUpperCase()}:displayName`),
  extension: onDepartment(`${ENTERPRISE_USER.toUpperCase()}:DEPARTMENT`),
  'without-path': given => {
    const displayName = given.unique('second');
    const operation = { op: 'replace', value: { DISPLAYNAME: displayName, Name: { FamilyName: 'Adeyemi' } } } as const;
    return {
      start: { name },
      operations: [operation],
      gives: { displayName, name: { ...name, familyName: 'Adeyemi' } },
    };
  },
};

const prefixed: Planned = {
  attribute: onDisplayName(`${USER}:displayName`),
  'sub-attribute': onFamilyName(`${USER}:name.familyName`),
  'value-path': onHome(() => `${USER}:emails[type eq "home"].value`),
};

const selections: Planned = {
  and: onHome(home => `emails[type eq "home" and value eq ${filterValue(textOf(home))}].value`),
  or: onHome(home => `emails[type eq "pager" or value eq ${filterValue(textOf(home))}].value`),
  'bracket-in-text': onHome(home => `emails[value eq "a]b" or value eq ${filterValue(textOf(home))}].value`),
  'and-without-match-on-one': onHome(() => 'emails[type eq "home" and (value pr or type eq "work")].value'),
};

/** Operators that a provider may decline in a value path as it may in a filter. */
const operators: Planned = {
  co: onHome(() => 'emails[type co "om"].value'),
  sw: onHome(() => 'emails[type sw "ho"].value'),
  ew: onHome(() => 'emails[type ew "me"].value'),
  ne: onHome(() => 'emails[type ne "work"].value'),
  not: onHome(() => 'emails[not (type eq "work")].value'),
  'upper-case': onHome(() => 'emails[type EQ "home"].value'),
  'value-other-case': onHome(() => 'emails[type eq "HOME"].value'),
  brackets: onHome(() => 'emails[(type eq "home")].value'),
  boolean: given => {
    const [work, home] = [elementOf(given, 'emails', 'work'), { ...elementOf(given, 'emails', 'home'), primary: true }];
    const { value = null } = elementOf(given, 'emails', 'other');
    return {
      start: { emails: [work, home] },
      operations: [{ op: 'replace', path: 'emails[primary eq true].value', value }],
      gives: { emails: [work, { ...home, value }] },
    };
  },
};

/** Operations that only come to the right end one after the other. */
const ordered: Planned = {
  'add-replace': given => {
    const displayName = given.unique('last');
    return {
      operations: [
        { op: 'add', path: 'displayName', value: given.unique('middle') },
        { op: 'replace', path: 'displayName', value: displayName },
      ],
      gives: { displayName },
    };
  },
  'replace-remove': () => ({
    start: { nickName: 'Quill' },
    operations: [
      { op: 'replace', path: 'nickName', value: 'Ink' },
      { op: 'remove', path: 'nickName' },
    ],
    gives: { nickName: null },
  }),
  'remove-add': () => ({
    start: { nickName: 'Quill' },
    operations: [
      { op: 'remove', path: 'nickName' },
      { op: 'add', path: 'nickName', value: 'Ink' },
    ],
    gives: { nickName: 'Ink' },
  }),
  'element-of-the-same-message': given => {
    const [work, home] = [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')];
    const { value = null } = elementOf(given, 'emails', 'other');
    return {
      start: { emails: [work] },
      operations: [
        { op: 'add', path: 'emails', value: [home] },
        { op: 'replace', path: 'emails[type eq "home"].value', value },
      ],
      gives: { emails: [work, { ...home, value }] },
    };
  },
  'three-attributes': given => {
    const displayName = given.unique('second');
    return {
      start: { name, nickName: 'Quill' },
      operations: [
        { op: 'replace', path: 'displayName', value: displayName },
        { op: 'replace', path: 'name.givenName', value: 'Nadia' },
        { op: 'remove', path: 'nickName' },
      ],
      gives: { displayName, name: { ...name, givenName: 'Nadia' }, nickName: null },
    };
  },
};

const casesOf = (table: Planned) => () => Object.keys(table).map(each => ({ name: each }));

const planOf = (table: Planned, key: string, given: Given): Plan => {
  const plan = table[key];
  if (plan === undefined) throw new Error(`no case ${key}`);
  return plan(given);
};

/** Paths, their filters and their order (RFC 7644 sections 3.5.2 and 3.10). */
export const patchPaths = [
  {
    id: 'patch.path-other-case',
    title: 'Names and URNs in paths have any case',
    clause: 'RFC7644-3.5.2-30',
    also: ['RFC7644-3.10-04'],
    applies: onUsers,
    cases: casesOf(otherCases),
    async run(context, { name: key }) {
      const { start, operations, gives } = planOf(otherCases, key, context.given);
      await change(context, await startUser(context, start), operations, gives);
    },
  },
  {
    id: 'patch.path-with-urn',
    title: 'A path may carry the URN of the schema in front',
    clause: 'RFC7644-3.5.2-09',
    also: ['RFC7644-3.10-01'],
    applies: onUsers,
    cases: casesOf(prefixed),
    async run(context, { name: key }) {
      const { start, operations, gives } = planOf(prefixed, key, context.given);
      await change(context, await startUser(context, start), operations, gives);
    },
  },
  {
    id: 'patch.value-path-logic',
    title: 'A value path selects by and, or and brackets',
    clause: 'RFC7644-3.5.2-09',
    applies: [...onUsers, writes('emails')],
    cases: casesOf(selections),
    async run(context, { name: key }) {
      const { start, operations, gives } = planOf(selections, key, context.given);
      await change(context, await startUser(context, start), operations, gives);
    },
  },
  {
    id: 'patch.value-path-operator',
    title: 'A value path selects by the operators of filters, where they are offered',
    clause: 'RFC7644-3.5.2-09',
    applies: [...onUsers, writes('emails')],
    cases: casesOf(operators),
    async run(context, { name: key }) {
      if (key === 'value-other-case' && caseExact(context.facts, 'emails', 'type')) {
        throw new NotApplicable('/Schemas has emails.type as caseExact');
      }
      const { start, operations, gives } = planOf(operators, key, context.given);
      const subject = await startUser(context, start);
      const answer = await send(context, '/Users', subject.id, operations);
      const path = operations[0]?.path ?? '';
      if (declines(answer)) throw new NotApplicable(`the path ${path} is declined: ${describeAnswer(answer)}`);
      succeeds(answer);
      await shows(context, subject, gives, answer);
    },
  },
  {
    id: 'patch.value-path-without-match-in-and',
    title: 'A removal by two conditions takes no element for which one of them holds alone',
    clause: 'RFC7644-3.5.2.2-04',
    applies: [...onUsers, writes('emails')],
    async run(context) {
      const { given } = context;
      const [work, home] = [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')];
      const subject = await startUser(context, { emails: [work, home] });
      const path = `emails[type eq "home" and value eq ${filterValue(textOf(work))}]`;
      await send(context, '/Users', subject.id, [{ op: 'remove', path }]);
      await shows(context, subject, {});
    },
  },
  {
    id: 'patch.in-order',
    title: 'Operations are carried out in their order, each on what the one before left',
    clause: 'RFC7644-3.5.2-21',
    applies: onUsers,
    cases: casesOf(ordered),
    async run(context, { name: key }) {
      const { start, operations, gives } = planOf(ordered, key, context.given);
      await change(context, await startUser(context, start), operations, gives);
    },
  },
] as const satisfies readonly Check[];
