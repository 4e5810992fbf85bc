import { createClient } from '../../scim/client.ts';
import type { Send } from '../../scim/wire/message.ts';
import type { AccountState, Attributes, Expectation } from '../expectation.ts';
import { differences, mirrored, valuesAt } from './attributes.ts';
import type { Cast } from './cast.ts';
import { judgePast, type Past } from './judge-past.ts';
import { judgeWire, type Judgement } from './judge-wire.ts';
import { find, type Sighting, type Wanted } from './state.ts';

/** Judges expectations at one point of a story. What is looked up once is not looked up again. */
export type Judge = (expectation: Expectation) => Promise<Judgement>;

/** `send` reads the service provider; `past` is what the steps up to here have caused. */
export function createJudge(cast: Cast, send: Send, past: Past): Judge {
  const client = createClient(send);
  const seen = new Map<string, Promise<Sighting>>();
  const look = (alias: string, wanted: Omit<Wanted, 'links'>): Promise<Sighting> => {
    const sighting = seen.get(alias) ?? find(client, { ...wanted, links: cast.links(alias) });
    seen.set(alias, sighting);
    return sighting;
  };
  const accountOf = (alias: string) =>
    look(alias, { endpoint: '/Users', attribute: 'userName', value: cast.person(alias).email });
  const groupOf = (alias: string) =>
    look(alias, { endpoint: '/Groups', attribute: 'displayName', value: cast.group(alias).name });

  return async expectation => {
    switch (expectation.kind) {
      case 'account-is':
        return judgeState(await accountOf(expectation.person), expectation.states);
      case 'account-has':
        return judgeAttributes(await accountOf(expectation.person), expectation.attributes);
      case 'account-mirrors':
        return judgeAttributes(
          await accountOf(expectation.person),
          mirrored(cast.person(expectation.person), expectation.mirrors),
        );
      case 'group-exists':
      case 'group-absent':
        return judgeGroup(await groupOf(expectation.group), expectation.kind === 'group-exists');
      case 'group-named':
        return judgeName(await groupOf(expectation.group), cast.group(expectation.group).name);
      case 'group-has':
      case 'group-lacks': {
        const [group, user] = [await groupOf(expectation.group), await accountOf(expectation.person)];
        const ids = [...cast.links(expectation.person), ...(user.found === 'one' ? [user.id] : [])];
        return judgeMembership(group, user, ids, expectation.kind === 'group-has');
      }
      case 'wire-never':
      case 'wire-sends':
      case 'wire-count':
      case 'wire-order':
        return judgeWire(expectation, cast, past.all, past.watched);
      default:
        return judgePast(expectation, cast, past);
    }
  };
}

function judgeState(sighting: Sighting, states: readonly AccountState[]): Judgement {
  if (sighting.found === 'unknown' || sighting.found === 'several') return unsettled(sighting, 'users');
  const active = sighting.found === 'one' ? (sighting.resource['active'] ?? true) : undefined;
  const state =
    active === undefined ? 'absent' : active === true ? 'active' : active === false ? 'inactive' : undefined;
  const met = state !== undefined && states.includes(state);
  return stated(met, state ?? `neither: active is ${JSON.stringify(active)}`, sighting.exchanges);
}

function judgeAttributes(sighting: Sighting, attributes: Attributes): Judgement {
  if (sighting.found === 'unknown' || sighting.found === 'several') return unsettled(sighting, 'users');
  if (sighting.found === 'none') return stated(false, 'there is no such user', sighting.exchanges);
  const wrong = differences(sighting.resource, attributes);
  return stated(wrong.length === 0, wrong.join('; '), sighting.exchanges);
}

function judgeGroup(sighting: Sighting, wanted: boolean): Judgement {
  if (sighting.found === 'unknown' || sighting.found === 'several') return unsettled(sighting, 'groups');
  const there = sighting.found === 'one';
  return stated(
    there === wanted,
    there ? `the group exists, as ${sighting.id}` : 'there is no such group',
    sighting.exchanges,
  );
}

function judgeName(sighting: Sighting, name: string): Judgement {
  if (sighting.found === 'unknown' || sighting.found === 'several') return unsettled(sighting, 'groups');
  if (sighting.found === 'none') return stated(false, 'there is no such group', sighting.exchanges);
  const displayName = sighting.resource['displayName'];
  return stated(displayName === name, `the group is called ${JSON.stringify(displayName)}`, sighting.exchanges);
}

function judgeMembership(group: Sighting, user: Sighting, ids: readonly string[], wanted: boolean): Judgement {
  const exchanges = [...user.exchanges, ...group.exchanges];
  if (user.found === 'unknown' || user.found === 'several') return { ...unsettled(user, 'users'), exchanges };
  if (group.found === 'unknown' || group.found === 'several') return { ...unsettled(group, 'groups'), exchanges };
  if (group.found === 'none') return stated(false, 'there is no such group', exchanges);
  const members = valuesAt(group.resource, 'members.value');
  const inside = ids.some(id => members.includes(id));
  if (wanted && user.found === 'none') return stated(false, 'there is no such user', exchanges);
  const who = user.found === 'one' ? user.id : 'who has no user';
  const actual = `${inside ? 'a member' : 'no member'} (${who}); the group holds ${members.length}`;
  return stated(inside === wanted, actual, exchanges);
}

/** Nothing to read is no fault of what is judged; two of one name are: nobody is to be there twice. */
function unsettled(sighting: Sighting & { found: 'unknown' | 'several' }, what: string): Judgement {
  return sighting.found === 'several'
    ? stated(false, `${sighting.ids.length} ${what} of that name: ${sighting.ids.join(', ')}`, sighting.exchanges)
    : { result: 'unclear', actual: sighting.reason, exchanges: sighting.exchanges, final: false };
}

const stated = (met: boolean, actual: string, exchanges: readonly string[]): Judgement => ({
  result: met ? 'met' : 'missed',
  actual,
  exchanges,
  final: false,
});
