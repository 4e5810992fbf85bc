import type { HeaderEvent } from './event.ts';
import type { Run } from './fold.ts';
import type { Outcome, Verdict } from './verdict.ts';

/** Records that cannot be put together; the message says why. */
export class MergeError extends Error {
  readonly code = 'merge';
  constructor(message: string) {
    super(message);
    this.name = 'MergeError';
  }
}

/** What has to be the same for parts to be parts of one run. */
const SAME = ['tool', 'command', 'target', 'profile', 'seed'] as const;

/** The stronger a word is, the earlier it stands: where two parts judged one thing, the stronger counts. */
const STRONGEST: readonly Outcome[] = ['fail', 'error', 'inconclusive', 'observed', 'pass', 'not-applicable'];

/** Exit codes from the one that says most. */
const HEAVIEST = [130, 4, 3, 1, 0] as const;

/**
 * Puts the parts of one run together (`--shard`). Each check was probed in one part; what looks at all traffic was judged in
 * each, and its strongest verdict counts. Scopes carry their part where two parts have the same.
 * @param runs the parts, in any order
 * @param order ids of checks, in the order of a whole run
 * @throws MergeError when a part is missing, there twice, cut off, or of another run
 */
export function merge(runs: readonly Run[], order: readonly string[]): Run {
  const parts = inOrder(runs);
  const [first] = parts;
  if (!first) throw new MergeError('no record is named');
  const scopes = new Set<string>();
  const renamed = parts.map(run => {
    const part = run.header.shard?.part ?? 0;
    const own = new Set([...run.exchanges.values()].map(({ scope }) => scope));
    const twice = new Set([...own].filter(scope => scopes.has(scope)));
    for (const scope of own) scopes.add(scope);
    return twice.size === 0 ? run : withScopes(run, scope => (twice.has(scope) ? `part-${part}/${scope}` : scope));
  });
  const footers = renamed.flatMap(({ footer }) => footer ?? []);
  const { shard: _shard, ...header } = first.header;
  return {
    header: {
      ...header,
      clauses: Object.assign({}, ...renamed.map(({ header }) => header.clauses)) as HeaderEvent['clauses'],
      notes: [
        `put together from ${parts.length} parts: ${parts.map(({ header }) => header.run).join(', ')}`,
        ...first.header.notes.filter(note => !note.startsWith('part ')),
      ],
    },
    exchanges: new Map(renamed.flatMap(({ exchanges }) => [...exchanges])),
    steps: renamed.flatMap(({ steps }) => steps),
    ...(renamed.some(({ states }) => states) && { states: renamed.flatMap(({ states = [] }) => states) }),
    ledger: renamed.flatMap(({ ledger }) => ledger),
    verdicts: together(renamed, order),
    footer: {
      kind: 'footer',
      ended:
        footers
          .map(({ ended }) => ended)
          .sort()
          .at(-1) ?? header.started,
      exitCode: HEAVIEST.find(code => footers.some(({ exitCode }) => exitCode === code)) ?? 0,
      lostSince: footers.find(({ lostSince }) => lostSince !== '')?.lostSince ?? '',
      leftBehind: footers.flatMap(({ leftBehind }) => leftBehind),
      notes: [...new Set(footers.flatMap(({ notes }) => notes))],
      ...(footers.some(({ baseline }) => baseline) && {
        baseline: [...new Set(footers.flatMap(({ baseline = [] }) => baseline))],
      }),
    },
  };
}

/** The parts from the first to the last, all of them, once each. */
function inOrder(runs: readonly Run[]): readonly Run[] {
  const [first] = runs;
  if (!first) return [];
  const parts: Run[] = [];
  for (const run of runs) {
    const { shard, run: mark } = run.header;
    if (!shard) throw new MergeError(`run ${mark} is no part of a run; it was made without --shard`);
    const other = SAME.find(name => run.header[name] !== first.header[name]);
    if (other) {
      throw new MergeError(
        `run ${mark} is part of another run: its ${other} is ${String(run.header[other])}, not ${String(first.header[other])}`,
      );
    }
    if (shard.of !== first.header.shard?.of) {
      throw new MergeError(
        `run ${mark} is one of ${shard.of} parts, run ${first.header.run} one of ${first.header.shard?.of ?? 0}`,
      );
    }
    if (parts[shard.part - 1]) throw new MergeError(`part ${shard.part} is there twice`);
    if (!run.footer) throw new MergeError(`part ${shard.part} was cut off; run it again`);
    parts[shard.part - 1] = run;
  }
  const missing = Array.from({ length: first.header.shard?.of ?? 0 }, (_, at) => at + 1).filter(
    part => !parts[part - 1],
  );
  if (missing.length > 0)
    throw new MergeError(`part ${missing.join(', ')} of ${first.header.shard?.of ?? 0} is missing`);
  return parts;
}

/** The run, its scopes named anew. */
function withScopes(run: Run, rename: (scope: string) => string): Run {
  const ref = (id: string): string => {
    const cut = id.lastIndexOf('#');
    return `${rename(id.slice(0, cut))}${id.slice(cut)}`;
  };
  return {
    ...run,
    exchanges: new Map(
      Array.from(run.exchanges, ([id, exchange]) => [ref(id), { ...exchange, scope: rename(exchange.scope) }]),
    ),
    ledger: run.ledger.map(event => ({ ...event, scope: rename(event.scope) })),
    verdicts: run.verdicts.map(verdict => ({
      ...verdict,
      exchanges: verdict.exchanges.map(ref),
      ...(verdict.fixtures && { fixtures: verdict.fixtures.map(rename) }),
    })),
    ...(run.footer && { footer: { ...run.footer, lostSince: run.footer.lostSince && ref(run.footer.lostSince) } }),
  };
}

/** One verdict for each check and case, in the order of a whole run. */
function together(runs: readonly Run[], order: readonly string[]): readonly Verdict[] {
  const verdicts = new Map<string, Verdict>();
  for (const verdict of runs.flatMap(({ verdicts }) => verdicts)) {
    const key = `${verdict.check} ${verdict.case}`;
    const held = verdicts.get(key);
    if (!held || STRONGEST.indexOf(verdict.outcome) < STRONGEST.indexOf(held.outcome)) verdicts.set(key, verdict);
  }
  const place = new Map(order.map((id, at) => [id, at]));
  const placeOf = ({ check }: Verdict): number => place.get(check) ?? order.length;
  return [...verdicts.values()].sort((a, b) => placeOf(a) - placeOf(b));
}
