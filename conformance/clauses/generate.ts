/**
 * Turns each `.tsv` catalogue beside this file into one typed `.ts`: a union of its ids and its rows keyed by id.
 * Run with `npm run generate`; a test fails while a generated file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Catalogue {
  /** File name without its ending, for the source and for what is made of it. */
  readonly file: string;
  readonly idType: string;
  readonly rowType: string;
  readonly table: string;
}

export const catalogues: readonly Catalogue[] = [
  { file: 'scim-requirements', idType: 'RequirementId', rowType: 'Requirement', table: 'requirements' },
  { file: 'provisioning-rules', idType: 'RuleId', rowType: 'Rule', table: 'rules' },
];

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Column names come in snake case; the rows they make are TypeScript. */
const property = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The text of the generated module.
 * @throws Error when a row has another number of fields than the header, or an id occurs twice.
 */
export function generate({ file, idType, rowType, table }: Catalogue, tsv: string): string {
  const [header, ...lines] = tsv.replace(/\n$/, '').split('\n');
  const columns = (header ?? '').split('\t').map(property);
  const seen = new Set<string>();
  const rows = lines.map((line, index) => {
    const fields = line.split('\t');
    const id = fields[0] ?? '';
    if (fields.length !== columns.length) {
      throw new Error(`${file}.tsv:${index + 2}: ${fields.length} fields where the header has ${columns.length}`);
    }
    if (seen.has(id)) throw new Error(`${file}.tsv:${index + 2}: the id ${id} occurs twice`);
    seen.add(id);
    const row = Object.fromEntries(columns.map((column, at) => [column, fields[at]]));
    return `  ${JSON.stringify(id)}: ${JSON.stringify(row)},`;
  });
  return [
    `// Made from ${file}.tsv by \`npm run generate\`: change that file, not this one.`,
    `import type { ${rowType}Row } from './row.ts';`,
    '',
    `export type ${idType} =`,
    [...seen].map(id => `  | ${JSON.stringify(id)}`).join('\n') + ';',
    '',
    `export const ${table}: Readonly<Record<${idType}, ${rowType}Row>> = {`,
    ...rows,
    '};',
    '',
  ].join('\n');
}

/** Source text and generated text of every catalogue, for writing and for the stale test. */
export function generateAll(): readonly { path: string; text: string }[] {
  return catalogues.map(catalogue => ({
    path: beside(`${catalogue.file}.ts`),
    text: generate(catalogue, readFileSync(beside(`${catalogue.file}.tsv`), 'utf8')),
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, text } of generateAll()) writeFileSync(path, text);
}
