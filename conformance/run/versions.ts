import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Context, Made } from './context.ts';
import { describeAnswer } from './expect.ts';
import { supports } from './facts.ts';
import { reporters } from './reporters.ts';
import { succeeded } from './steps.ts';
import { Blocked } from './violation.ts';

/** The ETag of a resource. @throws Blocked by `version.header` when a read shows none */
export async function tagOf({ scim }: Context, endpoint: string, id: string): Promise<string> {
  const answer = await scim.read(endpoint, id);
  if (answer.status !== 200) throw new Blocked(reporters.read, describeAnswer(answer));
  const tag = answer.headers['etag'];
  if (!tag) throw new Blocked('version.header', 'a read shows no ETag');
  return tag;
}

/** Two tags of one version, whether they are marked as weak or not (RFC 9110 section 8.8.3.2). */
export const isSameVersion = (one: string, other: string): boolean => opaque(one) === opaque(other);

const opaque = (tag: string): string => tag.replace(/^W\//i, '');

export const isWeak = (tag: string): boolean => /^W\//i.test(tag);

/** `meta.version` of a resource, where it is a text. */
export function versionIn(resource: unknown): string | undefined {
  const meta = isObject(resource as JsonObject) ? (resource as JsonObject)['meta'] : undefined;
  const version = isObject(meta) ? meta['version'] : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** Writes that change the display name of a user, under a condition. */
export type Write = (context: Context, user: Made, displayName: string, headers?: Conditions) => Promise<HttpResponse>;

type Conditions = Readonly<Record<string, string>>;

export const put: Write = async ({ scim }, { id, sent }, displayName, headers = {}) =>
  scim.replace('/Users', id, { ...sent, displayName }, { headers });

const patch: Write = async ({ scim }, { id }, displayName, headers = {}) =>
  scim.patch('/Users', id, [{ op: 'replace', path: 'displayName', value: displayName }], { headers });

/** The methods that change a user on this target. */
export const writes = (facts: Context['facts']): readonly { readonly name: string; readonly write: Write }[] => [
  { name: 'PUT', write: put },
  ...(supports('patch').unmet(facts) === undefined ? [{ name: 'PATCH', write: patch }] : []),
];

/**
 * A user that has been changed since the version in hand.
 * @throws Blocked when the change is refused, or the version stays with it
 */
export async function changedUser(
  context: Context,
): Promise<{ readonly user: Made; readonly stale: string; readonly now: string }> {
  const user = await context.given.user();
  const stale = await tagOf(context, '/Users', user.id);
  succeeded(await put(context, user, 'Version Two'), 'replace.status');
  const now = await tagOf(context, '/Users', user.id);
  if (isSameVersion(stale, now)) throw new Blocked('version.changes', `the ETag is ${now} before and after a PUT`);
  return { user, stale, now };
}
