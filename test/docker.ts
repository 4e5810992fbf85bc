/**
 * `docker build` and `docker run` on a machine without an engine: the steps of a Dockerfile, carried out in a folder for each
 * stage by the commands of this machine. It shows that what is copied is there, that the entry point needs nothing else, and
 * that arguments, variables and mounted folders arrive; of base images, layers and isolation it knows nothing. Packages are
 * links to those of this repository. `node --import tsx test/docker.ts <folder of images> build|run …`
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { root as repository } from './run-cli.ts';

/** A stage as it stands after some steps; the last one is the image. */
interface Stage {
  readonly root: string;
  readonly env: Record<string, string | undefined>;
  /** Paths of the container. */
  folder: string;
  user: string;
  entry: readonly string[];
}

interface Packages {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const at = ({ root, folder }: Stage, path: string): string => join(root, resolve(folder, path));
/** A command with the paths of the container where they are here. */
const here = ({ root }: Stage, text: string): string => text.replace(/(?<=^|\s)\/(?=\w)/g, `${root}/`);

/** Packages of the lock file that stand beside one another, not below others. */
const packagesOf = (folder: string) =>
  Object.entries((read(join(folder, 'package-lock.json')) as Packages).packages).filter(([path]) =>
    /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path),
  );

/** What takes a registry elsewhere. */
const standIns: Readonly<Record<string, (folder: string) => void>> = {
  'npm ci': folder => {
    const { dependencies, devDependencies } = read(join(folder, 'package.json')) as Record<string, unknown>;
    const [, locked] = Object.entries((read(join(folder, 'package-lock.json')) as Packages).packages)[0] ?? [];
    for (const [name, wanted] of Object.entries({ dependencies, devDependencies }))
      if (!isDeepStrictEqual({ ...locked }[name], wanted)) throw new Error(`npm ci: ${name} are not those of the lock`);
    for (const path of ['node_modules/.bin', ...packagesOf(folder).map(([name]) => name)]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (existsSync(join(repository, path)) && !path.endsWith('.bin'))
        symlinkSync(join(repository, path), join(folder, path));
    }
    const commands = join(folder, 'node_modules/.bin');
    mkdirSync(commands);
    const there = join(repository, 'node_modules/.bin');
    for (const name of readdirSync(there)) if (name !== 'tsc') symlinkSync(join(there, name), join(commands, name));
    // Types have been judged before; without them it takes a quarter of the time.
    const quick = `#!/bin/sh\nexec '${there}/tsc' "$@" --noCheck --declaration false\n`;
    writeFileSync(join(commands, 'tsc'), quick);
    chmodSync(join(commands, 'tsc'), 0o755);
  },
  'npm prune --omit=dev': folder => {
    for (const [path, { dev, devOptional }] of packagesOf(folder))
      if (dev || devOptional) rmSync(join(folder, path), { force: true });
  },
};

const steps: Readonly<Record<string, (stage: Stage, rest: string) => void>> = {
  WORKDIR: (stage, path) => {
    stage.folder = resolve(stage.folder, path);
    mkdirSync(at(stage, '.'), { recursive: true });
  },
  ENV: ({ env }, rest) => {
    const [, name = '', value = ''] = /^(\w+)=(\S+)$/.exec(rest) ?? [];
    env[name] = value;
  },
  USER: (stage, name) => void (stage.user = name),
  ENTRYPOINT: (stage, words) => void (stage.entry = JSON.parse(words) as string[]),
  RUN: (stage, rest) => {
    for (const command of rest.split(' && ')) {
      const standIn = standIns[command];
      if (standIn) standIn(at(stage, '.'));
      else if (execute(stage, ['sh', '-ec', here(stage, command)], {}) !== 0) throw new Error(`RUN ${command}: failed`);
    }
  },
};

function execute(stage: Stage, [command = '', ...words]: readonly string[], env: NodeJS.ProcessEnv): number {
  const own = {
    PATH: process.env['PATH'],
    HOME: stage.root,
    NO_COLOR: '1',
    npm_config_update_notifier: 'false',
    ...stage.env,
    ...env,
  };
  const { status } = spawnSync(command, words, { cwd: at(stage, '.'), env: own, stdio: 'inherit' });
  return status ?? 1;
}

/** Copies as COPY does: what is in a folder, a file to a name, and to a folder where that is meant. */
function copy(from: string, rest: string, stage: Stage, ignored: ReadonlySet<string>): void {
  const sources = rest.split(/\s+/);
  const last = sources.pop() ?? '';
  const to = at(stage, last);
  for (const source of sources) {
    const path = join(from, source);
    const isFolder = statSync(path).isDirectory();
    const names = isFolder ? readdirSync(path).filter(name => !ignored.has(join(source, name))) : [''];
    const target = !isFolder && last.endsWith('/') ? join(to, basename(source)) : to;
    const kept = { recursive: true, verbatimSymlinks: true };
    // A link of the context leads out of it; one of another stage stands for a package.
    for (const name of names)
      cpSync(ignored.size > 0 ? realpathSync(join(path, name)) : join(path, name), join(target, name), kept);
  }
}

function build(images: string, name: string, context: string): void {
  const ignored = new Set(readFileSync(join(context, '.dockerignore'), 'utf8').trim().split('\n'));
  const odd = [...ignored].filter(line => !/^[\w.-]+$/.test(line));
  if (odd.length > 0) throw new Error(`.dockerignore: only names are understood here, not ${odd.join(' ')}`);
  const text = readFileSync(join(context, 'Dockerfile'), 'utf8').replace(/\\\n/g, ' ');
  const stages = new Map<string, Stage>();
  let stage: Stage = { root: '', env: {}, folder: '/', user: '', entry: [] };
  for (const line of text.split('\n').filter(each => /^[^#]/.test(each))) {
    const [, word = '', rest = ''] = /^(\w+) +(.*)$/.exec(line) ?? [];
    const [, from = '', paths = rest] = /^--from=(\S+) +(.*)$/.exec(rest) ?? [];
    if (word === 'FROM') {
      const [, called = String(stages.size)] = / AS (\S+)$/.exec(rest) ?? [];
      stage = { root: join(images, `${name}-${stages.size}`), env: {}, folder: '/', user: '', entry: [] };
      mkdirSync(stage.root, { recursive: true });
      stages.set(called, stage);
    } else if (word === 'COPY') {
      if (from === '') copy(context, paths, stage, ignored);
      else copy(stages.get(from)?.root ?? from, paths, stage, new Set());
    } else if (steps[word]) steps[word](stage, rest);
    else throw new Error(`Dockerfile: ${line}: not understood here`);
  }
  writeFileSync(join(images, `${name}.json`), JSON.stringify(stage));
}

function run(images: string, words: readonly string[]): number {
  const given = [...words];
  const env: NodeJS.ProcessEnv = {};
  const mounts: (readonly [string, string])[] = [];
  let user = '';
  const flags: Readonly<Record<string, () => void>> = {
    '--rm': () => undefined,
    '-e': () => {
      const name = given.shift() ?? '';
      env[name] = process.env[name];
    },
    '-v': () => {
      const [host = '', path = ''] = given.shift()?.split(':') ?? [];
      mounts.push([host, path]);
    },
    '--user': () => void (user = given.shift() ?? ''),
  };
  while (given[0]?.startsWith('-')) {
    const flag = given.shift() ?? '';
    if (!flags[flag]) throw new Error(`run: ${flag}: not understood here`);
    flags[flag]();
  }
  const stage = read(join(images, `${given.shift() ?? ''}.json`)) as Stage;
  for (const [host, path] of mounts) {
    if (user === '' && stage.user !== '')
      throw new Error(
        `run: ${host} belongs to who runs this, not to ${stage.user} of the image, who cannot write there`,
      );
    rmSync(at(stage, path), { recursive: true, force: true });
    symlinkSync(host, at(stage, path));
  }
  return execute(stage, [...stage.entry.map(word => here(stage, word)), ...given], env);
}

const [images = '', command, ...words] = process.argv.slice(2);
try {
  const [flag, name = '', context = ''] = words;
  if (command === 'run') process.exitCode = run(images, words);
  else if (command === 'build' && flag === '-t') build(images, name, context);
  else throw new Error(`${command}: not understood here`);
} catch (error) {
  process.stderr.write(`docker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 125;
}
