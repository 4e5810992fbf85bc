import type { Exchange, Verdict } from '../record/index.ts';
import type { Limit } from './script-limit.ts';
import { REDACTED } from './script-words.ts';
import { visible } from './visible.ts';

/** Variables and files of a script. */
export const setUp = `set -u
export LC_ALL=C
umask 077
RUN=$(printf '%04d%04d' $(($(date +%s) % 10000)) $(($$ % 10000)))
TMP=\${TMPDIR:-/tmp}/scim-$RUN
mkdir "$TMP" || exit 3
AS=$TMP/credential N=0 STATUS=000 ODD=
: > "$AS"; : > "$TMP/names"; : > "$TMP/made"; : > "$TMP/lines"`;

/** What a script says of itself. */
export function opening(
  { check, case: instance, title, clause, level, expected, actual }: Verdict,
  sentence: string,
  exchanges: readonly Exchange[],
  limit: Limit | undefined,
): string[] {
  const needs = secretsOf(exchanges);
  const further = [...new Set(exchanges.flatMap(({ request: { as } }) => (as === undefined ? [] : [second(as)])))];
  return [
    '#!/bin/sh',
    ...[
      `${check}${instance && ` [${instance}]`}: ${title}`,
      `${clause} ${level}${sentence && `: ${sentence}`}`,
      `expected: ${expected}`,
      `came:     ${actual}`,
    ].map(line => `# ${commented(line)}`),
    '#',
    '# Makes what it needs, shows the fault and removes what it made. Exit code: 1 the fault shows, 0 it does not, 3 it could not be judged.',
    `# The base URL is the first argument or SCIM_URL.${needs === undefined ? '' : ` ${needs}`}`,
    ...(further.length > 0 ? [`# The token of the further credential: ${further.join(', ')}.`] : []),
    ...(limit === undefined ? [] : [`# It may not show the fault though it is there: ${limit}. Then it ends with 3.`]),
    '# SCIM_CURL_OPTIONS: further options of curl, for example --cacert file.',
    '',
  ];
}

/** Text of others in a comment. */
export const commented = (text: string): string => visible(text.replace(/[\r\n\t]+/g, ' '));

/** The field of a head holds what was blanked. */
export const isSecret = ([, value]: readonly [string, string]): boolean => value.includes(REDACTED);

/** Which variables hold the credential, in words. */
function secretsOf(exchanges: readonly Exchange[]): string | undefined {
  const name = credentialName(exchanges);
  if (name === undefined) return undefined;
  if (name !== 'authorization') return `The value of the header ${name} comes from SCIM_SECRET.`;
  return 'The credential: SCIM_TOKEN (bearer), SCIM_USER and SCIM_PASSWORD (basic), or SCIM_AUTHORIZATION (the whole value).';
}

const credentialName = (exchanges: readonly Exchange[]): string | undefined =>
  exchanges.flatMap(({ request }) =>
    request.presented === undefined && request.as === undefined ? Object.entries(request.headers).filter(isSecret) : [],
  )[0]?.[0];

/** Puts the credential where curl reads it, so that it stands in no list of processes. */
export function credential(exchanges: readonly Exchange[]): string {
  const name = credentialName(exchanges);
  if (name === undefined) return '';
  const missing = (what: string) => `{ echo "set ${what}" >&2; rm -rf "$TMP"; exit 3; }`;
  const field = (name: string, value: string) =>
    `printf 'header = "${name}: %s"\\n' "$(printf '%s' "${value}" | sed 's/[\\\\"]/\\\\&/g')" > "$AS"`;
  if (name !== 'authorization')
    return `[ -n "\${SCIM_SECRET:-}" ] || ${missing('SCIM_SECRET')}\n${field(name, '$SCIM_SECRET')}`;
  return [
    `if [ -n "\${SCIM_AUTHORIZATION:-}" ]; then ${field('authorization', '$SCIM_AUTHORIZATION')}`,
    `elif [ -n "\${SCIM_USER:-}" ]; then printf 'user = "%s"\\n' "$(printf '%s' "$SCIM_USER:\${SCIM_PASSWORD:-}" | sed 's/[\\\\"]/\\\\&/g')" > "$AS"`,
    `elif [ -n "\${SCIM_TOKEN:-}" ]; then ${field('authorization', 'Bearer $SCIM_TOKEN')}`,
    `else ${missing('SCIM_TOKEN')}`,
    'fi',
  ].join('\n');
}

/** The variable that holds a further credential. */
export const second = (as: string): string => `SCIM_TOKEN_${as.toUpperCase().replace(/\W/g, '_')}`;
