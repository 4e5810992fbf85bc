import { Option, type Command } from 'commander';
import type { Define } from './command-table.ts';
import { FORMATS } from './names.ts';

const inResults = (command: Command): Command =>
  command.option('--out <folder>', 'folder of results', 'scimulator-results');

/** `report` with what can be done with records. */
export const defineReport: Define = (report, io, ends) => {
  const written = (command: Command, fallback: string): Command =>
    command
      .addOption(new Option('--format <format>', 'format').choices(FORMATS).default(fallback))
      .option('--output <file>', 'where to write it; standard output by default');

  written(
    report
      .command('make', { isDefault: true })
      .description('make a report from a record; `report <record>` is the same')
      .argument('<record>', 'a record.jsonl, or the folder it is in'),
    'text',
  )
    .argument('[more...]')
    .action((record: string, more: string[], flags: { format: string; output?: string }) =>
      ends(import('./commands/report.ts').then(({ report }) => report(record, more, flags, io))),
    );

  inResults(
    report
      .command('show')
      .description('open the HTML report of a run in the browser')
      .argument('[record]', 'a record.jsonl, or the folder it is in; the newest by default'),
  ).action((record: string | undefined, flags: { out: string }) =>
    ends(import('./commands/report-show.ts').then(({ showReport }) => showReport(record, flags, io))),
  );

  written(
    report
      .command('merge')
      .description('put the parts of a run together (conform --shard)')
      .argument('<record...>', 'the records of all parts'),
    'text',
  )
    .option('--record <file>', 'write the whole run as a record, too')
    .action((records: string[], flags: { format: string; output?: string; record?: string }) =>
      ends(import('./commands/report-merge.ts').then(({ mergeReports }) => mergeReports(records, flags, io))),
    );

  report
    .command('diff')
    .description('what is worse, better, new and gone from one run to another; exit code 1 when something is worse')
    .argument('<before>', 'a record.jsonl, or the folder it is in')
    .argument('<after>', 'a record.jsonl, or the folder it is in')
    .option('--json', 'as JSON')
    .action((before: string, after: string, flags: { json?: true }) =>
      ends(import('./commands/report-diff.ts').then(({ diffReports }) => diffReports(before, after, flags, io))),
    );
};
