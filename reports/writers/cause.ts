import type { Exchange, Json, JsonObject, Verdict } from '../record/index.ts';

/** Failed verdicts that share one cause, and what could not be judged because of them. */
export interface Cause {
  readonly title: string;
  readonly verdicts: readonly Verdict[];
  /** Inconclusive verdicts that name one of these checks. */
  readonly blocked: readonly Verdict[];
}

/** What a run offers to somebody who looks for causes; a {@link Run} is one. */
export interface Evidence {
  readonly verdicts: readonly Verdict[];
  readonly exchanges: ReadonlyMap<string, Exchange>;
}

/** The exchange a judgement rests on, where the record has it. */
export const decisive = (verdict: Verdict, exchanges: ReadonlyMap<string, Exchange>): Exchange | undefined =>
  exchanges.get(verdict.exchanges.at(-1) ?? '');

/**
 * Groups failed verdicts by cause, what the profile asks before all else and then those that break most first. One answer that refuses (4xx, 5xx, none at all) is one
 * cause whatever it was asked for; otherwise one check is one cause, with all its cases.
 */
export function causesOf(failed: readonly Verdict[], { verdicts, exchanges }: Evidence): Cause[] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of failed) {
    const key = refusal(decisive(verdict, exchanges))?.key ?? verdict.check;
    const group = groups.get(key);
    if (group) group.push(verdict);
    else groups.set(key, [verdict]);
  }
  const causes = [...groups.values()].map((group): Cause => {
    const checks = new Set(group.map(({ check }) => check));
    return {
      title: titleOf(group, exchanges),
      verdicts: group,
      blocked: verdicts.filter(({ outcome, blockedBy }) => outcome === 'inconclusive' && checks.has(blockedBy)),
    };
  });
  const weight = ({ verdicts, blocked }: Cause): number => verdicts.length + blocked.length;
  const isAsked = ({ verdicts }: Cause): number => (verdicts.some(({ answers }) => answers !== undefined) ? 1 : 0);
  return causes.sort((a, b) => isAsked(b) - isAsked(a) || weight(b) - weight(a));
}

function titleOf(group: readonly Verdict[], exchanges: ReadonlyMap<string, Exchange>): string {
  const [first] = group;
  if (!first) return '';
  const shown = refusal(decisive(first, exchanges));
  return shown && new Set(group.map(({ check }) => check)).size > 1 ? shown.title : first.title;
}

function refusal(exchange: Exchange | undefined): { readonly key: string; readonly title: string } | undefined {
  if (!exchange) return undefined;
  const { request, response } = exchange;
  if (response.status !== undefined && response.status < 400) return undefined;
  const asked = `${request.method} ${endpointOf(request.path)}`;
  if (response.status === undefined) {
    const code = response.failure?.code ?? 'other';
    return { key: `${asked} ${code}`, title: `${asked} gets no answer (${code})` };
  }
  const { scimType, detail } = scimErrorOf(response);
  return {
    // Words with a digit are names and ids, which differ from one request to the next.
    key: `${asked} ${response.status} ${scimType} ${detail.replace(/\S*\d\S*/g, '#')}`,
    title: `${asked} is answered with ${answerOf(response)}`,
  };
}

/** What came back in a few words: `400 invalidValue: externalId is required`, `no answer (timeout: ...)`. */
export function answerOf(response: Exchange['response']): string {
  const { status, failure } = response;
  const { scimType, detail } = scimErrorOf(response);
  const trouble = failure && ` (${failure.code}: ${failure.message})`;
  if (status === undefined) return `no answer${trouble ?? ''}`;
  return `${status}${scimType && ` ${scimType}`}${detail && `: ${detail}`}${trouble ?? ''}`;
}

function scimErrorOf({ status = 0, json }: Exchange['response']): {
  readonly scimType: string;
  readonly detail: string;
} {
  if (status < 400) return { scimType: '', detail: '' };
  return { scimType: member(json, 'scimType'), detail: member(json, 'detail') };
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function member(json: Json | undefined, name: string): string {
  const value = isObject(json) ? json[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** `/Users/42?x` as `/Users/{id}`: what requests to different resources of one type have in common. */
function endpointOf(path: string): string {
  const [first = '', second] = path
    .replace(/[?#].*$/s, '')
    .split('/')
    .slice(1);
  if (second === undefined) return `/${first}`;
  return second.startsWith('.') ? `/${first}/${second}` : `/${first}/{id}`;
}
