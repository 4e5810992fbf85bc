/** Stands below the title of every generated page. */
export const MADE = '<!-- Made by `npm run generate`; change the tables, not this page. -->';

const cell = (text: string) => text.replaceAll('|', '\\|');
/** Lines of a Markdown table. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${header.join(' | ')} |`,
  `| ${header.map(() => '---').join(' | ')} |`,
  ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
];
