import { literal } from '../../reports/writers/script-words.ts';
import { steps, type Completed, type Place } from './words.ts';

/** The script that completes command lines in bash. */
export const bashScript = (commands: readonly Completed[]): string => `# Completion of scimulator for bash:
#   source <(scimulator completion bash)
_scimulator() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} at='' word
  COMPREPLY=()
  # In --flag=value the sign is a word.
  if [[ $current == = ]]; then current=''; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
${steps(commands)
  .map(([read, path]) => `      ${literal(read)}) at=${literal(path)} ;;\n`)
  .join('')}    esac
  done
  case "$at $before" in
${commands.flatMap(flagValues).join('')}  esac
  case "$at" in
${commands.map(positional).join('')}  esac
}
complete -F _scimulator scimulator
`;

/** What each value of a flag may be, an arm of a \`case\` for each. */
function flagValues({ path, flags }: Completed): readonly string[] {
  return flags.flatMap(({ name, value }) =>
    value === undefined ? [] : [`    ${literal(`${path} ${name}`)}) ${reply(value, '')} return ;;\n`],
  );
}

function positional({ path, flags, positional: place }: Completed): string {
  const names = flags.map(({ name }) => name).join(' ');
  const dashed = `if [[ $current == -* ]]; then COMPREPLY=($(compgen -W ${literal(names)} -- "$current")); return; fi`;
  return `    ${literal(path)})\n      ${dashed}\n      ${reply(place, ':')} ;;\n`;
}

function reply({ words, files }: Place, nothing: string): string {
  const some = words.length === 0 ? '' : `COMPREPLY=($(compgen -W ${literal(words.join(' '))} -- "$current"));`;
  const spaced = words.some(word => word.endsWith('=')) ? ' compopt -o nospace;' : '';
  // Where nothing else fits, readline completes the names of files as it always does.
  const paths = files ? ' compopt -o default;' : '';
  return `${some}${spaced}${paths}`.trim() || nothing;
}
