import type { Exchange } from '../../reports/record/index.ts';
import { isObject } from '../../scim/message/list.ts';
import { requestJson, type Json } from '../../scim/wire/message.ts';
import { createdId } from './given.ts';

/** Whether the last of the writes that say something about it made the resource inactive. */
export function isInactive(exchanges: readonly Exchange[], endpoint: string, id: string): boolean {
  const isAboutIt = ({ request, response }: Exchange) =>
    request.path.startsWith(`${endpoint}/${encodeURIComponent(id)}`) ||
    (request.method === 'POST' && createdId({ ...response, text: response.text ?? '' }) === id);
  return (
    exchanges
      .filter(isAboutIt)
      .flatMap(({ request }) => activeIn(requestJson(request) ?? null) ?? [])
      .at(-1) === false
  );
}

/** What a body says of the state of a user, if anything; the text stands for the boolean, as some clients send it. */
function activeIn(body: Json): boolean | undefined {
  if (!isObject(body)) return undefined;
  const { Operations } = body;
  if (!Array.isArray(Operations)) return stateIn(body['active'] ?? null);
  return Operations.filter(isObject)
    .flatMap(({ path, value = null }) => {
      if (typeof path === 'string') return path.toLowerCase() === 'active' ? (stateIn(value) ?? []) : [];
      return isObject(value) ? (stateIn(value['active'] ?? null) ?? []) : [];
    })
    .at(-1);
}

const stateIn = (value: Json): boolean | undefined =>
  /^"?(?:true|false)"?$/i.test(JSON.stringify(value)) ? /true/i.test(JSON.stringify(value)) : undefined;
