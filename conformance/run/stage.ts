import { createClient } from '../../scim/client.ts';
import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { Control } from '../../scim/target.ts';
import { pipe, type Hop, type Send } from '../../scim/wire/message.ts';
import type { Scope, Session } from '../../scim/wire/session.ts';
import type { Exchange } from '../../reports/record/index.ts';
import { declaredTypes, type DeclaredType } from './declared.ts';
import { describeAnswer } from './expect.ts';
import type { Facts } from './facts.ts';
import type { Maker } from './fixtures.ts';
import { createGiven, removeAll } from './given.ts';
import { isInactive } from './inactive.ts';
import { remember } from './learn.ts';
import { seeded } from './random.ts';
import { reporters } from './reporters.ts';
import type { Settling } from './settle.ts';
import type { Target } from './target.ts';
import { Blocked, NotApplicable } from './violation.ts';

/** What all scopes of a run share. */
export interface Setting {
  readonly session: Session;
  readonly target: Target;
  readonly facts: Facts;
  readonly settling: Settling;
  /** Between the probes and the target: keeps the number of requests under way in bounds. */
  readonly gate: Hop;
}

/** A scope with clients on it that keep account of what they make. */
export interface Stage {
  readonly scope: Scope;
  readonly maker: Maker;
  /** Requests that are not answered yet. */
  readonly underWay: ReadonlySet<Promise<unknown>>;
  /** Acts on the account behind the target, as they were done. */
  readonly acts: readonly string[];
  /** Removes what was made, in a scope of its own so that the evidence stays readable. */
  tidy(): Promise<readonly Exchange[]>;
}

/** @param after instants that queries wait for beyond the scope's own writes */
export function openStage(setting: Setting, name: string, after?: () => number): Stage {
  const { session, target, facts, settling, gate } = setting;
  const scope = session.open(name);
  const made: { endpoint: string; id: string }[] = [];
  const acts: string[] = [];
  const underWay = new Set<Promise<unknown>>();
  const settled = settling.scope(after);
  const tracked = (send: Send, kind: 'credentialed' | 'anonymous') =>
    createClient(trackedBy(underWay, target.guard(pipe([settled, gate, remember(made)], send), kind)));
  const scim = tracked(scope.send, 'credentialed');
  const anonymous = tracked(scope.anonymous, 'anonymous');
  const random = seeded(session.seed, name);
  const { run, domain } = session;
  const { refused, templates, residents } = facts;
  const secret = (value: string) => session.secret(value);
  const types = declaredTypes(facts);
  const given = createGiven({
    scim,
    run,
    ...(domain !== undefined && { domain }),
    scope: name,
    random,
    refused,
    secret,
    types,
    ...(templates && { templates }),
    ...(residents && { residents: isReading(name) ? residents : nobody }),
  });
  return {
    scope,
    underWay,
    acts,
    maker: {
      scim,
      anonymous,
      second(kind) {
        const send = scope.second?.[kind];
        if (!send) throw new NotApplicable(`the run has no second credential that is ${kind}`);
        // What it makes is removed from the ledger, with the same credential.
        return createClient(trackedBy(underWay, target.guard(pipe([settled, gate], send), 'credentialed')));
      },
      act: name => actOf(session.readOnly ? undefined : session.control, name, acts),
      facts,
      random,
      given,
      async stored(endpoint, id) {
        const answer = await scim.read(endpoint, id);
        if (answer.status === 200 && isObject(answer.json) && answer.json['id'] === id) {
          const onRequest = requestedOf(types, endpoint);
          if (onRequest.length === 0) return answer.json;
          const more = await scim.read(endpoint, id, { query: { attributes: onRequest } });
          return { ...(more.status === 200 && isObject(more.json) ? more.json : {}), ...answer.json };
        }
        const reporter = isInactive(scope.exchanges, endpoint, id) ? reporters.inactive : reporters.read;
        throw new Blocked(reporter, `GET ${endpoint}/<id> gave no resource: ${describeAnswer(answer)}`, answer);
      },
    },
    async tidy() {
      if (made.length === 0 || target.lostSince !== '') return [];
      const cleanup = session.open(`cleanup/${name}`);
      await removeAll(createClient(pipe([settling.scope()], cleanup.send)), made);
      return cleanup.exchanges;
    },
  };
}

/** Attributes of users or groups that the target shows only to who asks for them by name (RFC 7643 section 7). */
const requestedOf = (types: readonly DeclaredType[], at: string): readonly string[] =>
  types
    .filter(({ endpoint, base }) => endpoint === at && base.published && [USER, GROUP].includes(base.urn))
    .flatMap(({ base }) => base.attributes.filter(({ returned }) => returned === 'request').map(({ path }) => path));

/** An act of the control, with its failure as what blocks the way; what it does is written down in `done`. */
function actOf<Name extends keyof Control>(
  control: Control | undefined,
  name: Name,
  done: string[],
): NonNullable<Control[Name]> {
  if (control?.[name] === undefined) throw new NotApplicable(`the run has no control with ${name}`);
  const does = async (given: never): Promise<unknown> => {
    const act = control[name] as (given: never) => Promise<unknown>;
    done.push(name);
    try {
      return await act.call(control, given);
    } catch (cause) {
      throw new Blocked('control', `${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  };
  return does as NonNullable<Control[Name]>;
}

/** Topics that only read what they start from; others take it for new, which a resource that was there is not. */
const READING: ReadonlySet<string> = new Set(
  'read list page auth error http search filter version access tenant'.split(' '),
);
const nobody = { User: [], Group: [] };

const isReading = (scope: string): boolean => READING.has(scope.split('.')[0] ?? '');

/** Keeps the requests of a probe that ended early, so that its evidence is whole before it is written down. */
const trackedBy =
  (underWay: Set<Promise<unknown>>, send: Send): Send =>
  async request => {
    const sending = send(request);
    underWay.add(sending);
    try {
      return await sending;
    } finally {
      underWay.delete(sending);
    }
  };
