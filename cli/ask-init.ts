import { DOMAIN } from '../conformance/index.ts';
import { profileNamed } from '../harness/selection.ts';
import { isLoopback } from '../harness/target.ts';
import { parseBaseUrl } from '../scim/wire/transport.ts';
import type { InitFlags } from './commands/init.ts';
import { UsageError, type Io } from './io.ts';
import { PROFILES } from './names.ts';

type Ask = NonNullable<Io['ask']>;

/** Credentials that `init` takes by flags; where one is named nothing is asked about it. */
const CREDENTIAL = ['tokenEnv', 'tokenFile', 'headerEnv', 'basicUser', 'oauthTokenUrl'] as const;

/**
 * Asks for what the command line does not say. An answer that cannot be used is asked for again; an empty one takes what
 * stands in brackets.
 * @throws UsageError where the person does not agree
 */
export async function askForInit(flags: InitFlags, io: Io, ask: Ask): Promise<InitFlags> {
  io.err('Enter takes what stands in brackets, Ctrl-C ends this. Nothing is sent before the last answer.\n');
  const until = async <T>(question: string, fallback: string, read: (answer: string) => T): Promise<T> => {
    io.err(`\n${question}\n`);
    for (;;) {
      const answer = (await ask(fallback === '' ? '> ' : `[${fallback}] > `)).trim() || fallback;
      try {
        return read(answer);
      } catch (error) {
        io.err(`${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  };
  const yes = async (question: string): Promise<boolean> =>
    until(`${question} (y or n)`, 'n', answer => {
      if (/^(?:y|yes|n|no)$/i.test(answer)) return /^y/i.test(answer);
      throw new Error('y or n is wanted');
    });

  const from = await until('Base URL of the SCIM endpoint, for example https://host.example/scim/v2', '', answer => {
    parseBaseUrl(answer);
    return answer;
  });
  const isNamed = CREDENTIAL.some(name => flags[name] !== undefined);
  const tokenEnv = isNamed
    ? undefined
    : await until('Environment variable that holds the bearer token, or: none', 'SCIM_TOKEN', answer => {
        if (answer === 'none') return undefined;
        if (io.env[answer]) return answer;
        throw new Error(`${answer} is not set here; name another, or end this, export it and begin again`);
      });
  const profile = await until(`What it is judged for:\n${PROFILES.join(', ')}`, flags.profile, answer => {
    return profileNamed(answer).id;
  });
  const isNear = isLoopback(from);
  const emailDomain = isNear
    ? flags.emailDomain
    : await until('Domain of the addresses that are made up', flags.emailDomain ?? DOMAIN, answer => answer);
  const baseline = flags.baseline ?? (await yes('Keep a list of known deviations, scimulator-baseline.yaml?'));
  const ci = flags.ci ?? ((await yes('Write a GitHub workflow, .github/workflows/scim.yml?')) ? 'github' : undefined);
  const { host } = new URL(from);
  const isAgreed =
    isNear || flags.yes || (await yes(`Create a few users and a group on ${host}, and remove them again?`));
  if (!isAgreed) throw new UsageError(`nothing was sent to ${host}, and nothing was written`);
  return {
    ...flags,
    from,
    profile,
    yes: true,
    ...(tokenEnv !== undefined && { tokenEnv }),
    ...(emailDomain !== undefined && emailDomain !== DOMAIN && { emailDomain }),
    ...(baseline && { baseline }),
    ...(ci && { ci }),
  };
}
