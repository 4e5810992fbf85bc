import { patchOp, type PatchOperation } from '../scim/message/patch.ts';
import { resourcesOf } from '../scim/message/list.ts';
import type { JsonObject } from '../scim/wire/message.ts';
import { person, team, userName } from './people.ts';
import type { Call, Lane, Reply } from './lane.ts';

/** One kind of request that is measured. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** Most server CPU it may take, as a multiple of the floor. */
  readonly bar: number;
  readonly statuses: readonly number[];
  /** Sets up what a round needs; not measured. */
  readonly prepare?: (lane: Lane, count: number) => Promise<void>;
  /** The request of a number; numbers go on from round to round. */
  readonly call: (lane: Lane, number: number) => Call;
  /** Keeps something of every answer. */
  readonly keep?: (lane: Lane, reply: Reply) => void;
  /** True when the answer to the request of this number is right. */
  readonly isRight: (lane: Lane, number: number, body: JsonObject) => boolean;
  /** Undoes what a round has done, or looks at it once more; not measured. False when it finds something wrong. */
  readonly finish?: (lane: Lane, sent: number) => Promise<boolean>;
}

/** Members of a group before one is added. */
export const GROUP_SIZE = 1000;
/** Members that one group gets in a round at most, but for a few when rounds do not begin even. */
const ADDED = 50;
/** Users who are in no group when a round begins. */
export const JOINERS = ADDED + 10;
const PAGE = 100;

/** Spreads numbers over users without order: a step that shares no factor with the usual sizes. */
const pick = (number: number, size: number): number => (number * 7919) % size;
const idOf = ({ ids }: Lane, index: number): string => ids[index] ?? 'none';
const patch = (operations: readonly PatchOperation[]): string => JSON.stringify(patchOp(operations));
/** Every user is switched off, then every user on, and so on: each request changes something. */
const isActive = ({ size }: Lane, number: number): boolean => Math.floor(number / size) % 2 === 1;

/** Takes what a round has made out again. */
async function removeMade(lane: Lane, endpoint: string): Promise<boolean> {
  const replies = await Promise.all(lane.made.map(id => lane.send({ method: 'DELETE', path: `${endpoint}/${id}` })));
  lane.made = [];
  return replies.every(({ status }) => status === 204);
}

const madeId = ({ text }: Reply): string => (JSON.parse(text) as { id: string }).id;

export const columns: readonly Column[] = [
  {
    id: 'read',
    title: 'read by id',
    bar: 1.6,
    statuses: [200],
    call: (lane, number) => ({ method: 'GET', path: `/Users/${idOf(lane, pick(number, lane.size))}` }),
    isRight: (lane, number, { id, userName: name }) =>
      id === idOf(lane, pick(number, lane.size)) && name === userName('user', pick(number, lane.size)),
  },
  {
    id: 'filter',
    title: 'userName eq',
    bar: 1.8,
    statuses: [200],
    call: ({ size }, number) => {
      const filter = `userName eq "${userName('user', pick(number, size))}"`;
      return { method: 'GET', path: `/Users?filter=${encodeURIComponent(filter)}` };
    },
    isRight: (lane, number, body) =>
      body['totalResults'] === 1 && resourcesOf(body)[0]?.['id'] === idOf(lane, pick(number, lane.size)),
  },
  {
    id: 'create',
    title: 'POST',
    bar: 2.5,
    statuses: [201],
    call: (_lane, number) => ({ method: 'POST', path: '/Users', body: JSON.stringify(person('new', number)) }),
    keep: (lane, reply) => void lane.made.push(madeId(reply)),
    isRight: (_lane, number, { id, userName: name }) => typeof id === 'string' && name === userName('new', number),
    finish: lane => removeMade(lane, '/Users'),
  },
  {
    id: 'deactivate',
    title: 'PATCH active',
    bar: 2.5,
    statuses: [200],
    call: (lane, number) => ({
      method: 'PATCH',
      path: `/Users/${idOf(lane, number % lane.size)}`,
      body: patch([{ op: 'replace', path: 'active', value: isActive(lane, number) }]),
    }),
    isRight: (lane, number, { id, active }) =>
      id === idOf(lane, number % lane.size) && active === isActive(lane, number),
  },
  {
    id: 'join',
    title: `add 1 of ${GROUP_SIZE}`,
    bar: 3,
    statuses: [200, 204],
    async prepare(lane, count) {
      const members = lane.ids.slice(0, GROUP_SIZE);
      for (let number = 0; number < Math.ceil(count / ADDED); number += 1) {
        const body = JSON.stringify(team(number, members));
        lane.made.push(madeId(await lane.send({ method: 'POST', path: '/Groups', body })));
      }
    },
    call: (lane, number) => ({
      method: 'PATCH',
      path: `/Groups/${lane.made[number % lane.made.length] ?? 'none'}`,
      body: patch([{ op: 'add', path: 'members', value: [{ value: joiner(lane, number) }] }]),
    }),
    isRight: () => true,
    async finish(lane, sent) {
      const counts = await Promise.all(
        lane.made.map(async id => {
          const { text } = await lane.send({ method: 'GET', path: `/Groups/${id}` });
          const members = (JSON.parse(text) as JsonObject)['members'];
          return Array.isArray(members) ? members.length : 0;
        }),
      );
      const added = counts.reduce((sum, count) => sum + count - GROUP_SIZE, 0);
      return (await removeMade(lane, '/Groups')) && added === sent;
    },
  },
  {
    id: 'page',
    title: `page of ${PAGE}`,
    bar: 12,
    statuses: [200],
    call: (lane, number) => ({ method: 'GET', path: `/Users?startIndex=${firstOf(lane, number) + 1}&count=${PAGE}` }),
    isRight: (lane, number, body) => {
      const shown = resourcesOf(body).map(({ id }) => id);
      return shown.length === PAGE && shown.every((id, index) => id === idOf(lane, firstOf(lane, number) + index));
    },
  },
];

/** Another user for every request that a group gets. */
const joiner = (lane: Lane, number: number): string =>
  idOf(lane, lane.size + (Math.floor(number / lane.made.length) % JOINERS));

/** SCIMMY takes a page it is handed for the whole list when it begins in the first hundred, so pages begin behind it. */
const firstOf = ({ size }: Lane, number: number): number => PAGE + pick(number, size - 2 * PAGE);
