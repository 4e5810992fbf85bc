import type { Command } from 'commander';
import { clausesOf, checks } from '../../conformance/index.ts';
import { clientDefects, defects, variants } from '../../conformance/proof/index.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { scenarios } from '../../scenarios/index.ts';
import { dialects } from '../../simulator/index.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { completedCommands, type Completed, type KnownWords } from '../completion/words.ts';
import { zshScript } from '../completion/zsh.ts';
import type { Io } from '../io.ts';
import { FORMATS, PROFILES, type SHELLS } from '../names.ts';

const scripts: Readonly<Record<(typeof SHELLS)[number], (commands: readonly Completed[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** `scimulator completion <shell>` */
export async function completion(shell: keyof typeof scripts, { parent }: Command, io: Io): Promise<number> {
  if (parent) io.out(scripts[shell](completedCommands(parent, knownWords())));
  return EXIT.conforms;
}

function knownWords(): KnownWords {
  const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);
  const topics = [...new Set(ids(checks).map(id => id.split('.')[0] ?? ''))];
  const clauses = [...new Set(checks.flatMap(clausesOf))];
  return {
    '--profile': PROFILES,
    '--judge-profile': PROFILES,
    '--idp': ids(dialects),
    '--report': FORMATS.map(format => `${format}=`),
    '--only': [...topics, ...ids(checks)],
    '--skip': [...topics, ...ids(checks)].map(id => `${id}=`),
    rerun: ids(checks),
    play: ['all', ...ids(scenarios)],
    explain: [...topics, ...[checks, defects, clientDefects, variants, scenarios].flatMap(ids), ...clauses],
  };
}
