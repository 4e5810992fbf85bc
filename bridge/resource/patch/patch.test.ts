import { expect } from 'chai';
import { ENTERPRISE_USER, GROUP, PATCH_OP, USER } from '../../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Resource } from '../resource.ts';
import { GADGET, WARRANTY, gadget, group, refusal, user } from '../examples.test.ts';
import type { CompiledType } from '../type.ts';
import { applyPatch, defaultSettings, type PatchSettings } from './index.ts';

const message = (...Operations: readonly Json[]): JsonObject => ({ schemas: [PATCH_OP], Operations });
const add = (path: string | undefined, value: Json): JsonObject => ({
  op: 'add',
  ...(path !== undefined && { path }),
  value,
});
const replace = (path: string | undefined, value: Json): JsonObject => ({ ...add(path, value), op: 'replace' });
const remove = (path: string, value?: Json): JsonObject => ({
  op: 'remove',
  path,
  ...(value !== undefined && { value }),
});

const bare: Resource = { schemas: [USER], id: '1', userName: 'ada', meta: { resourceType: 'User' } };
const work = { value: 'a@work', type: 'work', primary: true };
const home = { value: 'a@home', type: 'home' };
const ada: Resource = {
  ...bare,
  title: 'T',
  active: true,
  name: { givenName: 'Ada', familyName: 'L' },
  emails: [work, home],
};
const staff: Resource = {
  ...bare,
  schemas: [USER, ENTERPRISE_USER],
  [ENTERPRISE_USER]: { department: 'D', manager: { value: 'm' } },
};
const team: Resource = {
  schemas: [GROUP],
  id: 'g',
  displayName: 'G',
  members: [{ value: 'u1', type: 'User' }, { value: 'u2', type: 'User' }, { value: 'u3' }],
};
const empty: Resource = { schemas: [GROUP], id: 'g', displayName: 'G' };
const thing: Resource = {
  schemas: [GADGET, WARRANTY],
  id: 't',
  label: 'L',
  serial: 's',
  state: 'on',
  tags: ['red', 'green'],
  maker: { name: 'M', country: 'CH', rating: 'A' },
  ports: [{ value: 80 }, { value: 443, type: 'tls' }],
  parts: [{ ref: 'p1', note: 'n' }],
  [WARRANTY]: { months: 1, terms: 't' },
};
const { serial: _serial, ...unset } = thing;
const plainThing: Resource = { ...unset, id: 't' };
const without = (resource: Resource, ...names: string[]): Resource => ({
  id: resource.id,
  ...Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name))),
});

describe('patch', () => {
  type Change = [
    what: string,
    type: CompiledType,
    before: Resource,
    operations: readonly Json[],
    after: Resource,
    settings?: Partial<PatchSettings>,
  ];
  const changes: readonly Change[] = [
    // add
    ['adds an attribute', user, bare, [add('title', 'T')], { ...bare, title: 'T' }],
    ['adds over a singular attribute', user, ada, [add('title', 'U')], { ...ada, title: 'U' }],
    ['adds to a list', user, ada, [add('emails', [{ value: 'c' }])], { ...ada, emails: [work, home, { value: 'c' }] }],
    [
      'adds a single element without array',
      user,
      ada,
      [add('emails', { value: 'c', type: 'other' })],
      { ...ada, emails: [work, home, { value: 'c', type: 'other' }] },
    ],
    ['adds to a list that is not there', user, bare, [add('emails', [home])], { ...bare, emails: [home] }],
    [
      'adds several attributes without path',
      user,
      ada,
      [add(undefined, { nickName: 'N', emails: [{ value: 'c' }] })],
      { ...ada, nickName: 'N', emails: [work, home, { value: 'c' }] },
    ],
    [
      'merges what is added to a complex attribute',
      user,
      ada,
      [add('name', { middleName: 'M' })],
      { ...ada, name: { givenName: 'Ada', familyName: 'L', middleName: 'M' } },
    ],
    ['adds a sub-attribute', user, bare, [add('name.givenName', 'A')], { ...bare, name: { givenName: 'A' } }],
    [
      'adds to the elements that match',
      user,
      ada,
      [add('emails[type eq "work"].display', 'D')],
      { ...ada, emails: [{ ...work, display: 'D' }, home] },
    ],
    [
      'adds an object to the elements that match',
      user,
      ada,
      [add('emails[type eq "work"]', { display: 'D' })],
      { ...ada, emails: [{ ...work, display: 'D' }, home] },
    ],
    [
      'adds the element that a filter describes',
      user,
      ada,
      [add('emails[type eq "other"].value', 'o')],
      { ...ada, emails: [work, home, { type: 'other', value: 'o' }] },
    ],
    [
      'adds the element that a filter of several equalities describes',
      user,
      bare,
      [add('addresses[type eq "work" and country eq "CH"]', { locality: 'B' })],
      { ...bare, addresses: [{ type: 'work', country: 'CH', locality: 'B' }] },
    ],
    [
      'adds a member',
      group,
      team,
      [add('members', [{ value: 'u4' }])],
      { ...team, members: [...(team['members'] as Json[]), { value: 'u4' }] },
    ],
    [
      'adds a member with a null reference',
      group,
      empty,
      [{ op: 'Add', path: 'members', value: [{ $ref: null, value: 'u1' }] }],
      { ...empty, members: [{ value: 'u1' }] },
    ],
    [
      'adds what an element lacks',
      group,
      team,
      [add('members', [{ value: 'u3', type: 'User', $ref: 'https://x/3' }])],
      {
        ...team,
        members: [
          { value: 'u1', type: 'User' },
          { value: 'u2', type: 'User' },
          { value: 'u3', type: 'User', $ref: 'https://x/3' },
        ],
      },
    ],
    [
      'adds the same value under another type',
      user,
      ada,
      [add('emails', [{ value: 'a@work', type: 'home' }])],
      { ...ada, emails: [work, home, { value: 'a@work', type: 'home' }] },
    ],
    [
      'adds many members, each once',
      group,
      team,
      [
        add(
          'members',
          ['u3', 'u4', 'u5', 'u4', 'u6', 'u1'].map(value => ({ value })),
        ),
      ],
      { ...team, members: [...(team['members'] as Json[]), { value: 'u4' }, { value: 'u5' }, { value: 'u6' }] },
    ],
    [
      'adds to an extension and names it in schemas',
      user,
      bare,
      [add(`${ENTERPRISE_USER}:department`, 'D')],
      { ...bare, schemas: [USER, ENTERPRISE_USER], [ENTERPRISE_USER]: { department: 'D' } },
    ],
    [
      'adds an extension as a whole',
      user,
      bare,
      [add(undefined, { [ENTERPRISE_USER]: { department: 'D' } })],
      { ...bare, schemas: [USER, ENTERPRISE_USER], [ENTERPRISE_USER]: { department: 'D' } },
    ],
    [
      'lets schemas be told beforehand',
      user,
      bare,
      [add('schemas', [ENTERPRISE_USER]), add(`${ENTERPRISE_USER}:division`, 'D')],
      { ...bare, schemas: [USER, ENTERPRISE_USER], [ENTERPRISE_USER]: { division: 'D' } },
    ],
    [
      'adds to simple values',
      gadget,
      thing,
      [add('tags', ['RED', 'blue'])],
      { ...thing, tags: ['red', 'green', 'blue'] },
    ],
    ['adds a first immutable value', gadget, plainThing, [add('serial', 's')], thing],
    // replace
    ['replaces a boolean', user, ada, [replace('active', false)], { ...ada, active: false }],
    [
      'takes text for a boolean',
      user,
      ada,
      [{ op: 'Replace', path: 'active', value: 'False' }],
      { ...ada, active: false },
    ],
    [
      'takes text for a boolean without path',
      user,
      bare,
      [replace(undefined, { active: 'TRUE' })],
      { ...bare, active: true },
    ],
    ['replaces without path', user, ada, [replace(undefined, { active: false })], { ...ada, active: false }],
    [
      'takes dotted and URN names without path',
      user,
      ada,
      [
        replace(undefined, {
          'name.givenName': 'B',
          [`${USER}:title`]: 'U',
          [`${ENTERPRISE_USER}:department`]: 'D',
          [`${ENTERPRISE_USER}:manager.value`]: 'm',
        }),
      ],
      {
        ...ada,
        name: { givenName: 'B', familyName: 'L' },
        title: 'U',
        schemas: [USER, ENTERPRISE_USER],
        [ENTERPRISE_USER]: { department: 'D', manager: { value: 'm' } },
      },
    ],
    [
      'takes value paths as names without path',
      user,
      ada,
      [replace(undefined, { 'emails[type eq "home"].value': 'z' })],
      { ...ada, emails: [work, { ...home, value: 'z' }] },
    ],
    [
      'ignores unknown names without path',
      user,
      ada,
      [replace(undefined, { zz: 1, 'a b': 2, title: 'U', 'name.zz': 1 })],
      { ...ada, title: 'U' },
    ],
    [
      'ignores readOnly names without path',
      user,
      ada,
      [replace(undefined, { id: 'x', meta: {}, groups: [{ value: 'g' }], schemas: [USER], title: 'U' })],
      { ...ada, title: 'U' },
    ],
    [
      'renames a group by id and name',
      group,
      team,
      [replace(undefined, { id: 'g', displayName: 'H' })],
      { ...team, displayName: 'H' },
    ],
    [
      'empties and renames a group',
      group,
      team,
      [replace(undefined, { id: 'g', displayName: 'H', members: [] })],
      { ...empty, displayName: 'H' },
    ],
    [
      'merges what replaces a complex attribute',
      user,
      ada,
      [replace('name', { givenName: 'C' })],
      { ...ada, name: { givenName: 'C', familyName: 'L' } },
    ],
    [
      'clears a sub-attribute that is replaced by null',
      user,
      ada,
      [replace('name', { givenName: null })],
      { ...ada, name: { familyName: 'L' } },
    ],
    ['sets what is not there', user, bare, [replace('nickName', 'n')], { ...bare, nickName: 'n' }],
    ['replaces a list', user, ada, [replace('emails', [{ value: 'c' }])], { ...ada, emails: [{ value: 'c' }] }],
    ['replaces a list by an empty one', group, team, [replace('members', [])], empty],
    ['replaces a list by null', user, ada, [replace('emails', null)], without(ada, 'emails')],
    ['unassigns by null', user, ada, [replace('title', null)], without(ada, 'title')],
    [
      'unassigns by null without path',
      user,
      ada,
      [replace(undefined, { title: null, name: { givenName: 'X' } })],
      without({ ...ada, name: { givenName: 'X', familyName: 'L' } }, 'title'),
    ],
    [
      'replaces in the elements that match',
      user,
      ada,
      [replace('emails[type eq "work"].value', 'w')],
      { ...ada, emails: [{ ...work, value: 'w' }, home] },
    ],
    [
      'replaces in all elements that match',
      user,
      { ...bare, addresses: [{ type: 'work', locality: 'A', country: 'CH' }, { type: 'work' }, { type: 'home' }] },
      [replace('addresses[type eq "work"]', { locality: 'X' })],
      {
        ...bare,
        addresses: [{ type: 'work', locality: 'X', country: 'CH' }, { type: 'work', locality: 'X' }, { type: 'home' }],
      },
    ],
    [
      'replaces a simple value that matches',
      gadget,
      thing,
      [replace('tags[value eq "RED"]', 'blue')],
      { ...thing, tags: ['blue', 'green'] },
    ],
    [
      'replaces a sub-attribute of all elements',
      user,
      ada,
      [replace('emails.display', 'D')],
      {
        ...ada,
        emails: [
          { ...work, display: 'D' },
          { ...home, display: 'D' },
        ],
      },
    ],
    [
      'leaves no element twice',
      user,
      ada,
      [replace('emails[type eq "home"]', { type: 'work', value: 'A@WORK' })],
      { ...ada, emails: [work] },
    ],
    [
      'replaces an extension by its URN',
      user,
      staff,
      [replace(ENTERPRISE_USER, { department: 'E' })],
      { ...staff, [ENTERPRISE_USER]: { department: 'E', manager: { value: 'm' } } },
    ],
    [
      'takes the bare id of a manager',
      user,
      bare,
      [{ op: 'Replace', path: `${ENTERPRISE_USER}:manager`, value: 'm' }],
      { ...bare, schemas: [USER, ENTERPRISE_USER], [ENTERPRISE_USER]: { manager: { value: 'm' } } },
    ],
    [
      'creates what does not match, where the settings say so',
      user,
      ada,
      [replace('emails[type eq "other"].value', 'o')],
      { ...ada, emails: [work, home, { type: 'other', value: 'o' }] },
      { unmatchedReplace: 'create' },
    ],
    [
      'reads names and URNs in any case',
      user,
      ada,
      [
        replace('USERNAME', 'b'),
        replace('Name.FAMILYNAME', 'M'),
        replace(`${USER.toUpperCase()}:TITLE`, 'U'),
        replace('EMAILS[TYPE EQ "home"].VALUE', 'h'),
      ],
      {
        ...ada,
        userName: 'b',
        name: { givenName: 'Ada', familyName: 'M' },
        title: 'U',
        emails: [work, { ...home, value: 'h' }],
      },
    ],
    // primary
    [
      'hands the primary flag to an added element',
      user,
      ada,
      [add('emails', [{ value: 'c', primary: true }])],
      { ...ada, emails: [{ ...work, primary: false }, home, { value: 'c', primary: true }] },
    ],
    [
      'hands the primary flag to an element that is there',
      user,
      ada,
      [add('emails', [{ ...home, primary: true }])],
      {
        ...ada,
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'hands the primary flag over by path',
      user,
      ada,
      [replace('emails[type eq "home"].primary', true)],
      {
        ...ada,
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'hands the primary flag over as text',
      user,
      ada,
      [replace('emails[type eq "home"].primary', 'True')],
      {
        ...ada,
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'hands the primary flag over with an element',
      user,
      ada,
      [replace('emails[type eq "home"]', { primary: true })],
      {
        ...ada,
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'takes the primary flag away',
      user,
      ada,
      [replace('emails[primary eq true].primary', false)],
      { ...ada, emails: [{ ...work, primary: false }, home] },
    ],
    // remove
    ['removes an attribute', user, ada, [remove('title')], without(ada, 'title')],
    ['removes a list', user, ada, [remove('emails')], without(ada, 'emails')],
    ['removes a complex attribute', user, ada, [remove('name')], without(ada, 'name')],
    ['removes a sub-attribute', user, ada, [remove('name.givenName')], { ...ada, name: { familyName: 'L' } }],
    [
      'removes an attribute with its last sub-attribute',
      user,
      ada,
      [remove('name.givenName'), remove('name.familyName')],
      without(ada, 'name'),
    ],
    [
      'removes what matches',
      group,
      team,
      [remove('members[value eq "U2"]')],
      { ...team, members: [{ value: 'u1', type: 'User' }, { value: 'u3' }] },
    ],
    [
      'removes the last element that matches',
      user,
      { ...bare, emails: [home] },
      [remove('emails[type eq "home"]')],
      bare,
    ],
    [
      'removes a sub-attribute of what matches',
      user,
      ada,
      [remove('emails[type eq "work"].primary')],
      { ...ada, emails: [{ value: 'a@work', type: 'work' }, home] },
    ],
    [
      'removes a simple value that matches',
      gadget,
      thing,
      [remove('tags[value eq "red"]')],
      { ...thing, tags: ['green'] },
    ],
    [
      'removes the listed members',
      group,
      team,
      [{ op: 'Remove', path: 'members', value: [{ value: 'u1' }, { value: 'u9' }] }],
      { ...team, members: [{ value: 'u2', type: 'User' }, { value: 'u3' }] },
    ],
    [
      'removes listed members by more than their id',
      group,
      team,
      [
        remove('members', [
          { value: 'u2', type: 'User', display: 'Ada', $ref: null },
          { value: 'u3', type: 'User' },
        ]),
      ],
      { ...team, members: [{ value: 'u1', type: 'User' }] },
    ],
    [
      'removes members listed as text, or one alone',
      group,
      team,
      [remove('members', ['u1']), remove('members', { value: 'u3' })],
      { ...team, members: [{ value: 'u2', type: 'User' }] },
    ],
    ['removes all members when all are listed', group, team, [remove('members', ['u3', 'u2', 'u1', 'u0'])], empty],
    [
      'removes a listed value of its type only',
      user,
      ada,
      [remove('emails', [{ value: 'a@work', type: 'home' }, { value: 'a@home' }])],
      { ...ada, emails: [work] },
    ],
    [
      'removes all for a value list, where the settings say so',
      group,
      team,
      [remove('members', [{ value: 'u1' }])],
      empty,
      { removeValue: 'all' },
    ],
    [
      'removes an extension attribute, and schemas with the last one',
      user,
      staff,
      [remove(`${ENTERPRISE_USER}:manager`), remove(`${ENTERPRISE_USER}:department`)],
      bare,
    ],
    [
      'removes a manager that matches',
      user,
      staff,
      [remove(`${ENTERPRISE_USER}:manager[value eq "m"]`)],
      { ...staff, [ENTERPRISE_USER]: { department: 'D' } },
    ],
    ['removes an extension by its URN', user, staff, [remove(ENTERPRISE_USER)], bare],
    [
      'removes an extension that is replaced by null',
      user,
      staff,
      [replace(undefined, { [ENTERPRISE_USER]: null })],
      bare,
    ],
    // in turn
    [
      'runs operations in turn',
      group,
      team,
      [remove('members[value eq "u1"]'), add('members', [{ value: 'u4' }]), remove('members', [{ value: 'u2' }])],
      { ...team, members: [{ value: 'u3' }, { value: 'u4' }] },
    ],
    [
      'keeps what an immutable sub-attribute says',
      gadget,
      thing,
      [replace('maker', { name: 'N', country: 'ch', rating: 'Z' })],
      { ...thing, maker: { name: 'N', country: 'CH', rating: 'A' } },
    ],
    [
      'ignores a path outside the schema, where the settings say so',
      user,
      ada,
      [replace('zz', 1), replace('urn:x:y:z', 1), replace('title', 'U')],
      { ...ada, title: 'U' },
      { unknownPath: 'ignore' },
    ],
    [
      'takes names of the message in any case',
      user,
      ada,
      [{ OP: 'REPLACE', Path: 'title', VALUE: 'U' }],
      { ...ada, title: 'U' },
    ],
  ];
  for (const [what, type, before, operations, after, settings] of changes) {
    it(what, () => {
      const [untouched, sent] = [structuredClone(before), structuredClone(operations)];
      const result = applyPatch(type, message(...operations), before, { ...defaultSettings, ...settings });
      expect(result).to.deep.equal(after);
      expect(before, 'the resource as it was').to.deep.equal(untouched);
      expect(operations, 'the message').to.deep.equal(sent);
      expect(JSON.stringify(result)).not.to.match(/null|\[\]|\{\}/);
    });
  }

  const same: readonly [string, CompiledType, Resource, readonly Json[]][] = [
    ['adding what is there', user, ada, [add('title', 'T'), add('emails', [home]), add('name', { givenName: 'Ada' })]],
    ['adding a member again', group, team, [add('members', [{ value: 'u1' }, { value: 'U2', type: 'user' }])]],
    [
      'adding many members again',
      group,
      team,
      [
        add(
          'members',
          ['u1', 'u2', 'u3', 'u1'].map(value => ({ value })),
        ),
      ],
    ],
    [
      'adding nothing',
      user,
      ada,
      [add('emails', []), add('phoneNumbers', []), add('phoneNumbers', null), add(undefined, {})],
    ],
    [
      'replacing by the same',
      user,
      ada,
      [
        replace('emails', [work, home]),
        replace('active', true),
        replace(undefined, { title: 'T', name: { familyName: 'L' } }),
      ],
    ],
    [
      'removing what is not set',
      user,
      ada,
      [
        remove('nickName'),
        remove('phoneNumbers'),
        remove('name.middleName'),
        remove(`${ENTERPRISE_USER}:department`),
        remove(ENTERPRISE_USER),
        remove('phoneNumbers[type eq "x"]'),
      ],
    ],
    [
      'removing who is no member',
      group,
      team,
      [remove('members[value eq "u9"]'), remove('members', [{ value: 'u9' }]), remove('members', [])],
    ],
    ['removing a manager that does not match', user, staff, [remove(`${ENTERPRISE_USER}:manager[value eq "x"]`)]],
    [
      'changing there and back',
      user,
      ada,
      [replace('title', 'U'), add('nickName', 'n'), replace('title', 'T'), remove('nickName')],
    ],
    [
      'setting an immutable value to itself',
      gadget,
      thing,
      [replace('serial', 'S'), add('serial', 's'), replace('maker.country', 'CH')],
    ],
    ['handing the primary flag to who has it', user, ada, [replace('emails[type eq "work"].primary', true)]],
    ['setting schemas', user, staff, [add('schemas', [ENTERPRISE_USER]), replace('schemas', [USER])]],
  ];
  for (const [what, type, resource, operations] of same) {
    it(`answers the same resource for ${what}`, () => {
      expect(applyPatch(type, message(...operations), resource)).to.equal(resource);
    });
  }

  type Refused = [
    what: string,
    type: CompiledType,
    resource: Resource,
    body: Json,
    expected: RegExp,
    settings?: Partial<PatchSettings>,
  ];
  const refused: readonly Refused[] = [
    ['no object', user, ada, [], /^400 invalidSyntax: The body of a PATCH/],
    ['no schemas', user, ada, { Operations: [remove('title')] }, /^400 invalidSyntax: "schemas"/],
    ['foreign schemas', user, ada, { schemas: [USER], Operations: [remove('title')] }, /^400 invalidSyntax: "schemas"/],
    ['no operations', user, ada, { schemas: [PATCH_OP] }, /^400 invalidSyntax: "Operations"/],
    ['an empty list of operations', user, ada, message(), /^400 invalidSyntax: "Operations"/],
    [
      'an object for operations',
      user,
      ada,
      { schemas: [PATCH_OP], Operations: {} },
      /^400 invalidSyntax: "Operations"/,
    ],
    ['text for an operation', user, ada, message('x'), /^400 invalidSyntax: Operation 1 takes an object/],
    ['no op', user, ada, message({ path: 'title', value: 'x' }), /^400 invalidSyntax: Operation 1: "op"/],
    ['an empty op', user, ada, message({ op: '', path: 'title', value: 'x' }), /^400 invalidSyntax/],
    ['a list for op', user, ada, message({ op: ['add'], path: 'title', value: 'x' }), /^400 invalidSyntax/],
    [
      'an op of JSON Patch',
      user,
      ada,
      message(remove('title'), { op: 'move', path: 'title', from: 'x' }),
      /^400 invalidSyntax: Operation 2: "op"/,
    ],
    [
      'add without value',
      user,
      ada,
      message({ op: 'add', path: 'title' }),
      /^400 invalidValue: Operation 1: "add" needs a "value"/,
    ],
    ['replace without value', user, ada, message({ op: 'replace' }), /^400 invalidValue: Operation 1/],
    ['remove without path', user, ada, message({ op: 'remove' }), /^400 noTarget: Operation 1/],
    ['a number for path', user, ada, message({ op: 'remove', path: 1 }), /^400 invalidPath: Operation 1/],
    [
      'text without path',
      user,
      ada,
      message(replace(undefined, 'x')),
      /^400 invalidValue: "replace" without a path takes an object/,
    ],
    ['a list without path', user, ada, message(add(undefined, [{ title: 'x' }])), /^400 invalidValue/],
    ['an empty path', user, ada, message(replace('', 'x')), /^400 invalidPath/],
    ['a malformed path', user, ada, message(replace('name..familyName', 'x')), /^400 invalidPath/],
    ['a JSON pointer', user, ada, message(replace('/emails/0', 'x')), /^400 invalidPath/],
    ['an unfinished filter', user, ada, message(replace('emails[type eq', 'x')), /^400 invalidFilter: At character 15/],
    [
      'an attribute outside the schema',
      user,
      ada,
      message(replace('noSuchAttr', 'x')),
      /^400 invalidPath: A User has no attribute "noSuchAttr"/,
    ],
    ['an extension attribute without URN', user, ada, message(replace('department', 'x')), /^400 invalidPath/],
    [
      'a sub-attribute outside the schema',
      user,
      ada,
      message(replace('emails[type pr].zz', 'x')),
      /^400 invalidPath: "emails" has no sub-attribute "zz"/,
    ],
    [
      'a filter on a sub-attribute outside the schema',
      user,
      ada,
      message(replace('emails[zz pr].value', 'x')),
      /^400 invalidFilter/,
    ],
    [
      'brackets behind a simple attribute',
      user,
      ada,
      message(replace('title[value eq "T"]', 'x')),
      /^400 invalidPath: "title" has no elements/,
    ],
    ['names of object members as paths', user, ada, message(replace('__proto__.active', true)), /^400 invalidPath/],
    ['inherited names as paths', user, ada, message(replace('constructor', {})), /^400 invalidPath/],
    [
      'a replace that matches nothing',
      user,
      ada,
      message(replace('emails[type eq "other"].value', 'x')),
      /^400 noTarget: No element of "emails" matches/,
    ],
    [
      'a replace that matches nothing in an empty list',
      user,
      bare,
      message(replace('emails[type eq "work"]', { value: 'x' })),
      /^400 noTarget/,
    ],
    [
      'an add whose filter describes no element',
      user,
      ada,
      message(add('emails[type sw "o"].value', 'x')),
      /^400 noTarget/,
    ],
    [
      'an add whose alternatives describe no element',
      user,
      ada,
      message(add('emails[type eq "o" or type eq "p"].value', 'x')),
      /^400 noTarget/,
    ],
    [
      'a manager that does not match',
      user,
      staff,
      message(replace(`${ENTERPRISE_USER}:manager[value eq "x"].value`, 'y')),
      /^400 noTarget/,
    ],
    ['id', user, ada, message(replace('id', 'x')), /^400 mutability: "id" is readOnly/],
    ['meta', user, ada, message(replace('meta.created', 'x')), /^400 mutability: "meta" is readOnly/],
    ['removing id', user, ada, message(remove('id')), /^400 mutability/],
    ['removing groups', user, ada, message(remove('groups')), /^400 mutability/],
    ['adding to groups', user, ada, message(add('groups', [{ value: 'g' }])), /^400 mutability/],
    [
      'a readOnly sub-attribute',
      user,
      staff,
      message(replace(`${ENTERPRISE_USER}:manager.displayName`, 'x')),
      /^400 mutability: .*manager.displayName" is readOnly/,
    ],
    ['removing what is required', user, ada, message(remove('userName')), /^400 mutability: "userName" is required/],
    ['removing the name of a group', group, team, message(remove('displayName')), /^400 mutability/],
    [
      'null for what is required',
      user,
      ada,
      message(replace('userName', null)),
      /^400 invalidValue: "userName" is required/,
    ],
    [
      'empty text for what is required',
      user,
      ada,
      message(replace(undefined, { userName: '' })),
      /^400 invalidValue: "userName" is required/,
    ],
    ['removing schemas', user, ada, message(remove('schemas')), /^400 mutability/],
    ['a number for schemas', user, ada, message(add('schemas', 5)), /^400 invalidValue/],
    [
      'removing a required sub-attribute',
      gadget,
      thing,
      message(remove('maker.name')),
      /^400 mutability: "maker.name"/,
    ],
    [
      'removing a required sub-attribute of an element',
      gadget,
      thing,
      message(remove('parts[ref eq "p1"].ref')),
      /^400 mutability: "parts.ref"/,
    ],
    [
      'an element without its required sub-attribute',
      gadget,
      thing,
      message(add('parts', [{ note: 'x' }])),
      /^400 invalidValue: "parts.ref"/,
    ],
    [
      'a complex value without its required sub-attribute',
      gadget,
      without(thing, 'maker'),
      message(add('maker.country', 'CH')),
      /^400 invalidValue: "maker.name"/,
    ],
    [
      'an extension without its required attribute',
      gadget,
      thing,
      message(remove(`${WARRANTY}:months`)),
      /^400 mutability/,
    ],
    ['removing a required extension', gadget, thing, message(remove(WARRANTY)), /^400 mutability/],
    [
      'another immutable value',
      gadget,
      thing,
      message(replace('serial', 'x')),
      /^400 mutability: "serial" is immutable/,
    ],
    ['removing an immutable value', gadget, thing, message(remove('serial')), /^400 mutability/],
    ['null for an immutable value', gadget, thing, message(replace(undefined, { serial: null })), /^400 mutability/],
    [
      'another immutable sub-attribute',
      gadget,
      thing,
      message(replace('maker.country', 'DE')),
      /^400 mutability: "maker.country"/,
    ],
    [
      'another immutable value of an extension',
      gadget,
      thing,
      message(replace(`${WARRANTY}:terms`, 'x')),
      /^400 mutability/,
    ],
    [
      'another id for a member',
      group,
      team,
      message(replace('members[value eq "u1"].value', 'x')),
      /^400 mutability: "members.value"/,
    ],
    [
      'another id for a member with the element',
      group,
      team,
      message(replace('members[value eq "u1"]', { value: 'x' })),
      /^400 mutability: "members.value"/,
    ],
    ['removing the id of a member', group, team, message(remove('members[value eq "u1"].value')), /^400 mutability/],
    ['text for a boolean that is none', user, ada, message(replace('active', 'maybe')), /^400 invalidValue: "active"/],
    [
      'text for a boolean, where the settings say so',
      user,
      ada,
      message(replace('active', 'true')),
      /^400 invalidValue/,
      { booleanText: 'refuse' },
    ],
    ['a number for a list', user, ada, message(replace('emails', 5)), /^400 invalidValue: "emails"/],
    [
      'text for a complex attribute without value',
      user,
      ada,
      message(add('name', 'x')),
      /^400 invalidValue: "name" takes an object/,
    ],
    ['an object for text', user, ada, message(add('userName', {})), /^400 invalidValue: "userName"/],
    ['a list for text', user, ada, message(replace('title', ['x'])), /^400 invalidValue: "title"/],
    ['text for an extension', user, ada, message(replace(ENTERPRISE_USER, 'x')), /^400 invalidValue/],
    [
      'text for an element',
      user,
      ada,
      message(replace('emails[type eq "work"]', 'x')),
      /^400 invalidValue: An element of "emails"/,
    ],
    [
      'two primary elements at once',
      user,
      ada,
      message(replace('emails', [work, { ...home, primary: true }])),
      /^400 invalidValue: "emails" has more than one/,
    ],
    [
      'two primary elements to add',
      user,
      bare,
      message(add('emails', [work, { ...home, primary: true }])),
      /^400 invalidValue/,
    ],
    [
      'the primary flag for several elements',
      user,
      { ...ada, emails: [home, { ...home, value: 'b' }] },
      message(replace('emails[type eq "home"].primary', true)),
      /^400 invalidValue/,
    ],
    [
      'one name in two spellings',
      user,
      ada,
      message(replace(undefined, { title: 'a', TITLE: 'b' })),
      /^400 invalidValue: "title" is given more than once/,
    ],
    [
      'an unknown name, where the settings say so',
      user,
      ada,
      message(replace(undefined, { zz: 1 })),
      /^400 invalidValue: A User has no attribute "zz"/,
      { unknownAttributes: 'refuse' },
    ],
    [
      'a value list for remove, where the settings say so',
      group,
      team,
      message(remove('members', [{ value: 'u1' }])),
      /^400 invalidValue: "remove" takes no value/,
      { removeValue: 'refuse' },
    ],
    [
      'what would ask for a secret',
      gadget,
      thing,
      message(replace('maker[secret eq "x"].name', 'y')),
      /^403 sensitive/,
    ],
    [
      'all operations when one is refused',
      user,
      ada,
      message(replace('title', 'U'), replace('id', 'x')),
      /^400 mutability: Operation 2: "id" is readOnly/,
    ],
  ];
  for (const [what, type, resource, body, expected, settings] of refused) {
    it(`refuses ${what}`, () => {
      const untouched = structuredClone(resource);
      expect(refusal(() => applyPatch(type, body, resource, { ...defaultSettings, ...settings }))).to.match(expected);
      expect(resource).to.deep.equal(untouched);
    });
  }

  it('bounds operations and value paths in a message', () => {
    const many = (count: number) => message(...Array.from({ length: count }, () => add('title', 'T')));
    const paths = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`emails[value eq "${at}"].type`, 'x']));
    expect(applyPatch(user, many(1000), ada)).to.equal(ada);
    expect(refusal(() => applyPatch(user, many(1001), ada))).to.match(
      /^413 undefined: "Operations" takes at most 1000/,
    );
    expect(refusal(() => applyPatch(user, message(add(undefined, paths)), ada))).to.match(/^413/);
  });

  it('bounds how often the operations go through long lists', () => {
    const members = Array.from({ length: 10_000 }, (_, at) => ({ value: `${at}` }));
    const crowd: Resource = { ...empty, id: 'g', members };
    const removals = (count: number, path: string) => message(...Array.from({ length: count }, () => remove(path)));
    expect(applyPatch(group, removals(400, 'members[value eq "x"]'), crowd)).to.equal(crowd);
    for (const [count, path] of [
      [401, 'members[value eq "x"]'],
      [201, 'members[value eq "x" or value eq "y"]'],
    ] as const) {
      expect(refusal(() => applyPatch(group, removals(count, path), crowd))).to.match(/^413 undefined: .*in parts/);
    }
    const extended = add(
      undefined,
      Object.fromEntries(members.slice(0, 401).map(({ value }) => [`members[value eq "${value}"]`, { type: 'User' }])),
    );
    expect(refusal(() => applyPatch(group, message(extended), crowd))).to.match(/^413/);
  });

  it('takes messages without schemas where the settings say so', () => {
    const body = { operations: [replace('title', 'U')] };
    expect(applyPatch(user, body, ada, { ...defaultSettings, missingSchemas: 'accept' })['title']).to.equal('U');
  });

  it('is unmoved by names of object members in values', () => {
    const body = JSON.parse(
      `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"add","value":{"__proto__":{"active":false},"constructor":1,"name":{"__proto__":{"givenName":"x"}}}}]}`,
    ) as Json;
    expect(applyPatch(user, body, ada)).to.equal(ada);
    expect(Object.getPrototypeOf({})).not.to.have.property('active');
  });

  it('shares what it did not change with the resource it started from', () => {
    const after = applyPatch(group, message(add('members', [{ value: 'u4' }])), team);
    expect((after['members'] as Json[])[0]).to.equal((team['members'] as Json[])[0]);
  });
});
