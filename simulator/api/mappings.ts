import type { Json } from '../../scim/wire/message.ts';
import { readMappings } from '../mapping/read-mappings.ts';
import { ok, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Context } from './context.ts';
import { param, type Call, type Route } from './route.ts';
import { knownPerson } from './system-users.ts';

/** @throws DirectoryError for an application that is not there */
const idOf = (call: Call, { directory }: Context): string => directory.application(param(call, 'id')).id;

function get(call: Call, context: Context): Answer {
  return ok(context.admin.mapping(idOf(call, context)));
}

/** Puts other rows in the place of all; nobody is sent again for it (JC-36a). */
function save(call: Call, context: Context): Answer {
  const id = idOf(call, context);
  if (call.body === undefined) throw new ApiError(400, 'the request needs the list of mappings as its body');
  // What a JSON body holds is JSON.
  context.admin.setMapping(readMappings(call.body as Json), id);
  return get(call, context);
}

function restore(call: Call, context: Context): Answer {
  context.admin.restoreMapping(idOf(call, context));
  return get(call, context);
}

/** The user that the mappings make of somebody, the first person where nobody is chosen (JC-35). Nothing is sent. */
function preview(call: Call, context: Context): Answer {
  const id = idOf(call, context);
  const chosen = call.url.searchParams.get('user');
  const shown = context.admin.preview(chosen === null ? undefined : knownPerson(chosen, context).id, id);
  if (!shown) throw new ApiError(404, 'there is nobody in the directory to show');
  return ok(shown);
}

const tab = '/console/applications/:id/mapping';

/** The screen of attribute mappings. */
export const mappingRoutes: readonly Route[] = [
  { method: 'GET', path: tab, source: 'attribute mapping (JC-26, JC-33)', handle: get },
  { method: 'PUT', path: tab, source: 'Save (JC-36a)', handle: save },
  { method: 'POST', path: `${tab}/restore`, source: 'Restore Defaults (JC-38)', handle: restore },
  { method: 'GET', path: `${tab}/preview`, source: 'Preview Mappings (JC-35)', handle: preview },
];
