import { expect } from 'chai';
import { parse } from 'yaml';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBaseline } from '../harness/baseline-file.ts';
import { configSchema } from '../harness/config-schema.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';
import { init } from '../harness/init.ts';
import { findTargetProfile, loadTargetProfile } from '../harness/target-profile.ts';
import { objectOf, onList, refusal, swallow } from '../conformance/proof/hops.ts';
import { inProcess } from './in-process.ts';
import { inFolder, root } from './run-cli.ts';

interface Workflow {
  readonly jobs: {
    readonly conformance: { readonly steps: readonly { readonly run?: string; readonly env?: object }[] };
  };
}

describe('a configuration', () => {
  it('has a schema that editors can read', () => {
    expect(JSON.parse(readFileSync(join(root, 'schemas/config.schema.json'), 'utf8'))).to.deep.equal(configSchema);
  });

  const wrong: readonly (readonly [text: string, message: string])[] = [
    ['profil: rfc\n', ':1:1: no setting profil (did you mean profile?)'],
    ['target:\n  tokenenv: T\n', ':2:3: no setting tokenenv (did you mean tokenEnv?)'],
    ['profile: rfc\nconcurrency: many\n', ':2:14: concurrency must be integer'],
    [
      'profile: okat\n',
      ':1:10: profile must be one of rfc, jumpcloud, 1password, 1password-self-hosted, 1password-hosted, okta, entra',
    ],
    ['target: [\n', ':2:1: '],
  ];
  for (const [text, message] of wrong) {
    it(`names line and column of what is wrong: ${JSON.stringify(text)}`, async () => {
      await inFolder(async folder => {
        const file = join(folder, 'scimulator.yaml');
        writeFileSync(file, text);
        expect(() => loadTargetProfile(file)).to.throw(`${file}${message}`);
      });
    });
  }

  it('is found in a folder above, up to the root of the repository', async () => {
    await inFolder(async folder => {
      const [repository, below] = [join(folder, 'repository'), join(folder, 'repository', 'a', 'b')];
      mkdirSync(below, { recursive: true });
      writeFileSync(join(folder, 'scimulator.yaml'), '');
      mkdirSync(join(repository, '.git'));
      expect(findTargetProfile(below)).to.equal(undefined);
      writeFileSync(join(repository, 'scimulator.yaml'), '');
      expect(findTargetProfile(below)).to.equal(join(repository, 'scimulator.yaml'));
    });
  });
});

describe('init', function () {
  this.timeout(120_000);

  /** Makes no user without a password, and does not say so. */
  const demanding = swallow(
    request => onList('POST', 'Users')(request) && objectOf(request)['password'] === undefined,
    () => refusal(400, 'invalidValue'),
  );

  it('writes down what a target needs, and a run with it needs no search', async () => {
    await withReferenceBridge(async target => {
      const { yaml, problem, leftBehind } = await init(target, { hops: [demanding] });
      expect(problem).to.equal(undefined);
      expect(leftBehind).to.deep.equal([]);
      await inFolder(async folder => {
        const file = join(folder, 'scimulator.yaml');
        writeFileSync(file, yaml);
        const { templates } = loadTargetProfile(file).profile;
        expect(templates).to.deep.equal({ User: { password: '${password}' } });
        const { run } = await conform(target, {
          hops: [demanding],
          ...(templates && { templates }),
          only: ['create.status', 'create.minimal-user', 'filter.user-name-eq', 'replace.status'],
        });
        const outcomes = run.verdicts.map(({ check, outcome }) => [check, outcome]);
        expect(outcomes).to.deep.include.members([
          ['create.status', 'pass'],
          ['create.minimal-user', 'fail'],
          ['filter.user-name-eq', 'pass'],
          ['replace.status', 'pass'],
        ]);
        const exchanges = [...run.exchanges.values()];
        const refusals = exchanges.filter(({ scope, response }) => scope === 'setup' && response.status === 400);
        // The least is tried, and the rest one by one; the body of the configuration is taken at once.
        expect(exchanges.find(({ request }) => request.method === 'POST')?.response.status).to.equal(201);
        expect(refusals.length).to.be.below(4);
      });
    });
  });

  it('is a command that writes a file once, which conform finds', async () => {
    await inFolder(async folder => {
      const outside = process.cwd();
      process.chdir(folder);
      await withReferenceBridge(async ({ baseUrl, credential }) => {
        const env = { T: credential.kind === 'bearer' ? credential.token : '' };
        const args = ['init', '--from', baseUrl, '--token-env', 'T', '--baseline', '--ci', 'github'];
        const made = await inProcess(args, env);
        expect(made.code, made.err).to.equal(0);
        const text = readFileSync(join(folder, 'scimulator.yaml'), 'utf8');
        expect(text).to.include(`url: ${baseUrl}`).and.include('tokenEnv: T').and.not.include(env.T);
        expect(readBaseline(join(folder, 'scimulator-baseline.yaml'))).to.deep.equal([]);
        const { jobs } = parse(readFileSync(join(folder, '.github/workflows/scim.yml'), 'utf8')) as Workflow;
        expect(jobs.conformance.steps.find(({ run }) => run !== undefined)?.env).to.deep.equal({
          T: '${{ secrets.T }}',
        });
        const again = await inProcess(args, env);
        expect(again.code).to.equal(2);
        expect(again.err).to.include('--force');
        const judged = await inProcess(['conform', '--max-requests', '40'], env);
        expect(judged.out).to.include(baseUrl);
      }).finally(() => process.chdir(outside));
    });
  });

  /** A person at a terminal: what is asked, and what they answer; an answer is taken when its question comes. */
  const person = (answers: readonly (readonly [question: RegExp, answer: string])[]) => {
    let said = '';
    const left = [...answers];
    return {
      said: () => said,
      left,
      io: {
        interactive: true,
        err: (text: string) => void (said += text),
        async ask() {
          const [question = /never/, answer = ''] = left.shift() ?? [];
          expect(said.split('\n\n').at(-1)).to.match(question);
          return answer;
        },
      },
    };
  };

  it('asks at a terminal, again where an answer cannot be used, and does as it is told', async () => {
    await inFolder(async folder => {
      await withReferenceBridge(async ({ baseUrl, credential }) => {
        const env = { SCIM_TOKEN: credential.kind === 'bearer' ? credential.token : '' };
        const { said, left, io } = person([
          [/Base URL/, 'localhost:80'],
          [/neither http nor https/, baseUrl],
          [/bearer token/, 'NOT_SET'],
          [/NOT_SET is not set here/, ''],
          [/judged for/, 'oktta'],
          [/did you mean okta/, 'okta'],
          [/known deviations/, 'perhaps'],
          [/y or n is wanted/, 'y'],
          [/GitHub workflow/, ''],
        ]);
        const file = join(folder, 'mine.yaml');
        const { code, out } = await inProcess(['init', '--output', file], env, io);
        expect([code, left], said()).to.deep.equal([0, []]);
        const { profile } = loadTargetProfile(file);
        expect(profile).to.include({ profile: 'okta', baseline: 'scimulator-baseline.yaml' });
        expect(profile.target).to.deep.equal({ url: baseUrl, tokenEnv: 'SCIM_TOKEN' });
        expect(out).to.match(/^ {2}scimulator conform --config .*mine\.yaml$/m);
        expect(said()).not.to.include(env.SCIM_TOKEN);
      });
    });
  });

  it('sends nothing to another machine unless the person agrees, and asks nobody who is not there', async () => {
    await inFolder(async folder => {
      const output = ['--output', join(folder, 'mine.yaml')];
      const { io } = person([
        [/Base URL/, 'https://scim.example/v2'],
        [/bearer token/, 'none'],
        [/judged for/, ''],
        [/Domain/, ''],
        [/known deviations/, ''],
        [/GitHub/, ''],
        [/Create a few users and a group on scim\.example/, ''],
      ]);
      const refused = await inProcess(['init', ...output], {}, io);
      expect(refused.code).to.equal(2);
      const alone = await inProcess(['init', ...output]);
      expect([alone.code, /init --from https/.test(alone.err)]).to.deep.equal([2, true]);
    });
  });
});
