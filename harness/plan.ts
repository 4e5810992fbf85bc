import { checks, isProbe } from '../conformance/index.ts';
import { always, footprints, LARGE, largeGroups, READ_ONLY_REQUESTS, type Footprint } from './footprint.ts';
import type { Care } from './run.ts';
import { isLoopback } from './target.ts';

/** What a run is going to do to its target. */
export interface Plan extends Footprint {
  /** First words of the checks, in order. */
  readonly topics: readonly string[];
  readonly checks: number;
}

/**
 * What a run of the suite is going to do, after what it did when it was last measured: targets differ, so the figures are
 * about right; those of the limits are hard.
 * @param only ids of the checks to run; all by default.
 */
export function planOf(baseUrl: string, care: Care = {}, only?: readonly string[]): Plan {
  const large = care.large ?? isLoopback(baseUrl);
  const probes = checks.filter(isProbe).filter(({ id }) => large || id !== LARGE);
  const chosen = only ? probes.filter(({ id }) => only.includes(id)) : probes;
  const topics = [...new Set(chosen.map(({ id }) => topicOf(id)))].sort();
  const count = (ids: readonly { id: string }[], topic: string) => ids.filter(({ id }) => topicOf(id) === topic).length;
  const parts = topics.map(topic => scaled(footprints[topic], count(chosen, topic) / count(probes, topic)));
  if (chosen.some(({ id }) => id === LARGE)) parts.push(largeGroups);
  const whole = [always, ...parts].reduce(added);
  const { maxRequests = Infinity, maxUsers = Infinity, readOnly = false } = care;
  const most = readOnly ? { requests: READ_ONLY_REQUESTS, users: 0, groups: 0 } : whole;
  return {
    topics,
    checks: chosen.length,
    requests: Math.min(Math.ceil(Math.min(most.requests, whole.requests)), maxRequests),
    users: Math.min(Math.ceil(most.users), maxUsers),
    groups: Math.ceil(most.groups),
  };
}

const topicOf = (id: string): string => id.split('.')[0] ?? id;

const added = (one: Footprint, other: Footprint): Footprint => ({
  requests: one.requests + other.requests,
  users: one.users + other.users,
  groups: one.groups + other.groups,
});

/** A topic that is not measured yet costs what a small one costs. */
const scaled = (cost: Footprint = { requests: 50, users: 15, groups: 2 }, share: number): Footprint => ({
  requests: cost.requests * share,
  users: cost.users * share,
  groups: cost.groups * share,
});
