import type { Exchange } from '../../reports/record/index.ts';
import { declares } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { LIST_RESPONSE } from '../../scim/message/urn.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { describeAnswer, type Answer } from './expect.ts';
import { endpointOf, type CoreType, type Fault } from './facts.ts';

type Response = Pick<Exchange['response'], 'status' | 'json'>;

/** What a request is about: one resource, a collection, or a collection with a filter. */
type Kind = 'one' | 'list' | 'filter';

/** Collections of resources; those of discovery are none. */
const ANY = String.raw`\/(?!Schemas|ResourceTypes|ServiceProviderConfig|Me\b)[A-Za-z]+`;
const below: Readonly<Record<Kind, string>> = {
  one: String.raw`\/(?!\.search)[^/?]+(?:\?|$)`,
  list: String.raw`(?:\?|$)`,
  filter: String.raw`\?(?:.*&)?filter=`,
};

/**
 * Where a fault is met. What does not work for users is taken to be met with every type; what works for them and not for
 * groups, with groups alone.
 */
const isAbout = (kind: Kind, type: CoreType, path: string): boolean =>
  new RegExp(`^${type === 'Group' ? endpointOf.Group : ANY}${below[kind]}`).test(path);

const noun = (type: CoreType): string => type.toLowerCase();

/** Whether a request goes to a collection of resources, of whatever type. */
export const isCollection = (path: string): boolean => isAbout('list', 'User', path);

/** An operation that is not answered as it has to be, with the status that came. */
export function faultOf(
  by: string,
  type: CoreType,
  method: string,
  kind: Kind,
  answer: Answer,
  fails: (response: Response) => boolean = ({ status }) => status === answer.status,
): Fault {
  const what = kind === 'one' ? `a ${noun(type)}` : `a ${kind}${type === 'Group' ? ' of groups' : ''}`;
  return {
    by,
    reason: `${method} of ${what} does not work: ${describeAnswer(answer)}`,
    shows: ({ request, response }) =>
      request.method === method &&
      isAbout(kind, type, request.path) &&
      response.status === answer.status &&
      fails(response),
  };
}

/** A filter that finds what it should not. */
export const wrongFilter = (
  by: string,
  type: CoreType,
  how: string,
  isSuch: (rows: readonly JsonObject[]) => boolean,
): Fault => ({
  by,
  reason: `a filter${type === 'Group' ? ' of groups' : ''} ${how}`,
  shows: ({ request, response }) =>
    request.method === 'GET' &&
    isAbout('filter', type, request.path) &&
    isList(response) &&
    isSuch(resourcesOf(response.json)),
});

/** A write that claims to have been done and was not. */
export const idle = (by: string, type: CoreType, method: string): Fault => ({
  by,
  reason: `a ${method} of a ${noun(type)} is answered with success and ${method === 'DELETE' ? 'removes' : 'changes'} nothing`,
  shows: ({ request, response }) =>
    request.method === method && isAbout('one', type, request.path) && isSuccess(response),
});

export const isSuccess = ({ status }: Response): boolean => status !== undefined && status >= 200 && status < 300;

export const isList = ({ status, json }: Response): boolean => status === 200 && declares(json, LIST_RESPONSE);

export const isResource = ({ status, json }: Response, id?: string): boolean =>
  status === 200 && isObject(json) && (id === undefined ? typeof json['id'] === 'string' : json['id'] === id);
