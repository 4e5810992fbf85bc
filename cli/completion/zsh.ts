import { literal } from '../../reports/writers/script-words.ts';
import { steps, type Completed, type Flag, type Place } from './words.ts';

/** The script that completes command lines in zsh. */
export const zshScript = (commands: readonly Completed[]): string => `#compdef scimulator
# Completion of scimulator for zsh, after compinit:
#   source <(scimulator completion zsh)
_scimulator() {
  local at='' word before=$words[CURRENT-1]
  local -a offered
  if [[ $PREFIX == --*=* ]]; then before=\${PREFIX%%=*}; compset -P 1 '*='; fi
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
${steps(commands)
  .map(([read, path]) => `      (${literal(read)}) at=${literal(path)} ;;\n`)
  .join('')}    esac
  done
  case "$at $before" in
${commands.flatMap(flagValues).join('')}  esac
  case "$at" in
${commands.map(positional).join('')}  esac
}
compdef _scimulator scimulator
`;

function flagValues({ path, flags }: Completed): readonly string[] {
  return flags.flatMap(({ name, value }) =>
    value === undefined ? [] : [`    (${literal(`${path} ${name}`)}) ${reply(value)} return ;;\n`],
  );
}

function positional({ path, flags, positional: place }: Completed): string {
  const offered = `offered=(${flags.map(told).join(' ')}); _describe -o option offered`;
  return `    (${literal(path)})\n      if [[ $PREFIX == -* ]]; then ${offered}; return; fi\n      ${reply(place)} ;;\n`;
}

/** A flag with what it does, as `_describe` takes it. */
const told = ({ name, description }: Flag): string => literal(`${name}:${description.replaceAll(':', '\\:')}`);

function reply({ words, files }: Place): string {
  const open = words.some(word => word.endsWith('=')) ? " -S ''" : '';
  const some = words.length === 0 ? '' : `compadd${open} -- ${words.map(literal).join(' ')};`;
  return `${some}${files ? ' _files;' : ''}`.trim() || ':;';
}
