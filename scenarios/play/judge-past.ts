import { exchangeId, type Exchange, type Json, type JsonObject } from '../../reports/record/exchange.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Control } from '../../scim/target.ts';
import type { OperationResult } from '../../simulator/admin.ts';
import type { InsightsEvent } from '../../simulator/insights/event.ts';
import type { Expectation } from '../expectation.ts';
import { controlled, NotApplicable } from './actor.ts';
import { differences } from './attributes.ts';
import type { Cast } from './cast.ts';
import { filled } from './fill.ts';
import type { Judgement } from './judge-wire.ts';

/** What the steps up to one point of a story have caused. */
export interface Past {
  /** Requests of the identity provider; `watched`: those since the story began to look. */
  readonly all: readonly Exchange[];
  readonly watched: readonly Exchange[];
  /** Operations since then. */
  readonly operations: readonly OperationResult[];
  /** Events since then; undefined where the identity provider keeps no log. */
  readonly events: readonly InsightsEvent[] | undefined;
  /** Mails and changes of the account before then. */
  readonly mailsBefore: number;
  readonly changesBefore: number;
  readonly control: Control | undefined;
  /** What became of the last attempt; undefined where there was none. */
  readonly attempt: { readonly refusal: string } | undefined;
  /** What the last step answered that answers something. */
  readonly answer: Json | undefined;
  /** Members of all answers, later ones over earlier ones. */
  readonly answers: JsonObject;
}

type PastExpectation = Extract<
  Expectation,
  { kind: 'account-state' | 'event' | 'mail' | 'cites' | 'refused' | 'answer' }
>;

/**
 * Judges what the identity provider logged, what the account behind the endpoint did, and what became of steps.
 * @throws NotApplicable where nobody can tell
 */
export async function judgePast(expectation: PastExpectation, cast: Cast, past: Past): Promise<Judgement> {
  const seen = (past.watched.length > 0 ? past.watched : past.all).map(exchangeId);
  const stated = (met: boolean, actual: string): Judgement => ({
    result: met ? 'met' : 'missed',
    actual,
    exchanges: seen,
    final: met,
  });
  switch (expectation.kind) {
    case 'event': {
      const { event, about, success, times } = expectation;
      if (!past.events) throw new NotApplicable('this identity provider keeps no log');
      const id = about === undefined ? undefined : cast.id(about);
      const ofType = past.events.filter(
        ({ event_type, resource }) => event_type === event && (id === undefined || resource?.id === id),
      );
      const hits = ofType.filter(each => success === undefined || each.success === success);
      const types = [...new Set(past.events.map(each => `${each.event_type}${each.success ? '' : ' failed'}`))];
      return stated(
        counts(hits.length, times),
        `${hits.length} logged; the log holds ${types.join(', ') || 'nothing'}`,
      );
    }
    case 'mail': {
      const all = await controlled(past.control, 'outbox')();
      const ids = new Set(cast.links(expectation.person));
      const { email } = cast.person(expectation.person);
      const hits = all
        .slice(past.mailsBefore)
        .filter(({ kind, person, to }) => kind === expectation.mail && (ids.has(person) || to === email));
      return stated(counts(hits.length, expectation.times), `${hits.length} sent`);
    }
    case 'account-state': {
      const all = await controlled(past.control, 'people')();
      const ids = new Set(cast.links(expectation.person));
      const { email } = cast.person(expectation.person);
      // Who has the address is the person; where nobody has it, who was linked.
      const found = all.find(({ address }) => address === email) ?? all.find(({ id }) => ids.has(id));
      const state = found?.state ?? 'none';
      return stated(state === expectation.state, `the account says ${state}`);
    }
    case 'cites':
      return judgeCites(expectation, cast, past, stated);
    case 'refused': {
      if (!past.attempt) throw new NotApplicable('no step was an attempt');
      const { refusal } = past.attempt;
      return stated((refusal !== '') === expectation.refused, refusal === '' ? 'it was done' : `refused: ${refusal}`);
    }
    case 'answer': {
      const answer = past.answer ?? {};
      const wanted = filled(expectation.attributes, { cast, answer: past.answers });
      const wrong = differences(isObject(answer) ? answer : { value: answer }, wanted);
      return stated(wrong.length === 0, wrong.join('; '));
    }
  }
}

async function judgeCites(
  { cited, about }: Extract<Expectation, { kind: 'cites' }>,
  cast: Cast,
  past: Past,
  stated: (met: boolean, actual: string) => Judgement,
): Promise<Judgement> {
  const id = about === undefined ? undefined : cast.id(about);
  const rules = past.operations
    .map(({ operation }) => operation)
    .filter(({ person, people, group }) => id === undefined || [person, group, ...(people ?? [])].includes(id))
    .flatMap(operation => operation.rules);
  const done = rules.includes(cited);
  if (done || !cited.startsWith('OP-')) return stated(done, `done for ${[...new Set(rules)].join(', ') || 'nothing'}`);
  const journal = (await controlled(past.control, 'journal')()).slice(past.changesBefore);
  const grounds = [...new Set(journal.map(({ rule }) => rule))];
  return stated(grounds.includes(cited), `the account acted for ${grounds.join(', ') || 'nothing'}`);
}

const counts = (found: number, times: number | undefined): boolean =>
  times === undefined ? found > 0 : found === times;
