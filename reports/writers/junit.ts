import type { Run, Verdict } from '../record/index.ts';
import { kindOf } from './kind.ts';
import { durationOf, evidenceOf, messageOf, nameOf, topicOf } from './verdict-words.ts';
import { visible } from './visible.ts';
import type { Writer } from './writer.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};
/** Text for an attribute or an element; what XML 1.0 cannot hold is spelled out. */
const xml = (text: string): string =>
  visible(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"\n\t]/g, char => escapes[char] ?? char);

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** What JUnit has for a verdict: it failed, could not be judged, was left out, or passed. */
type Fate = 'failure' | 'error' | 'skipped' | 'passed';

function fateOf(verdict: Verdict): Fate {
  switch (kindOf(verdict)) {
    case 'failure':
      return 'failure';
    case 'error':
    case 'inconclusive':
      return 'error';
    case 'known':
    case 'not-applicable':
      return 'skipped';
    default:
      return 'passed';
  }
}

/**
 * JUnit XML as Jenkins, GitLab and GitHub take it: one suite a topic, one test case a verdict. A warning, and what was
 * observed, is a passed case that says so in its output; a verdict that could not be reached is an error.
 */
export const junit = {
  format: 'junit',
  extension: 'xml',
  summary: 'JUnit XML for Jenkins, GitLab and GitHub',
  write(run) {
    const suites = new Map<string, Verdict[]>();
    for (const verdict of run.verdicts) {
      const topic = topicOf(verdict);
      suites.set(topic, [...(suites.get(topic) ?? []), verdict]);
    }
    return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${xml(`scimulator ${run.header.command}`)}" ${countsOf(run.verdicts, run)}>
${[...suites].map(([topic, verdicts]) => suite(topic, verdicts, run)).join('')}</testsuites>
`;
  },
} satisfies Writer;

function countsOf(verdicts: readonly Verdict[], run: Run): string {
  const fates = verdicts.map(fateOf);
  const count = (fate: Fate): number => fates.filter(one => one === fate).length;
  const time = seconds(verdicts.reduce((sum, verdict) => sum + durationOf(verdict, run), 0));
  return `tests="${verdicts.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${time}"`;
}

function suite(topic: string, verdicts: readonly Verdict[], run: Run): string {
  const { target, profile, run: mark, seed, started } = run.header;
  const properties = { target, profile, run: mark, seed: String(seed) };
  return `  <testsuite name="${xml(topic)}" ${countsOf(verdicts, run)} timestamp="${xml(started.slice(0, 19))}">
    <properties>
${propertiesOf(properties, '      ')}    </properties>
${verdicts.map(verdict => testCase(verdict, run)).join('')}  </testsuite>
`;
}

function testCase(verdict: Verdict, run: Run): string {
  const { clause, level, outcome, severity } = verdict;
  const details = evidenceOf(verdict, run).map(xml).join('\n');
  const message = xml(messageOf(verdict));
  const fate = fateOf(verdict);
  const told =
    fate === 'passed'
      ? message && `      <system-out>${xml(kindOf(verdict))}: ${message}</system-out>\n`
      : fate === 'skipped'
        ? `      <skipped message="${message}"/>\n`
        : `      <${fate} message="${message}" type="${xml(kindOf(verdict))}">${details}</${fate}>\n`;
  return `    <testcase classname="${xml(`scimulator.${topicOf(verdict)}`)}" name="${xml(`${nameOf(verdict)}: ${verdict.title}`)}" time="${seconds(durationOf(verdict, run))}">
      <properties>
${propertiesOf({ clause, level, outcome, severity }, '        ')}      </properties>
${told}    </testcase>
`;
}

const propertiesOf = (properties: Readonly<Record<string, string>>, indent: string): string =>
  Object.entries(properties)
    .map(([name, value]) => `${indent}<property name="${xml(name)}" value="${xml(value)}"/>\n`)
    .join('');
