import type { Define } from './command-table.ts';
import type { EvaluateFlags, PreviewFlags } from './commands/mapping.ts';

/** `mapping`: expressions and attribute mappings without a directory. */
export const defineMapping: Define = (mapping, io, ends) => {
  mapping
    .command('eval')
    .description('evaluate an expression and print its value as JSON')
    .argument('[expression]', 'in the language Expr; left out with --batch')
    .option('--context <file>', 'JSON object with what names stand for, such as {"jcUser": {"firstname": "Ada"}}')
    .option('--batch <file>', 'lines of {"expr", "context"}; each is answered with {"value"} or {"error", "offset"}')
    .action((expression: string | undefined, flags: EvaluateFlags) =>
      ends(import('./commands/mapping.ts').then(({ evaluateCommand }) => evaluateCommand(expression, flags, io))),
    );

  mapping
    .command('preview')
    .description('print the SCIM user that attribute mappings make of a person')
    .requiredOption('--user <file>', 'JSON object with the fields of a JumpCloud system user')
    .option('--mapping <file>', "JSON list of rows {target, kind, ...}; JumpCloud's defaults otherwise")
    .option('--provider-user <file>', "the service provider's user as last read; none otherwise, as on create")
    .action((flags: PreviewFlags) =>
      ends(import('./commands/mapping.ts').then(({ previewCommand }) => previewCommand(flags, io))),
    );
};
