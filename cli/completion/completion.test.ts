import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { inProcess } from '../../test/in-process.ts';

describe('completion of command lines', () => {
  let script = '';
  before(async () => {
    const { code, out, err } = await inProcess(['completion', 'bash']);
    expect(code, err).to.equal(0);
    script = out;
  });

  /** What bash offers for the last of these words. */
  const offered = (words: readonly string[]): string[] => {
    const read = `eval "$(cat)"; compopt() { echo "opt $*"; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _scimulator;
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', read, 'scimulator', 'scimulator', ...words], {
      encoding: 'utf8',
      input: script,
    });
    expect(stderr, words.join(' ')).to.equal('');
    return stdout.split('\n').filter(Boolean);
  };

  const cases: readonly (readonly [string[], string[]])[] = [
    [['conf'], ['conform']],
    [
      ['serve', ''],
      ['bridge', 'directory', 'all'],
    ],
    [['serve', 'bridge', '--rem'], ['--remove-value']],
    [
      ['conform', 'https://h.example', '--token'],
      ['--token-env', '--token-file', '--token2-env', '--token2-file', '--token2-kind'],
    ],
    [['conform', '--profile', 'jump'], ['jumpcloud']],
    [['conform', '--profile', '=', 'jump'], ['jumpcloud']],
    [
      ['conform', '--level', '='],
      ['must', 'should'],
    ],
    [
      ['conform', '--level', ''],
      ['must', 'should'],
    ],
    [
      ['conform', '--report', 'ju'],
      ['junit=', 'opt -o nospace'],
    ],
    [['conform', '--token-file', ''], ['opt -o default']],
    [['conform', '--seed', ''], []],
    [
      ['conform', '--bail', '--time'],
      ['--time-limit', '--timeout'],
    ],
    [
      ['play', '--idp', 'ok'],
      ['okta', 'okta-oin'],
    ],
    [
      ['play', 'leaver-in-two'],
      ['leaver-in-two-groups', 'opt -o default'],
    ],
    [['rerun', 'create.stat'], ['create.status']],
    [['list', 'cl'], ['clauses']],
    [['report', 'di'], ['diff']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
  ];
  for (const [words, wanted] of cases) {
    it(`offers for: scimulator ${words.join(' ')}`, () => {
      expect(offered(words).sort()).to.deep.equal([...wanted].sort());
    });
  }

  it('knows in each shell every command, and every flag with its description where the shell shows one', async () => {
    for (const [shell, flag] of [
      ['zsh', "'--grep-invert:checks for which none of that does'"],
      ['fish', "-l grep-invert -x -d 'checks for which none of that does'"],
    ] as const) {
      const { code, out } = await inProcess(['completion', shell]);
      expect(code).to.equal(0);
      expect(out).to.include(flag);
      for (const name of ['conform', 'bridge', 'mapping', 'clean']) expect(out).to.include(name);
      // Quotes are in pairs: an apostrophe of a description would end a word early.
      for (const line of out.split('\n')) {
        const bare = line.replaceAll(shell === 'zsh' ? `'\\''` : /\\[\\']/g, '');
        expect((bare.match(/'/g) ?? []).length % 2, line).to.equal(0);
      }
    }
  });
});
