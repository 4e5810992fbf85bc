import { exchangeId, type Exchange } from '../../reports/record/exchange.ts';
import { describeEvent, type Expectation, type WireEvent } from '../expectation.ts';
import { isObject } from '../../scim/message/list.ts';
import { placesIn } from '../places.ts';
import { subjectsOf } from '../validate.ts';
import { differences, mirrored } from './attributes.ts';
import type { Cast } from './cast.ts';
import {
  addsMember,
  editedUser,
  mentions,
  newGroup,
  newUser,
  pathText,
  removes,
  removesMember,
  setsActive,
} from './wire.ts';

/** What became of an expectation, before anything that stood in its way is weighed. */
export interface Judgement {
  /** `unclear`: the service provider gave no answer to judge from, or nobody was there to judge by. */
  readonly result: 'met' | 'missed' | 'unclear';
  readonly actual: string;
  readonly exchanges: readonly string[];
  /** It was seen on the wire and stays true whatever else went wrong. */
  readonly final: boolean;
}

/** An expectation on what went over the wire. */
type WireExpectation = Extract<Expectation, { kind: `wire-${string}` }>;

/**
 * Judges what the steps up to one point have sent.
 * @param watched the part of it that is looked at; silence there is judged by all of it
 */
export function judgeWire(
  expectation: WireExpectation,
  cast: Cast,
  all: readonly Exchange[],
  sent: readonly Exchange[],
): Judgement {
  const subjects = subjectsOf(expectation);
  const names = subjects.flatMap(({ name }) => cast.calledBy(cast.id(name)));
  const about = sent.filter(exchange => mentions(exchange, names));
  switch (expectation.kind) {
    case 'wire-never':
      return judgeNever(expectation.event, cast, { all, sent, about });
    case 'wire-sends': {
      const hits = sent.filter(recogniser(expectation.event, cast));
      if (hits.length > 0) return { result: 'met', actual: '', exchanges: idsOf(hits), final: true };
      const nothing = `no such request; ${about.length} of ${sent.length} requests are about ${subjects.map(({ name }) => name).join(', ')}`;
      const actual = nearMiss(expectation.event, cast, sent) ?? nothing;
      return { result: 'missed', actual, exchanges: idsOf(about), final: false };
    }
    case 'wire-count': {
      const { event, times } = expectation;
      const hits = sent.filter(recogniser(event, cast));
      const judged = hits.length > 0 ? hits : silence(about, sent, all);
      if (times === 0 && judged.length === 0) return unseen(NOTHING_SENT);
      const result = hits.length === times ? 'met' : 'missed';
      const exchanges = idsOf(judged);
      return { result, actual: `${hits.length} sent`, exchanges, final: hits.length > times };
    }
    case 'wire-order':
      return judgeOrder(expectation.events, cast, sent);
  }
}

interface Watched {
  readonly all: readonly Exchange[];
  readonly sent: readonly Exchange[];
  readonly about: readonly Exchange[];
}

function judgeNever(event: WireEvent, cast: Cast, { all, sent, about }: Watched): Judgement {
  const hits = sent.filter(recogniser(event, cast));
  const [hit] = hits;
  if (hit) {
    const actual = `${hit.request.method} ${hit.request.path} ${describeEvent(event)}`;
    return { result: 'missed', actual, exchanges: idsOf(hits), final: true };
  }
  const judged = silence(about, sent, all);
  if (judged.length === 0) return unseen(NOTHING_SENT);
  const unknown = neededIds(event).find(alias => cast.links(alias).length === 0);
  if (unknown !== undefined) return unseen(`${unknown} has no id at the service provider to recognise a request by`);
  return { result: 'met', actual: '', exchanges: idsOf(judged), final: false };
}

function judgeOrder(events: readonly WireEvent[], cast: Cast, sent: readonly Exchange[]): Judgement {
  const exchanges: string[] = [];
  let [last, before] = [-1, ''];
  for (const event of events) {
    const place = sent.findIndex(recogniser(event, cast));
    const hit = sent[place];
    if (!hit) return { result: 'missed', actual: `no request ${describeEvent(event)}`, exchanges, final: false };
    exchanges.push(exchangeId(hit));
    if (place <= last) {
      const actual = `the first request that ${describeEvent(event)} does not come after the one that ${before}`;
      return { result: 'missed', actual, exchanges, final: true };
    }
    [last, before] = [place, describeEvent(event)];
  }
  return { result: 'met', actual: '', exchanges, final: true };
}

/** What silence is judged by: requests about the same, or where there are none everything that was sent. */
const silence = (...lists: readonly (readonly Exchange[])[]): readonly Exchange[] =>
  lists.find(list => list.length > 0) ?? [];
const NOTHING_SENT = 'nothing was sent, so there is nothing to judge';

const idsOf = (exchanges: readonly Exchange[]): readonly string[] => exchanges.map(exchangeId);
const unseen = (actual: string): Judgement => ({ result: 'unclear', actual, exchanges: [], final: false });

/** Aliases that an event is recognised by only through their ids. */
function neededIds(event: WireEvent): readonly string[] {
  if (event.what === 'creates' || event.what === 'creates-group') return [];
  if (event.what === 'requests') return placesIn(event.line).flatMap(({ alias, field }) => (field === '' ? alias : []));
  return subjectsOf({ kind: 'wire-never', event }).map(({ name }) => name);
}

function recogniser(event: WireEvent, cast: Cast): (exchange: Exchange) => boolean {
  const ids = (alias: string): ReadonlySet<string> => new Set(cast.links(alias));
  switch (event.what) {
    case 'creates': {
      const wanted = { ...mirrored(cast.person(event.person), event.mirrors ?? {}), ...event.carries };
      return exchange => {
        const body = newUser(exchange, cast.person(event.person).email);
        return body !== undefined && differences(body, wanted).length === 0;
      };
    }
    case 'updates': {
      const wanted = { ...mirrored(cast.person(event.person), event.mirrors ?? {}), ...event.carries };
      return exchange => {
        const body = editedUser(exchange, ids(event.person));
        return body !== undefined && differences(body, wanted).length === 0;
      };
    }
    case 'requests': {
      const pattern = patternOf(event.line, cast);
      const wanted = Object.entries(event.headers ?? {});
      return ({ request: { method, path, json, headers } }) =>
        pattern.test(`${method} ${pathText(path)}`) &&
        wanted.every(([name, value]) => headers[name]?.startsWith(value) === true) &&
        differences(isObject(json) ? json : {}, event.carries ?? {}).length === 0;
    }
    case 'activates':
    case 'deactivates':
      return exchange => setsActive(exchange, ids(event.person), event.what === 'activates');
    case 'deletes':
      return exchange => removes(exchange, 'Users', ids(event.person));
    case 'creates-group':
      return exchange => newGroup(exchange, cast.group(event.group).name) !== undefined;
    case 'deletes-group':
      return exchange => removes(exchange, 'Groups', ids(event.group));
    case 'adds-member':
      return exchange => addsMember(exchange, ids(event.group), ids(event.person));
    case 'removes-member':
      return exchange => removesMember(exchange, ids(event.group), ids(event.person));
  }
}

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** The beginning of a request line; an alias in braces stands for any of the ids it has had. */
function patternOf(line: string, cast: Cast): RegExp {
  let source = '';
  let from = 0;
  for (const { alias, field, at, length } of placesIn(line)) {
    const values = field === '' ? cast.links(alias) : [cast.field(alias, field)];
    source += `${quoted(line.slice(from, at))}(?:${values.map(quoted).join('|')})`;
    from = at + length;
  }
  source += quoted(line.slice(from));
  return new RegExp(`^${source.replace(/^\\\* /, '[A-Z]+ ')}`);
}

/** How the request that comes nearest differs, for a create with the wrong values. */
function nearMiss(event: WireEvent, cast: Cast, sent: readonly Exchange[]): string | undefined {
  if (event.what !== 'creates' && event.what !== 'updates') return undefined;
  const wanted = { ...mirrored(cast.person(event.person), event.mirrors ?? {}), ...event.carries };
  const users = new Set(cast.links(event.person));
  const bodyOf = (exchange: Exchange) =>
    event.what === 'creates' ? newUser(exchange, cast.person(event.person).email) : editedUser(exchange, users);
  const body = sent.map(bodyOf).findLast(each => each !== undefined);
  return body && `the request that ${event.what} ${event.person}: ${differences(body, wanted).join('; ')}`;
}
