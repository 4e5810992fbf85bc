import type { Application, ApplicationDraft } from '../directory/model.ts';
import { connectors, type Connector } from '../sync/connector.ts';
import { ok, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Context } from './context.ts';
import { parseFilters, v1Filters } from './filter.ts';
import { answerV1, cut, readPage } from './list.ts';
import { bodyOf, optionalText, param, text, type Call, type JsonRecord, type Route } from './route.ts';
import { show, showOnly, type Shape } from './shape.ts';
import { near, quote } from './quote.ts';

/** Applications as API v1 shows them (jumpcloud.md 3.2). What concerns single sign-on alone is left empty. */
const shapeIn = ({ organization }: Context): Shape<Application> => ({
  what: 'an application',
  always: ['_id', 'id'],
  fields: {
    _id: ({ id }) => id,
    id: ({ id }) => id,
    name: ({ name }) => name,
    displayName: ({ name }) => name,
    displayLabel: ({ displayLabel }) => displayLabel,
    ssoUrl: ({ ssoUrl }) => ssoUrl,
    organization: () => organization,
    description: () => '',
    learnMore: () => '',
    beta: () => false,
    config: () => ({}),
    logo: () => ({ color: '', url: '' }),
  },
});

function list(call: Call, context: Context): Answer {
  const { searchParams } = call.url;
  const shape = shapeIn(context);
  const page = readPage(Object.fromEntries(searchParams));
  const meets = parseFilters(searchParams.getAll('filter'), v1Filters, shape);
  return answerV1(cut(context.directory.applications(), page, shape, meets), page, shape);
}

const applicationOf = (call: Call, { directory }: Context): Application => directory.application(param(call, 'id'));

/** @throws ApiError 400 for members of the wrong kind and for names that are none */
function read(body: JsonRecord, context: Context): ApplicationDraft {
  const names = Object.keys(shapeIn(context).fields);
  const unknown = Object.keys(body).find(name => !names.includes(name));
  if (unknown !== undefined) {
    throw new ApiError(400, `an application has no field ${quote(unknown)}${near(unknown, names)}`);
  }
  const [displayLabel, ssoUrl] = [optionalText(body, 'displayLabel'), optionalText(body, 'ssoUrl')];
  return { name: text(body, 'name'), ...(displayLabel && { displayLabel }), ...(ssoUrl && { ssoUrl }) };
}

/** Made from the template of that name, where there is one: its connector comes with it (jumpcloud.md Part 6, Q45). */
function create(call: Call, context: Context): Answer {
  const draft = read(bodyOf(call), context);
  const template = connectors.find(({ id }) => id === draft.name);
  const made = context.admin.addApplication({ ...draft, ...(template && { connector: template.id }) });
  return ok(show(made, shapeIn(context)));
}

/** What is left out becomes what it is at the start; name and SSO URL are fixed (JC-9b). */
function replace(call: Call, context: Context): Answer {
  const { id, name } = applicationOf(call, context);
  const draft = read({ name, ...bodyOf(call) }, context);
  const changed = context.admin.changeApplication({ displayLabel: name, ...draft }, id);
  return ok(show(changed, shapeIn(context)));
}

function remove(call: Call, context: Context): Answer {
  const application = applicationOf(call, context);
  context.admin.deleteApplication(application.id);
  return ok(show(application, shapeIn(context)));
}

/** Connectors under the names of application templates; `provision` tells what they can do (jumpcloud.md 3.2). */
const templates: Shape<Connector> = {
  what: 'an application template',
  always: ['_id'],
  fields: {
    _id: ({ id }) => id,
    name: ({ id }) => id,
    displayName: ({ title }) => title,
    displayLabel: ({ title }) => title,
    provision: ({ groups }) => ({ beta: false, groups_supported: groups, type: 'scim' }),
  },
};

function listTemplates({ url }: Call): Answer {
  const page = readPage(Object.fromEntries(url.searchParams));
  const meets = parseFilters(url.searchParams.getAll('filter'), v1Filters, templates);
  return answerV1(cut<Connector>(connectors, page, templates, meets), page, templates);
}

function getTemplate(call: Call): Answer {
  const id = param(call, 'id');
  const connector = connectors.find(known => known.id === id);
  if (!connector) throw new ApiError(404, `there is no application template with the id ${quote(id)}`);
  return ok(show<Connector>(connector, templates));
}

const source = 'jumpcloud.md 3.2';
const one = '/api/applications/:id';

/** Applications of API v1, and the templates they are made from. */
export const applicationRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/applications', source, handle: list },
  { method: 'POST', path: '/api/applications', source, handle: create },
  {
    method: 'GET',
    path: one,
    source,
    handle: (call, context) => {
      const { fields } = readPage(Object.fromEntries(call.url.searchParams));
      return ok(showOnly(applicationOf(call, context), shapeIn(context), fields));
    },
  },
  { method: 'PUT', path: one, source, handle: replace },
  { method: 'DELETE', path: one, source, handle: remove },
  { method: 'GET', path: '/api/application-templates', source, handle: listTemplates },
  { method: 'GET', path: '/api/application-templates/:id', source, handle: getTemplate },
];
