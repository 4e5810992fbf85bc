import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '../harness/config-schema.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';
import { init } from '../harness/init.ts';
import { findTargetProfile, loadTargetProfile } from '../harness/target-profile.ts';
import { objectOf, onList, refusal, swallow } from '../conformance/proof/hops.ts';
import { inFolder, root, runCli } from './run-cli.ts';

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
  this.timeout(60_000);

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
        const { templates } = loadTargetProfile(file);
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
      await withReferenceBridge(async ({ baseUrl, credential }) => {
        const env = { T: credential.kind === 'bearer' ? credential.token : '' };
        const made = await runCli(['init', '--from', baseUrl, '--token-env', 'T'], env, folder);
        expect(made.code, made.err).to.equal(0);
        const text = readFileSync(join(folder, 'scimulator.yaml'), 'utf8');
        expect(text).to.include(`url: ${baseUrl}`).and.include('tokenEnv: T').and.not.include(env.T);
        const again = await runCli(['init', '--from', baseUrl, '--token-env', 'T'], env, folder);
        expect(again.code).to.equal(2);
        expect(again.err).to.include('--force');
        const judged = await runCli(['conform', '--max-requests', '40'], env, folder);
        expect(judged.out).to.include(baseUrl);
      });
    });
  });
});
