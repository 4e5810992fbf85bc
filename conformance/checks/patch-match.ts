import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import { change, changing, changingEach, shows, startUser, writes } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { elementOf, leafOf, lists } from '../run/values.ts';
import { patch as send } from '../run/steps.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const multiple = { attributes: lists, conditions: [writes] } as const;

/** PATCH replace by value path, and of extensions (RFC 7644 section 3.5.2.3). */
export const patchMatch = [
  {
    id: 'patch.replace-matching',
    title: 'A replacement by a value path reaches every element that matches',
    clause: 'RFC7644-3.5.2.3-06',
    applies: [...onUsers, writes('addresses')],
    async run(context) {
      const { given } = context;
      const home = elementOf(given, 'addresses', 'home');
      const work = [elementOf(given, 'addresses', 'work'), elementOf(given, 'addresses', 'work')];
      const subject = await startUser(context, { addresses: [...work, home] });
      const value = { type: 'work', locality: 'Salem' };
      const answer = await send(context, '/Users', subject.id, [
        { op: 'replace', path: 'addresses[type eq "work"]', value },
      ]);
      const { status = 0 } = answer;
      expect.that(status >= 200 && status < 300, 'the PATCH to succeed', describeAnswer(answer), answer);
      const { addresses } = await context.stored('/Users', subject.id);
      const came = (Array.isArray(addresses) ? addresses : []) as readonly { type?: string; locality?: string }[];
      const places = (type: string) => came.filter(each => each.type === type).map(each => each.locality ?? '');
      // Whether sub-attributes that were not given stay is open, and so is whether two equal elements become one.
      expect.that(places('work').length > 0, 'addresses of type work', show(addresses), answer);
      for (const place of places('work')) expect.equal(place, 'Salem', 'locality of each address that matches', answer);
      expect.set(places('home'), ['Springfield'], 'locality of the other address as before:', answer);
    },
  },
  changingEach(
    {
      id: 'patch.replace-sub-attribute-of-match',
      title: 'A sub-attribute that is replaced by a value path changes in the element that matches, alone',
      clause: 'RFC7644-3.5.2.3-07',
    },
    multiple,
    (given, list) => {
      const [work, home, next] = [
        elementOf(given, list, 'work'),
        elementOf(given, list, 'home'),
        elementOf(given, list, 'other'),
      ];
      const leaf = leafOf[list];
      const value = next[leaf] ?? null;
      return {
        start: { [list]: [work, home] },
        operations: [{ op: 'replace', path: `${list}[type eq "home"].${leaf}`, value }],
        gives: { [list]: [work, { ...home, [leaf]: value }] },
      };
    },
  ),
  changing(
    {
      id: 'patch.replace-sub-attribute-of-matches',
      title: 'A sub-attribute that is replaced by a value path changes in every element that matches',
      clause: 'RFC7644-3.5.2.3-07',
    },
    [writes('addresses')],
    given => {
      const home = elementOf(given, 'addresses', 'home');
      const work = [elementOf(given, 'addresses', 'work'), elementOf(given, 'addresses', 'work')];
      return {
        start: { addresses: [...work, home] },
        operations: [{ op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Salem' }],
        gives: { addresses: [...work.map(each => Object.assign({}, each, { locality: 'Salem' })), home] },
      };
    },
  ),
  {
    id: 'patch.no-target-changes-nothing',
    title: 'A replacement whose value path matches nothing leaves the user as it was',
    clause: 'RFC7644-3.5.2-23',
    applies: [...onUsers, writes('emails')],
    cases: () => [{ name: 'element' }, { name: 'sub-attribute' }],
    async run(context, { name: kind }) {
      const { given } = context;
      const subject = await startUser(context, { emails: [elementOf(given, 'emails', 'work')] });
      const element = elementOf(given, 'emails', 'other');
      const operation =
        kind === 'element'
          ? ({ op: 'replace', path: 'emails[type eq "other"]', value: element } as const)
          : ({ op: 'replace', path: 'emails[type eq "other"].value', value: element['value'] ?? null } as const);
      const answer = await send(context, '/Users', subject.id, [operation]);
      if (answer.status === 400) await shows(context, subject, {}, answer);
      else return { observed: `not refused: ${describeAnswer(answer)}` };
      return undefined;
    },
  },
  changing(
    {
      id: 'patch.replace-extension',
      title: 'An attribute of an extension that is replaced has the new value, and the others are as before',
      clause: 'RFC7644-3.5.2.3-10',
    },
    [],
    () => ({
      start: { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } },
      operations: [{ op: 'replace', path: `${ENTERPRISE_USER}:department`, value: 'Smithy' }],
      gives: { [ENTERPRISE_USER]: { department: 'Smithy', costCenter: '4130' } },
    }),
  ),
  {
    id: 'patch.replace-manager',
    title: 'The manager of a user can be replaced, whole and by its value',
    clause: 'RFC7644-3.5.2.3-10',
    applies: onUsers,
    cases: () => [{ name: 'whole' }, { name: 'value' }],
    async run(context, { name: kind }) {
      const [first, second] = [await context.given.user(), await context.given.user()];
      const subject = await startUser(context, {
        [ENTERPRISE_USER]: { department: 'Foundry', manager: { value: first.id } },
      });
      const operation =
        kind === 'whole'
          ? ({ op: 'replace', path: `${ENTERPRISE_USER}:manager`, value: { value: second.id } } as const)
          : ({ op: 'replace', path: `${ENTERPRISE_USER}:manager.value`, value: second.id } as const);
      const gives = { [ENTERPRISE_USER]: { department: 'Foundry', manager: { value: second.id } } };
      await change(context, subject, [operation], gives);
    },
  },
  changing(
    {
      id: 'patch.value-path-by-value',
      title: 'A value path by the value of an element reaches that element',
      clause: 'RFC7644-3.5.2.3-07',
    },
    [writes('emails')],
    given => {
      const [work, home] = [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')];
      const path = `emails[value eq ${filterValue(home['value'] ?? null)}].type`;
      return {
        start: { emails: [work, home] },
        operations: [{ op: 'replace', path, value: 'other' }],
        gives: { emails: [work, { ...home, type: 'other' }] },
      };
    },
  ),
] as const satisfies readonly Check[];
