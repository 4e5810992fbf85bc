import type { Expectation } from '../expectation.ts';
import type { Finding } from '../play/finding.ts';
import type { PlayedStep } from '../play/play.ts';
import type { Scenario } from '../scenario.ts';

/** A fault of what went over the wire, told by whoever judges every exchange. */
export interface WireFault {
  /** Id of the check. */
  readonly check: string;
  /** The clause that it breaks. */
  readonly clause: string;
  readonly title: string;
  readonly expected: string;
  readonly actual: string;
  /** Ids of the exchanges it rests on. */
  readonly exchanges: readonly string[];
}

/** A story that was played. */
export interface Performance {
  readonly scenario: Scenario;
  readonly played: readonly PlayedStep[];
  readonly findings: readonly Finding[];
  /** Judges what went over the wire: it costs as much as playing, so ask where it matters. */
  readonly wire: () => readonly WireFault[];
}

/** Something that a history shows to be wrong. */
export interface Fault {
  /** What tells one fault from another while a history is made shorter. */
  readonly family: string;
  /** The rule or clause that is broken. */
  readonly clause: string;
  readonly title: string;
  readonly actual: string;
  /** Number of the step that showed it, from 1; undefined where it showed at the end. */
  readonly step: number | undefined;
  /** What was expected; undefined for what no expectation says. */
  readonly expectation: Expectation | undefined;
}

/** What a performance shows to be wrong, in the order in which it showed. */
export function faultsOf(performance: Performance): readonly Fault[] {
  return [...toldBy(performance), ...seenIn(performance)].sort((a, b) => (a.step ?? Infinity) - (b.step ?? Infinity));
}

/** The first fault of a family that a performance shows. */
export const faultOf = (performance: Performance, family: string): Fault | undefined =>
  (family.startsWith(WIRE) ? seenIn(performance) : toldBy(performance)).find(fault => fault.family === family);

/** What families of faults of the wire begin with. */
export const WIRE = 'wire ';

function toldBy({ scenario, findings }: Performance): readonly Fault[] {
  const looks = expectationsOf(scenario);
  const told = findings.flatMap((finding): readonly Fault[] => {
    const place = Number(finding.check.slice(scenario.id.length + 1));
    const look = Number.isInteger(place) ? looks[place - 1] : undefined;
    if (look && finding.outcome === 'fail') {
      const { rule: clause, title, actual } = finding;
      return [{ family: look.family, clause, title, actual, step: look.step, expectation: look.expectation }];
    }
    // What could not be done or read, and is no consequence of something else.
    const isRoot = finding.blockedBy === '' && (finding.outcome === 'inconclusive' || finding.outcome === 'error');
    if (!isRoot) return [];
    const step = look ? look.step : numberIn(finding.check.slice(scenario.id.length + 1));
    const actual = finding.actual === '' ? finding.reason : finding.actual;
    return [
      {
        family: `refusal ${finding.outcome}`,
        clause: finding.rule,
        title: finding.title,
        actual,
        step,
        expectation: undefined,
      },
    ];
  });
  return told.sort((a, b) => (a.step ?? Infinity) - (b.step ?? Infinity));
}

function seenIn({ wire, played }: Performance): readonly Fault[] {
  return wire().map((each): Fault => {
    const [first = ''] = each.exchanges;
    const at = played.find(({ scope }) => first.startsWith(`${scope}/`) || first.startsWith(`${scope}#`));
    return {
      family: `${WIRE}${each.check}`,
      clause: each.clause,
      title: each.title,
      actual: each.actual,
      step: at?.n,
      expectation: undefined,
    };
  });
}

/** Each expectation of a story with the step that looks, as findings number them. */
function expectationsOf({ steps, expect }: Scenario) {
  return [
    ...steps.flatMap((step, index) =>
      step.verb === 'expect' ? step.expectations.map(each => lookFor(each, index + 1)) : [],
    ),
    ...expect.map(each => lookFor(each, undefined)),
  ];
}

const lookFor = (expectation: Expectation, step: number | undefined) => ({
  expectation,
  family: familyOf(expectation),
  step,
});

/** What a broken expectation is called. */
export const familyOf = ({ kind }: Expectation): string => FAMILIES[kind] ?? kind;

/** Kinds of expectations that one fault can break now and then. */
const FAMILIES: Readonly<Record<string, string>> = {
  'account-is': 'state',
  'account-has': 'attributes',
  'account-mirrors': 'attributes',
  'group-has': 'membership',
  'group-lacks': 'membership',
  'group-exists': 'group',
  'group-absent': 'group',
  'group-named': 'group',
  event: 'log',
};

const numberIn = (text: string): number | undefined => {
  const [digits] = /^\d+/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
};
