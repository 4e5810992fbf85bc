import type { Completed, Flag, Place } from './words.ts';

/** The script that completes command lines in fish. */
export const fishScript = (commands: readonly Completed[]): string => `# Completion of scimulator for fish:
#   scimulator completion fish | source
complete -c scimulator -f
${commands.flatMap(linesOf).join('')}`;

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function linesOf({ path, flags, positional }: Completed, _: number, all: readonly Completed[]): readonly string[] {
  const where = `complete -c scimulator -n ${quoted(conditionOf(path, all))}`;
  const below = all.filter(other => parentOf(other.path) === path && other.path !== path);
  const names = new Set(below.map(({ path }) => nameOf(path)));
  const words = positional.words.filter(word => !names.has(word));
  return [
    ...below.map(sub => `${where} -a ${nameOf(sub.path)} -d ${quoted(sub.description)}\n`),
    ...(words.length === 0 ? [] : [`${where} -a ${quoted(words.join(' '))}\n`]),
    ...(positional.files ? [`${where} -F\n`] : []),
    ...flags.map(flag => `${where} -l ${flag.name.slice(2)}${valueOf(flag)} -d ${quoted(flag.description)}\n`),
  ];
}

const nameOf = (path: string): string => path.split(' ').at(-1) ?? '';
const parentOf = (path: string): string => path.split(' ').slice(0, -1).join(' ');

/** When the command of a path is the one that is written, and none below it. */
function conditionOf(path: string, all: readonly Completed[]): string {
  const seen = path
    .split(' ')
    .filter(Boolean)
    .map(word => `__fish_seen_subcommand_from ${word}`);
  const below = all.filter(other => other.path !== path && parentOf(other.path) === path).map(sub => nameOf(sub.path));
  const none = below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(' ')}`];
  return [...seen, ...none].join('; and ') || 'true';
}

function valueOf({ value }: Flag): string {
  if (value === undefined) return '';
  return `${value.files ? ' -r -F' : ' -x'}${choicesOf(value)}`;
}

const choicesOf = ({ words }: Place): string => (words.length === 0 ? '' : ` -a ${quoted(words.join(' '))}`);
