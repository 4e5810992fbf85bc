import { Document, YAMLMap } from 'yaml';
import { rfc, runConformance, type Facts } from '../conformance/index.ts';
import { withSession, type Care, type RunOptions } from './run.ts';
import type { TargetSettings } from './target.ts';
import type { TargetProfile } from './target-profile.ts';

export interface InitOptions extends RunOptions, Care {
  /** Where the credential is, as the configuration names it. */
  readonly target?: TargetProfile['target'];
  /** What the target is to be judged for; `rfc` by default. */
  readonly profile?: string;
  /** Baseline that the configuration names. */
  readonly baselineFile?: string;
}

/** What was learnt of a target. */
export interface Initial {
  /** Text of the configuration. */
  readonly yaml: string;
  /** Why no configuration could be made of it, or nothing. */
  readonly problem: string | undefined;
  /** What could not be removed again. */
  readonly leftBehind: readonly string[];
}

/**
 * Learns what a target needs, with a handful of users and groups that are removed again, and writes it down as a commented
 * configuration. @throws what a run throws
 */
export async function init(target: TargetSettings, options: InitOptions = {}): Promise<Initial> {
  let facts: Facts | undefined;
  const title = { command: 'init', profile: rfc.id, clauses: [], notes: [], care: options };
  const { run } = await withSession(target, title, options, async session => {
    const result = await runConformance({ session, checks: [], profile: rfc });
    ({ facts } = result);
    return result;
  });
  const lost = run.footer?.lostSince ?? '';
  const problem = lost === '' ? facts?.refused.User?.reason : `the target does not answer (since ${lost})`;
  return { yaml: configurationOf(target.baseUrl, facts, options), problem, leftBehind: run.footer?.leftBehind ?? [] };
}

function configurationOf(
  url: string,
  facts: Facts | undefined,
  { target = {}, emailDomain, profile = rfc.id, baselineFile }: InitOptions,
): string {
  const templates = facts?.templates ?? {};
  const { templates: _, ...settings } = {
    target: { url, ...target },
    profile,
    ...(baselineFile !== undefined && { baseline: baselineFile }),
    ...(emailDomain !== undefined && { emailDomain }),
    templates,
  };
  const document = new Document({ ...settings, ...(Object.keys(templates).length > 0 && { templates }) });
  document.commentBefore = [
    ' What scimulator learnt of this target. Secrets are never here: name the environment variable that holds one.',
    ' Flags weigh more than this file.',
    ...findingsOf(facts).map(line => ` ${line}`),
  ].join('\n');
  if (document.contents instanceof YAMLMap) {
    for (const { key } of document.contents.items as readonly {
      readonly key: { value?: unknown; commentBefore?: string };
    }[]) {
      const text = comments[String(key.value)];
      if (text !== undefined) key.commentBefore = ` ${text}`;
    }
  }
  const hints = Object.entries(optional).filter(
    ([name]) => !(name in settings) && !(name === 'templates' && name in templates),
  );
  const shown = hints.map(([name, text]) => `# ${name}: ${text}`).join('\n');
  return `${document.toString()}\n# More that can be said here:\n${shown}\n`;
}

const comments: Readonly<Record<string, string>> = {
  target: 'Base URL, and where the credential is.',
  profile: 'What weighs how much: rfc, jumpcloud, 1password, 1password-self-hosted, 1password-hosted, okta, entra.',
  baseline: 'Known deviations: reported, not counted, until they expire.',
  emailDomain: 'Domain of the addresses that are made up.',
  templates:
    'What bodies of a type hold beyond ordinary ones; null leaves a member out. The marks are filled in for each.',
};

const optional: Readonly<Record<string, string>> = {
  concurrency: '8            # checks under way at once',
  emailDomain: 'scim-test.example.com   # one that receives no mail by default',
  maxUsers: '2000            # users made in the whole run, at most',
  maxRequests: '6000         # requests sent, at most',
  rate: '20                  # requests a second, at most',
  readOnly: 'true            # send only what changes nothing',
  baseline: 'known.yaml       # known deviations: reported, not counted',
  skip: '{filter.ne: the reason}   # checks that are left out',
  start: 'npm start           # starts the endpoint, which is stopped at the end',
  forbid: '[DELETE, /Groups, PATCH /Users]   # what the target is never asked: a method, a path, or both',
};

/** What the target has, lacks and asks for, a line each. */
function findingsOf(facts: Facts | undefined): readonly string[] {
  if (facts === undefined) return [];
  const { resourceTypes, serviceProviderConfig = {}, needs = {}, faults = [], lagMs = 0, refused } = facts;
  const types = resourceTypes?.map(({ name, endpoint }) => `${JSON.stringify(name)} at ${JSON.stringify(endpoint)}`);
  const flags = ['patch', 'bulk', 'filter', 'sort', 'etag', 'changePassword'].flatMap(name => {
    const flag = serviceProviderConfig[name];
    return typeof flag === 'object' && flag !== null && 'supported' in flag && flag['supported'] === false
      ? [name]
      : [];
  });
  const demands = Object.entries(needs).flatMap(([type, { demanded, rejected, mailNames }]) => [
    ...(demanded.length > 0 ? [`A ${type} needs ${demanded.join(', ')}, which no schema says.`] : []),
    ...(rejected.length > 0 ? [`A ${type} is refused with ${rejected.join(', ')}.`] : []),
    ...(mailNames ? ['A userName has to be an e-mail address.'] : []),
  ]);
  return [
    `Resource types: ${types?.join(', ') ?? 'none are listed; users and groups are taken to be there'}.`,
    ...(flags.length > 0 ? [`Declared as not supported: ${flags.join(', ')}.`] : []),
    ...demands,
    ...Object.entries(refused).map(([type, { reason }]) => `No ${type} can be made: ${reason}.`),
    ...faults.map(({ reason }) => `Does not work: ${reason}.`),
    ...(lagMs > 0 ? [`Lists stay up to ${lagMs} ms behind writes.`] : []),
  ].map(line => line.replaceAll(/\s+/g, ' '));
}
