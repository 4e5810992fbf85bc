import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checks, isInvariant, type Check } from '../conformance/index.ts';
import type { Verdict } from '../reports/record/index.ts';
import { conform, type ConformOptions } from './conform.ts';
import { checksNamed } from './rerun.ts';
import type { CredentialSettings, TargetSettings } from './target.ts';

type Started = { readonly target: TargetSettings; readonly stop: () => Promise<void> };

/**
 * What is judged: a base URL, a target with all its settings, a Node request listener such as an Express app (it is served on
 * a free loopback port and closed afterwards), or a function without parameters that starts a target before the suite.
 */
export type EmbedTarget = string | TargetSettings | RequestListener | (() => Promise<Started>);

type Work = (this: unknown, ...context: readonly unknown[]) => unknown;

/** A test runner: the functions of node:test, of vitest, or of mocha. */
export interface TestRunner {
  readonly describe: (name: string, work: () => void) => unknown;
  readonly it: (name: string, work: Work) => unknown;
  readonly before?: (work: Work) => unknown;
  /** What vitest calls `before`; takes a limit in milliseconds. */
  readonly beforeAll?: (work: Work, timeoutMs?: number) => unknown;
}

export interface EmbedOptions extends ConformOptions {
  /** Functions of the test runner; those that are global (mocha, vitest with globals) by default. */
  readonly runner?: TestRunner;
  /** Credential for a target that is given as a URL or an app; none by default. */
  readonly credential?: CredentialSettings;
  /** Where an app serves SCIM; `/scim/v2` by default. */
  readonly path?: string;
}

/** Longest time the whole suite may take, in milliseconds; a request that gets no answer is given up long before. */
const TIMEOUT_MS = 600_000;

/** A verdict as an assertion error: runners show `expected` and `actual` side by side. */
class VerdictError extends Error {
  readonly expected: string;
  readonly actual: string;
  readonly showDiff = true;
  constructor({ check, case: instance, clause, level, expected, actual, reason, blockedBy, exchanges }: Verdict) {
    const blocked = blockedBy === '' ? '' : `blocked by ${blockedBy}: `;
    const what = expected === '' ? blocked + reason : `expected ${expected}, got ${actual}`;
    super(`${check}${instance && `/${instance}`} (${clause}, ${level}): ${what} [${exchanges.join(', ')}]`);
    this.name = 'VerdictError';
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * Registers the conformance suite with a test runner: one test for each check. Warnings and observations do not fail; what
 * does not apply is skipped.
 * @throws TypeError when no test runner is given and none is global, SelectionError for a name in `only` that no check has.
 */
export function conformance(target: EmbedTarget, options: EmbedOptions = {}): void {
  const { runner = globalRunner(), credential, path, ...given } = options;
  const run = given.only ? { ...given, only: checksNamed(given.only) } : given;
  const only = run.only && new Set(run.only);
  runner.describe('SCIM conformance', () => {
    const verdicts = new Map<string, Verdict[]>();
    const judge: Work = async function (this: unknown) {
      lengthen(this);
      const { target: settings, stop } = await start(target, { credential, path });
      try {
        const { run: finished } = await conform(settings, run);
        for (const verdict of finished.verdicts) {
          verdicts.set(verdict.check, [...(verdicts.get(verdict.check) ?? []), verdict]);
        }
      } finally {
        await stop();
      }
    };
    if (runner.beforeAll) runner.beforeAll(judge, TIMEOUT_MS);
    else runner.before?.(judge);
    for (const check of checks.filter(check => judgesServer(check) && only?.has(check.id) !== false)) {
      runner.it(`${check.id}: ${check.title}`, function (this: unknown, ...context) {
        const all = verdicts.get(check.id) ?? [];
        const red = all.find(isRed);
        if (red) throw new VerdictError(red);
        if (all.every(({ outcome }) => outcome === 'not-applicable')) skip(this, context[0]);
      });
    }
  });
}

function globalRunner(): TestRunner {
  const { describe, it, before, beforeAll } = globalThis as Partial<TestRunner>;
  if (!describe || !it || (!before && !beforeAll)) {
    throw new TypeError(
      'conformance(): no test runner is global here; give one, for example { runner: { describe, it, before } } from node:test',
    );
  }
  return { describe, it, ...(before ? { before } : beforeAll && { beforeAll }) };
}

async function start(
  target: EmbedTarget,
  {
    credential,
    path = '/scim/v2',
  }: Partial<Record<'path', string | undefined>> & { readonly credential: CredentialSettings | undefined },
): Promise<Started> {
  const stop = async () => undefined;
  const shown: CredentialSettings = credential ?? { kind: 'none' };
  if (typeof target === 'string') return { target: { baseUrl: target, credential: shown }, stop };
  if (typeof target !== 'function') return { target, stop };
  if (isStarter(target)) return target();
  const server = createServer(target);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    target: { baseUrl: `http://127.0.0.1:${port}${path}`, credential: shown },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Request listeners take a request and a response. */
const isStarter = (target: RequestListener | (() => Promise<Started>)): target is () => Promise<Started> =>
  target.length === 0;

const isRed = ({ outcome, severity, scored }: Verdict): boolean =>
  scored !== false &&
  (outcome === 'error' || outcome === 'inconclusive' || (outcome === 'fail' && severity === 'failure'));

const judgesServer = (check: Check): boolean => !isInvariant(check) || check.judges === 'server';

const methodOf = (holder: unknown, name: string): ((...given: readonly unknown[]) => unknown) | undefined => {
  const holds = typeof holder === 'function' || (typeof holder === 'object' && holder !== null);
  const method = holds ? (holder as Record<string, unknown>)[name] : undefined;
  return typeof method === 'function' ? (...given) => method.apply(holder, given) as unknown : undefined;
};

/** mocha keeps its limits at `this`. */
const lengthen = (self: unknown): void => void methodOf(self, 'timeout')?.(TIMEOUT_MS);

/** mocha skips by `this`, node:test and vitest by the context they hand over; that of vitest is a function. */
const skip = (self: unknown, context: unknown): unknown => (methodOf(context, 'skip') ?? methodOf(self, 'skip'))?.();
