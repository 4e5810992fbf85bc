import { bulkRequest, bulkResultsOf, placeOf, type BulkOperation, type BulkResult } from '../../scim/message/bulk.ts';
import { isObject } from '../../scim/message/list.ts';
import { filterValue, patchOp } from '../../scim/message/patch.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import { ordinary } from './change.ts';
import type { Context, Made } from './context.ts';
import { describeAnswer, show } from './expect.ts';
import { supports, type Condition } from './facts.ts';
import { filtered } from './steps.ts';
import { Blocked } from './violation.ts';

/** What a bulk request came to. */
export interface Bulk {
  readonly answer: HttpResponse;
  readonly results: readonly BulkResult[];
}

type Maker = Pick<Context, 'scim'>;

/** Sends operations to `/Bulk`. @throws Blocked when no bulk response comes, which `bulk.status` and its kin report. */
export async function bulk(
  { scim }: Maker,
  operations: readonly BulkOperation[],
  failOnErrors?: number,
): Promise<Bulk> {
  const answer = await scim.create('/Bulk', bulkRequest(operations, failOnErrors));
  if (answer.status !== 200) throw new Blocked('bulk.status', describeAnswer(answer));
  const results = bulkResultsOf(answer.json);
  if (!results) throw new Blocked('bulk.response-operations', `no Operations in ${show(answer.json)}`);
  return { answer, results };
}

/**
 * What is said of one operation. Results may come in any order (RFC 7644 section 3.7), so it is found by its bulkId, by
 * the resource it names, or as the only one of its method.
 * @throws Blocked when there is none, which `bulk.all-reported` reports
 */
export function resultOf({ results }: Bulk, { method, path, bulkId }: BulkOperation): BulkResult {
  const sameMethod = results.filter(result => result.method === undefined || result.method.toUpperCase() === method);
  const found =
    results.find(result => bulkId !== undefined && result.bulkId === bulkId) ??
    sameMethod.find(({ location }) => bulkId === undefined && endpointAndId(location) === path) ??
    (sameMethod.length === 1 && (bulkId === undefined || sameMethod[0]?.bulkId === undefined)
      ? sameMethod[0]
      : undefined);
  if (found) return found;
  throw new Blocked('bulk.all-reported', `no result for ${method} ${path}: ${show(results.map(({ entry }) => entry))}`);
}

/** True for a result that tells of a success. */
export const hasSucceeded = ({ status }: BulkResult): boolean => status !== undefined && status >= 200 && status < 300;

const endpointAndId = (location: string | undefined): string => {
  const place = placeOf(location);
  return place ? `${place.endpoint}/${encodeURIComponent(place.id)}` : '';
};

/** The resource that a bulk operation made, as a GET by id shows it. @throws Blocked when the operation made none. */
export async function madeInBulk(context: Context, done: Bulk, operation: BulkOperation): Promise<JsonObject> {
  const result = resultOf(done, operation);
  if (!hasSucceeded(result)) throw new Blocked('bulk.create', `the operation was refused: ${show(result.entry)}`);
  const place = placeOf(result.location);
  if (!place) throw new Blocked('bulk.location', `the result has no usable location: ${show(result.entry)}`);
  return context.stored(operation.path, place.id);
}

/** Id of a resource that was read. */
export const idIn = (resource: JsonObject): string => (typeof resource['id'] === 'string' ? resource['id'] : '');

/** A creation among other operations. Its bulkId is a name that nothing else on the target has. */
export const creating = (path: string, bulkId: string, data: JsonObject): BulkOperation => ({
  method: 'POST',
  path,
  bulkId,
  data,
});

/** A user that is not there yet, to be made by a bulk request. */
export const newUser = ({ given }: Pick<Context, 'given'>, overrides: JsonObject = {}): BulkOperation =>
  creating('/Users', given.unique('bulk'), given.userDraft(overrides));

/** A group that is not there yet, with the given members. */
export const newGroup = ({ given }: Pick<Context, 'given'>, ...members: readonly string[]): BulkOperation =>
  creating('/Groups', given.unique('bulk'), given.groupDraft({ members: members.map(value => ({ value })) }));

export const referenceTo = ({ bulkId = '' }: BulkOperation): string => `bulkId:${bulkId}`;

/** Replaces a user by itself under another display name. */
export const replacing = ({ id, sent }: Pick<Made, 'id' | 'sent'>, displayName: string): BulkOperation => ({
  method: 'PUT',
  path: `/Users/${encodeURIComponent(id)}`,
  data: { ...sent, displayName },
});

/** Changes the display name of a user, or what else clients may change. */
export const patching = (context: Context, { id }: Made, displayName: string): BulkOperation => ({
  method: 'PATCH',
  path: `/Users/${encodeURIComponent(id)}`,
  data: patchOp([ordinary(context, displayName)]),
});

/** Deletes a user. */
export const deleting = ({ id }: Pick<Made, 'id'>): BulkOperation => ({
  method: 'DELETE',
  path: `/Users/${encodeURIComponent(id)}`,
});

/** A creation that has to fail: its userName is taken. */
export const failing = (context: Pick<Context, 'given'>, taken: Made): BulkOperation =>
  newUser(context, { userName: taken.name });

/**
 * Whether there is a user of the name that an operation was to create one with.
 * @throws NotApplicable when the target declines the filter
 */
export async function existsByName(context: Context, { data }: BulkOperation): Promise<boolean> {
  const userName = isObject(data) ? (data['userName'] ?? '') : '';
  const page = await filtered(context, '/Users', `userName eq ${filterValue(userName)}`);
  return page.resources.length > 0;
}

/** The limits of bulk requests that are announced; zero and nonsense are none. */
export function limitOf(
  { facts }: Pick<Context, 'facts'>,
  name: 'maxOperations' | 'maxPayloadSize',
): number | undefined {
  const config = facts.serviceProviderConfig?.['bulk'];
  const limit = isObject(config) ? config[name] : undefined;
  return typeof limit === 'number' && Number.isInteger(limit) && limit > 0 ? limit : undefined;
}

/** The methods a bulk request can hold on this target. */
export const bulkMethods = (facts: Context['facts']): readonly string[] => [
  'POST',
  'PUT',
  ...(supports('patch').unmet(facts) === undefined ? ['PATCH'] : []),
  'DELETE',
];

/** ServiceProviderConfig says that bulk is not supported. */
export const withoutBulk: Condition = {
  name: 'declares bulk off',
  unmet: ({ serviceProviderConfig }) => {
    const config = serviceProviderConfig?.['bulk'];
    return isObject(config) && config['supported'] === false ? undefined : 'bulk is not declared as unsupported';
  },
};
