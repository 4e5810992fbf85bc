import { isObject } from '../../scim/message/list.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Hop, HttpRequest, Json, JsonObject } from '../../scim/wire/message.ts';
import { refusal, resource, swallow, textOf } from './hops.ts';

/** Requests that show or write groups. */
export const groups = ({ path, method }: HttpRequest) => /^\/Groups(?:[/?]|$)/.test(path) && method !== 'DELETE';

/** The objects in an array. */
export const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Definitions of a schema changed, in the list and alone. */
export const publishing = (urn: string, change: (attribute: JsonObject) => JsonObject): Hop => {
  const changed = (schema: JsonObject) =>
    schema['id'] === urn ? { ...schema, attributes: objects(schema['attributes']).map(change) } : schema;
  return resource(({ path, method }) => method === 'GET' && /^\/Schemas(?:[/?]|$)/.test(path), changed);
};

/** Several hops, the first nearest to the client. */
export const all =
  (...hops: readonly Hop[]): Hop =>
  async (request, next) => {
    const [first, ...rest] = hops;
    return first ? first(request, async inner => all(...rest)(inner, next)) : next(request);
  };

/** Refuses requests. */
export const refusing = (match: (request: HttpRequest) => boolean, keyword?: string, status = 400): Hop =>
  swallow(match, () => refusal(status, keyword));

const pathOf = ({ path }: JsonObject): string => textOf(path).replace(new RegExp(`^${USER}:`, 'i'), '');

/** Whether an operation names the attribute, in its path or in its value. */
export const touches = (operation: JsonObject, name: RegExp): boolean =>
  operation['path'] === undefined
    ? isObject(operation['value']) && Object.keys(operation['value']).some(each => name.test(each))
    : name.test(pathOf(operation));
