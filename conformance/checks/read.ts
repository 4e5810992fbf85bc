import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { isObject } from '../../scim/message/list.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves } from '../run/facts.ts';
import { alike } from '../run/state.ts';
import { onEachType, succeeded } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';

interface Changed extends Case {
  readonly change: (id: string) => string;
}

const almost: readonly Changed[] = [
  { name: 'a letter too many', change: id => `${id}x` },
  { name: 'a blank too many', change: id => `${id} ` },
  { name: 'a character too few', change: id => id.slice(0, -1) },
];

/** GET by id (RFC 7644 section 3.4.1). */
export const read = [
  {
    id: 'read.by-id',
    title: 'A resource can be read by its id',
    clause: 'RFC7644-3.4.1-01',
    applies: [],
    ...onEachType(async ({ scim }, endpoint, { id }) => {
      const answer = await scim.read(endpoint, id);
      expect.status(answer, 200);
      expect.equal(expect.object(answer)['id'], id, 'the resource with id', answer);
    }),
  },
  {
    id: 'read.unknown',
    title: 'A resource that does not exist is answered with 404',
    clause: 'RFC7644-3.4.1-02',
    also: ['RFC7644-3.12-12'],
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id } = await given.user();
      succeeded(await scim.read('/Users', id), 'read.by-id');
      expect.status(await scim.read('/Users', given.unknownId()), 404);
    },
  },
  {
    id: 'read.id-encoded',
    title: 'A character of an id may be percent-encoded',
    clause: 'RFC7644-1.2-01',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id } = await given.user();
      succeeded(await scim.read('/Users', id), 'read.by-id');
      const at = id.search(/[A-Za-z0-9]/);
      if (at < 0) throw new NotApplicable('the id has neither letters nor digits');
      const parts = [id.slice(0, at), id.slice(at + 1)].map(encodeURIComponent);
      const path = `/Users/${parts.join(`%${id.charCodeAt(at).toString(16).toUpperCase()}`)}`;
      const answer = await scim.request({ method: 'GET', path });
      if (answer.status === 200 && isObject(answer.json) && answer.json['id'] === id) return;
      // RFC 3986 section 6.2.2.2 asks whoever compares addresses to undo this, as a SHOULD.
      throw new Violation(`the user ${show(id)}`, describeAnswer(answer), answer, 'warning');
    },
  },
  {
    id: 'read.unknown-form',
    title: 'An id of a form that the provider does not use is unknown as well',
    clause: 'RFC7644-3.4.1-02',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id } = await given.user();
      succeeded(await scim.read('/Users', id), 'read.by-id');
      expect.status(await scim.read('/Users', 'not-an-id'), 404);
    },
  },
  {
    id: 'read.unknown-group',
    title: 'A group that does not exist is answered with 404',
    clause: 'RFC7644-3.4.1-02',
    applies: [serves('Group')],
    async run({ scim, given }) {
      const { id } = await given.group();
      succeeded(await scim.read('/Groups', id), 'read.by-id');
      expect.status(await scim.read('/Groups', given.unknownId()), 404);
    },
  },
  {
    id: 'read.other-type',
    title: 'The id of a user leads to nothing at the endpoint of groups',
    clause: 'RFC7644-3.4.1-02',
    also: ['RFC7644-3.12-12'],
    applies: [serves('User'), serves('Group')],
    async run({ scim, given }) {
      const { id } = await given.user();
      await given.group();
      expect.status(await scim.read('/Groups', id), 404);
    },
  },
  {
    id: 'read.id-other-case',
    title: 'An id in other letters of case is another id',
    clause: 'RFC7643-3.1-10',
    also: ['RFC7643-3.1-04'],
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id } = await given.user();
      const turned = id === id.toLowerCase() ? id.toUpperCase() : id.toLowerCase();
      if (turned === id) throw new NotApplicable('the id has no letters');
      succeeded(await scim.read('/Users', id), 'read.by-id');
      const answer = await scim.read('/Users', turned);
      if (answer.status === 200 && isObject(answer.json)) {
        throw new Violation('status 404', 'the user', answer, 'warning');
      }
      expect.status(answer, 404, 400);
    },
  },
  {
    id: 'read.id-whole',
    title: 'An id counts to its last character',
    clause: 'RFC7644-3.4.1-02',
    applies: [serves('User')],
    cases: () => almost,
    async run({ scim, given }: Context, { change }: Changed) {
      const { id } = await given.user();
      const other = change(id);
      if (other === '') throw new NotApplicable('the id has one character');
      succeeded(await scim.read('/Users', id), 'read.by-id');
      const answer = await scim.read('/Users', other);
      // Another user may have the shorter id.
      if (isObject(answer.json) && answer.status === 200 && answer.json['id'] !== id && other.length < id.length)
        return;
      expect.status(answer, 404, 400);
    },
  },
  {
    id: 'read.same-twice',
    title: 'A user that nobody changes is shown the same twice',
    clause: 'RFC7643-3.1-07',
    applies: [serves('User')],
    async run({ given, stored }) {
      const { id } = await given.user();
      const [first, second] = [await stored('/Users', id), await stored('/Users', id)];
      expect.that(alike(first, second), show(first), show(second));
    },
  },
  {
    id: 'read.endpoints',
    title: 'Users and groups live at /Users and /Groups',
    clause: 'RFC7644-3.2-01',
    applies: [],
    exclusive: true,
    ...onEachType(async ({ scim }, endpoint) => {
      expect.status(await scim.list(endpoint, { count: 1 }), 200, 400);
    }),
  },
] as const satisfies readonly Check[];
