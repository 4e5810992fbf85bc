import { exchangeId, type Exchange } from '../../reports/record/index.ts';
import { isObject } from '../../scim/message/list.ts';
import { parseJson, type JsonObject } from '../../scim/wire/message.ts';
import type { Check } from './check.ts';
import { declaredType } from './declared.ts';
import { describeAnswer } from './expect.ts';
import { endpointOf, type CoreType, type Facts } from './facts.ts';
import { reporters } from './reporters.ts';
import { rightRefusal } from './right-refusal.ts';
import { isUnset } from './state.ts';
import { TARGET } from './target.ts';
import { UNIQUE } from './template.ts';
import { findingOfError, type Finding } from './verdict.ts';
import { Blocked, NotApplicable, Violation } from './violation.ts';

/**
 * A violation whose cause is that of another check becomes a verdict that names that check; one that comes of a demand
 * that the target announces, or of a refusal that it may give, does not apply.
 */
export function withCause(
  check: Pick<Check, 'id' | 'seeks'>,
  finding: Finding,
  facts: Facts,
  exchanges: readonly Exchange[],
): Finding {
  if (finding.outcome !== 'violation' && (finding.outcome !== 'inconclusive' || finding.by === TARGET)) return finding;
  if (check.seeks === 'faults') return finding;
  const seen = exchanges.filter(exchange => finding.exchanges.includes(exchangeId(exchange)));
  const fault = (facts.faults ?? []).find(one => seen.some(exchange => one.shows(exchange)));
  if (fault) {
    if (fault.by === check.id) return finding;
    return { outcome: 'inconclusive', by: fault.by, reason: fault.reason, exchanges: finding.exchanges };
  }
  if (finding.outcome === 'violation') {
    const { violation } = finding;
    const blamed = seen.find(exchange => exchangeId(exchange) === violation.exchange);
    const right = blamed && violation.actual === describeAnswer(blamed.response) && rightRefusal(blamed, facts);
    if (right) return { outcome: 'not-applicable', reason: right, exchanges: finding.exchanges };
  }
  if (seen.some(exchange => pagesByIndex(exchange)) && isByCursorAlone(facts)) {
    const reason = 'ServiceProviderConfig says that there are no pages by index';
    return { outcome: 'not-applicable', reason, exchanges: finding.exchanges };
  }
  if (check.seeks === 'demands') return finding;
  for (const exchange of seen) {
    const demand = demandMet(exchange, facts);
    if (!demand) continue;
    const { reason, by } = demand;
    return by === undefined
      ? { outcome: 'not-applicable', reason, exchanges: finding.exchanges }
      : { outcome: 'inconclusive', by, reason, exchanges: finding.exchanges };
  }
  return finding.outcome === 'inconclusive' ? ofThisAlone(finding, facts, seen) : finding;
}

/** Paging by cursor is announced, and paging by index is not offered (RFC 9865 section 4). */
function isByCursorAlone({ serviceProviderConfig }: Facts): boolean {
  const pagination = serviceProviderConfig?.['pagination'];
  return isObject(pagination) && pagination['cursor'] === true && pagination['index'] === false;
}

/** Asks for a page by its first entry. */
const pagesByIndex = ({ request: { path, json } }: Exchange): boolean =>
  /[?&]startIndex=/i.test(path) || (isObject(json) && json['startIndex'] !== undefined && path.includes('/.search'));

/** Basic operations, each with the check that reports it where it works for nothing at all. */
const BASIC: ReadonlySet<string> = new Set([
  reporters.read,
  reporters.create.User,
  reporters.create.Group,
  ...Object.values(reporters.write),
]);

/**
 * A basic operation that works in general, and not here, is no matter of the check that reports it. A resource that cannot
 * be read and a server error are faults whatever was asked; anything else is a refusal that others judge. A read that was
 * never answered says nothing of what was asked before it.
 */
function ofThisAlone(
  finding: Extract<Finding, { outcome: 'inconclusive' }>,
  facts: Facts,
  seen: readonly Exchange[],
): Finding {
  const { by, reason = '', exchanges } = finding;
  const answered = seen.find(exchange => exchangeId(exchange) === finding.exchange);
  const works = facts.kept !== undefined && !(facts.faults ?? []).some(fault => fault.by === by);
  if (!answered || !BASIC.has(by) || !works) return finding;
  const { status } = answered.response;
  if (status === undefined) return { ...finding, by: TARGET };
  if (by !== reporters.read && status < 500)
    return { outcome: 'not-applicable', reason: `refused: ${reason}`, exchanges };
  const expected = by === reporters.read ? 'the resource, which is there' : 'an answer that is no server error';
  const violation = new Violation(expected, describeAnswer(answered.response), { exchange: exchangeId(answered) });
  return { outcome: 'violation', violation, exchanges };
}

/** The same for what kept a fixture from being made: it meets every probe that asks for the fixture. */
export function errorWithCause(error: unknown, facts: Facts, exchanges: readonly Exchange[]): unknown {
  const finding = withCause({ id: '' }, findingOfError(error, exchanges.map(exchangeId)), facts, exchanges);
  if (finding.outcome === 'inconclusive') return new Blocked(finding.by, finding.reason ?? '');
  return finding.outcome === 'not-applicable' ? new NotApplicable(finding.reason ?? '') : error;
}

/** The demand that a refused write ran into, with the check that reports it where the target does not announce it. */
function demandMet({ request, response }: Exchange, facts: Facts): { reason: string; by?: string } | undefined {
  if (![400, 403, 409, 422].includes(response.status ?? 0)) return undefined;
  const type = (['User', 'Group'] as const).find(each =>
    new RegExp(`^${endpointOf[each]}(?:[/?]|$)`).test(request.path),
  );
  const body = request.json ?? parseJson(request.text ?? '');
  if (type === undefined || !isObject(body) || request.path.includes('/.search')) return undefined;
  const needs = facts.needs?.[type];
  const { demanded = [], rejected = [], mailNames = false } = needs ?? {};
  const plainNames = facts.templates?.[type]?.['userName'] === UNIQUE;
  const misses = request.method === 'PATCH' ? takenAway(body) : (name: string) => isUnset(body[name]);
  const secret = demanded.find(misses);
  if (secret !== undefined) {
    return { reason: `the target makes no ${type} without ${secret}`, by: reporters.demand[type] };
  }
  const announced = announcedFor(type, facts).find(misses);
  if (announced !== undefined) return { reason: `the target demands ${announced} of a ${type}, as /Schemas says` };
  const refused = rejected.find(name => body[name] !== undefined && body[name] !== null);
  if (refused !== undefined) return { reason: `the target takes no ${refused} of a ${type}` };
  return nameRefused(body, mailNames, plainNames);
}

/** The form of userName that the target does not take. */
function nameRefused(
  { userName }: JsonObject,
  mailNames: boolean,
  plainNames: boolean,
): { reason: string } | undefined {
  if (typeof userName !== 'string') return undefined;
  if (mailNames && !userName.includes('@')) return { reason: 'the target takes e-mail addresses alone as userName' };
  if (plainNames && userName.includes('@')) return { reason: 'the target takes no e-mail address as userName' };
  return undefined;
}

/** Attributes that /Schemas has as required, those aside that the RFC itself asks for. */
function announcedFor(type: CoreType, facts: Facts): readonly string[] {
  const declared = declaredType(facts, type);
  const base = declared?.base.published ? declared.base.attributes : [];
  const extensions = (declared?.extensions ?? []).filter(({ required }) => required).map(({ urn }) => urn);
  const key = type === 'User' ? 'userName' : 'displayName';
  return [...base.filter(one => one.required && one.name !== key).map(({ name }) => name), ...extensions];
}

/** Whether a PATCH leaves the attribute, or part of it, without a value. */
const takenAway = (body: JsonObject) => (name: string) => {
  const { Operations } = body;
  return (Array.isArray(Operations) ? Operations.filter(isObject) : []).some(({ op, path, value }) => {
    const verb = typeof op === 'string' ? op.toLowerCase() : '';
    const place = typeof path === 'string' ? path.toLowerCase() : '';
    const wanted = name.toLowerCase();
    const isThere = place === wanted || ['.', '['].some(sign => place.startsWith(`${wanted}${sign}`));
    if (verb === 'remove') return isThere;
    return isThere ? isUnset(value) : isObject(value) && name in value && isUnset(value[name]);
  });
};
