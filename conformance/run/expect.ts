import type { Failure, Headers, Json, JsonObject } from '../../scim/wire/message.ts';
import { declares, isErrorMessage } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { LIST_RESPONSE } from '../../scim/message/urn.ts';
import { Violation } from './violation.ts';

/** A response as probes get it and as it stands in a recorded exchange. */
export interface Answer {
  readonly status?: number;
  readonly headers: Headers;
  readonly json?: Json;
  readonly text?: string;
  readonly failure?: Failure;
  readonly exchange?: string;
}

/** A list response that can be read. */
export interface Page {
  readonly body: JsonObject;
  readonly total: number;
  readonly resources: readonly JsonObject[];
}

const LONGEST = 240;
const clip = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** A value as it stands in a verdict: JSON, cut when long; `nothing` when it is absent. */
export const show = (value: Json | undefined): string =>
  value === undefined ? 'nothing' : clip(JSON.stringify(value));

/** A response in a few words: status, error keyword and detail, or why there was none. */
export function describeAnswer({ status, json, failure, headers, text }: Answer): string {
  if (status === undefined) return `no response (${failure?.message ?? 'unknown reason'})`;
  if (isErrorMessage(json)) {
    const keyword = json.scimType === undefined ? '' : ` ${show(json.scimType)}`;
    return `status ${status}${keyword}${json['detail'] === undefined ? '' : `: ${show(json['detail'])}`}`;
  }
  if (json === undefined && text) return `status ${status} with ${headers['content-type'] ?? 'an unnamed body'}`;
  return `status ${status}`;
}

const anyOf = (values: readonly (number | string)[]) => values.join(' or ');

/**
 * The words in which checks say what is right. Each throws Violation with the clause's demand and what came; none passes
 * on a response that did not arrive.
 */
export const expect = {
  /** One of the statuses. */
  status(answer: Answer, ...right: readonly number[]): void {
    if (answer.status === undefined || !right.includes(answer.status)) {
      throw new Violation(`status ${anyOf(right)}`, describeAnswer(answer), answer);
    }
  },

  /** A refusal with one of the statuses and exactly this error keyword. */
  refusal(answer: Answer, right: readonly number[], scimType: string): void {
    expect.status(answer, ...right);
    const came = isErrorMessage(answer.json) ? answer.json.scimType : undefined;
    if (came !== scimType) {
      throw new Violation(`status ${anyOf(right)} with scimType "${scimType}"`, describeAnswer(answer), answer);
    }
  },

  /** A header that is there and not empty; gives its value. */
  header(answer: Answer, name: string): string {
    const value = answer.headers[name.toLowerCase()];
    if (!value?.trim()) throw new Violation(`a ${name} header`, `${describeAnswer(answer)} without one`, answer);
    return value;
  },

  /** A body that is a JSON object; gives it. */
  object(answer: Answer): JsonObject {
    if (isObject(answer.json)) return answer.json;
    const came = answer.json === undefined ? describeAnswer(answer) : show(answer.json);
    throw new Violation('a JSON object as body', came, answer);
  },

  /** A value whose `schemas` names the URN, in any case. */
  schema(value: Json | undefined, urn: string, answer: Answer): void {
    if (!declares(value, urn)) {
      const came = isObject(value) ? show(value['schemas']) : show(value);
      throw new Violation(`schemas with ${urn}`, came, answer);
    }
  },

  /** A list response that can be read; gives its entries. Members that clauses of their own demand are not asked for. */
  page(answer: Answer): Page {
    expect.status(answer, 200);
    const body = expect.object(answer);
    expect.schema(body, LIST_RESPONSE, answer);
    const entries = body['Resources'];
    if (entries !== undefined && entries !== null && !Array.isArray(entries)) {
      throw new Violation('Resources as an array', show(entries), answer);
    }
    const resources: readonly Json[] = entries ?? [];
    const total = body['totalResults'];
    return { body, total: typeof total === 'number' ? total : NaN, resources: resources.filter(isObject) };
  },

  /** Equal as JSON; members of objects in any order. */
  equal(actual: Json | undefined, right: Json | undefined, what: string, answer?: Answer): void {
    if (!same(actual, right)) throw new Violation(`${what} ${show(right)}`, show(actual), answer);
  },

  /** The same values in any order, none twice. */
  set(actual: readonly string[], right: readonly string[], what: string, answer?: Answer): void {
    if (!same([...actual].sort(), [...right].sort())) {
      throw new Violation(`${what} ${show(right)}`, show(actual), answer);
    }
  },

  /** What has to be so, in words. */
  that(holds: boolean, right: string, actual: string, answer?: Answer): void {
    if (!holds) throw new Violation(right, actual, answer);
  },
} as const;

/** Equality of JSON values; the order of members has no meaning, that of array entries has. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((entry: Json, at) => same(entry, other[at] as Json | undefined));
  }
  if (isObject(one) && isObject(other)) {
    const names = Object.keys(one);
    return names.length === Object.keys(other).length && names.every(name => same(one[name], other[name]));
  }
  return one === other;
}
