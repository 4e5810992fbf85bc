import type { Run, Verdict } from '../record/index.ts';
import { kindOf } from './kind.ts';
import { durationOf, evidenceOf, messageOf, nameOf, topicOf } from './verdict-words.ts';
import type { Writer } from './writer.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'other';

/** A verdict that could not be reached is neither passed nor failed. */
function statusOf(verdict: Verdict): Status {
  switch (kindOf(verdict)) {
    case 'failure':
      return 'failed';
    case 'error':
    case 'inconclusive':
      return 'other';
    case 'known':
    case 'not-applicable':
      return 'skipped';
    default:
      return 'passed';
  }
}

/** Common Test Report Format: one test a verdict; what it has no member for is in `extra`. */
export const ctrf = {
  format: 'ctrf',
  extension: 'json',
  summary: 'Common Test Report Format',
  write(run) {
    const [, version = ''] = run.header.tool.split(' ');
    const start = Date.parse(run.header.started);
    const stop = run.footer ? Date.parse(run.footer.ended) : start;
    const statuses = run.verdicts.map(statusOf);
    const count = (status: Status): number => statuses.filter(one => one === status).length;
    const report = {
      reportFormat: 'CTRF',
      specVersion: '0.0.0',
      results: {
        tool: { name: 'scimulator', version },
        summary: {
          tests: run.verdicts.length,
          passed: count('passed'),
          failed: count('failed'),
          pending: 0,
          skipped: count('skipped'),
          other: count('other'),
          start,
          stop,
        },
        tests: run.verdicts.map((verdict, index) => testOf(verdict, statuses[index] ?? 'other', run)),
        environment: {
          testEnvironment: run.header.target,
          extra: { profile: run.header.profile, run: run.header.run, seed: run.header.seed },
        },
      },
    };
    return `${JSON.stringify(report, undefined, 2)}\n`;
  },
} satisfies Writer;

function testOf(verdict: Verdict, status: Status, run: Run) {
  const message = messageOf(verdict);
  const { clause, level, outcome, severity } = verdict;
  return {
    name: `${nameOf(verdict)}: ${verdict.title}`,
    status,
    duration: Math.round(durationOf(verdict, run)),
    suite: [topicOf(verdict)],
    rawStatus: kindOf(verdict),
    ...(message !== '' && { message }),
    ...(status === 'failed' && { trace: evidenceOf(verdict, run).join('\n') }),
    extra: { clause, level, outcome, severity },
  };
}
