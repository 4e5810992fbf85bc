import { explain, type Explanation } from '../../harness/explain.ts';
import { EXIT } from '../../harness/exit-code.ts';
import type { Io } from '../io.ts';
import { labelled } from '../../reports/writers/index.ts';

/** `scimulator explain <id>` */
export async function explainCommand(ids: readonly string[], flags: { json?: true }, io: Io): Promise<number> {
  const all = ids.flatMap(explain);
  if (flags.json) io.out(`${JSON.stringify(all, undefined, 2)}\n`);
  else io.out(all.map(one => `${textOf(one, io.width ?? 100)}\n`).join('\n'));
  return EXIT.conforms;
}

const textOf = ({ heading, lines }: Explanation, width: number): string =>
  [heading, ...lines.flatMap(([label, text]) => labelled(`  ${label.padEnd(12)} `, text, width))].join('\n');
