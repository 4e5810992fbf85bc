import { isObject } from '../../../scim/message/list.ts';
import { GROUP, USER } from '../../../scim/message/urn.ts';
import { type Json, type JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { answer, onList, onOne, reply, resource, sent, without, textOf } from '../hops.ts';
import {
  both,
  draftOf,
  drafts,
  ghost,
  list,
  make,
  posted,
  redefined,
  refusing,
  shown,
  text,
  user,
  waving,
} from '../user-hops.ts';

/** What may be wrong about the values of attributes. */
export const userValueDefects: readonly Defect[] = [
  make('title-dropped', 'The title is dropped', 'RFC7643-7-27', 'attribute.round-trip', () =>
    shown(one => without(one, 'title')),
  ),
  make('postal-code-dropped', 'The postal code of an address is dropped', 'RFC7643-7-27', 'attribute.round-trip', () =>
    list('addresses', elements =>
      elements.map(element => (isObject(element) ? without(element, 'postalCode') : element)),
    ),
  ),
  make('read-only-refused', 'A create with groups is refused', 'RFC7644-3.3-01', 'attribute.read-only', () =>
    refusing(draft => draft['groups'] !== undefined),
  ),
  make(
    'exact-case-lost',
    'A case exact attribute comes back in lower case',
    'RFC7643-7-14',
    'attribute.exact-case',
    () =>
      both(
        redefined(USER, 'nickName', { caseExact: true }),
        text('nickName', value => value.toLowerCase()),
      ),
  ),
  make('required-not-demanded', 'A required attribute is not demanded', 'RFC7644-3.3-11', 'attribute.required', () =>
    redefined(USER, 'nickName', { required: true }),
  ),
  make('unique-taken-twice', 'A unique value is taken twice', 'RFC7643-7-31', 'attribute.unique', () =>
    redefined(USER, 'nickName', { uniqueness: 'server' }),
  ),
  make('integer-as-text', 'An integer is shown as a text', 'RFC7643-2.3.4-01', 'value.integer', () =>
    redefined(USER, 'displayName', { type: 'integer' }),
  ),
  make('decimal-as-text', 'A decimal is shown as a text', 'RFC7643-2.3.3-01', 'value.decimal', () =>
    redefined(USER, 'displayName', { type: 'decimal' }),
  ),
  make('date-without-time', 'A dateTime is shown as a text that is none', 'RFC7643-2.3.5-01', 'value.date-time', () =>
    both(
      redefined(USER, 'displayName', { type: 'dateTime' }),
      text('displayName', () => 'yesterday'),
    ),
  ),
  make(
    'member-without-value',
    'A member without its required value is taken',
    'RFC7643-4.2-07',
    'relation.member-value-required',
    () =>
      both(
        resource(onList('GET', 'Schemas'), schema => demandingValue(schema)),
        waving(
          request =>
            onList('POST', 'Groups')(request) && JSON.stringify(draftOf(request)['members'] ?? '').includes('"type"'),
          { schemas: [GROUP], id: 'nobody' },
        ),
      ),
  ),
  make('latin-only', 'Text beyond Latin comes back as question marks', 'RFC7643-2.3.1-03', 'user.unicode', () =>
    text('displayName', value => value.replace(/[\u0100-\u{10ffff}]/gu, '?')),
  ),
  make('long-text-cut', 'Text is cut after a hundred characters', 'RFC7643-2.3.1-03', 'user.unicode', () =>
    text('displayName', value => value.slice(0, 100)),
  ),
  make('markup-escaped', 'Markup in text is escaped', 'RFC7643-2.3.1-03', 'user.unicode', () =>
    text('displayName', value => value.replaceAll('<', '&lt;')),
  ),
  make('user-names-as-ascii', 'userName loses its accents', 'RFC7643-2.3.1-03', 'user.name-with-unicode', () =>
    text('userName', value => value.replaceAll('ł', 'l')),
  ),
  make('user-names-cut', 'A userName is cut after a hundred characters', 'RFC7643-2.3.1-03', 'user.long-name', () =>
    text('userName', value => value.slice(0, 100)),
  ),
  make(
    'null-parts-as-text',
    'A sub-attribute that is null comes back as the word',
    'RFC7643-2.5-01',
    'create.unset-part',
    () =>
      drafts(draft => {
        const { name } = draft;
        return isObject(name) && name['givenName'] === null
          ? { ...draft, name: { ...name, givenName: 'null' } }
          : draft;
      }),
  ),
  make('names-not-prepared', 'Two spellings of one userName are two names', 'RFC7644-5-01', 'user.prepared-names', () =>
    answer(posted, (response, request) =>
      response.status === 409 && textOf(draftOf(request)['userName']).startsWith('e\u0301')
        ? reply(201, user({ userName: 'nobody' }))
        : response,
    ),
  ),
  make('both-primary', 'Two primary e-mails are stored', 'RFC7643-2.4-03', 'user.two-primary', () =>
    ghost(
      request => posted(request) && JSON.stringify(draftOf(request)['emails'] ?? '').split('"primary":true').length > 2,
      {
        userName: 'nobody',
        emails: [
          { value: 'a@b.example', primary: true },
          { value: 'b@b.example', primary: true },
        ],
      },
    ),
  ),
  make('types-dropped', 'The type of an e-mail is dropped', 'RFC7643-7-27', 'user.many-elements', () =>
    list('emails', elements => elements.map(element => (isObject(element) ? without(element, 'type') : element))),
  ),
  make('one-email-kept', 'Only the first e-mail is kept', 'RFC7643-7-27', 'user.all-elements', () =>
    list('emails', elements => elements.slice(0, 1)),
  ),
  make('emails-cut-at-sign', 'An e-mail loses its domain', 'RFC7643-4.1.2-02', 'user.email-domain', () =>
    list('emails', elements =>
      elements.map(one => (isObject(one) ? { ...one, value: textOf(one['value']).replace(/@.*/, '') } : one)),
    ),
  ),
  make('always-active', 'Every user is active', 'RFC7643-4.1.1-15', 'user.active-false', () =>
    shown(one => (one['active'] === undefined ? one : { ...one, active: true })),
  ),
  make('never-active-again', 'An inactive user stays inactive', 'RFC7643-4.1.1-15', 'user.active-again', () =>
    sent(onOne('PUT', 'Users'), request => ({ ...request, json: { ...draftOf(request), active: false } })),
  ),
  make('formatted-by-default', 'The formatted name is a constant', 'RFC7643-4.1.1-05', 'user.formatted-name', () =>
    shown(one => (isObject(one['name']) ? { ...one, name: { ...one['name'], formatted: 'A Person' } } : one)),
  ),
  make('countries-by-name', 'A country comes back by its name', 'RFC7643-4.1.2-15', 'user.country', () =>
    list('addresses', elements =>
      elements.map(one => (isObject(one) && one['country'] === 'US' ? { ...one, country: 'United States' } : one)),
    ),
  ),
  make('photo-types-of-its-own', 'The types of photos are others', 'RFC7643-4.1.2-12', 'user.photo-types', () =>
    resource(
      onList('GET', 'Schemas'),
      schema => JSON.parse(JSON.stringify(schema).replaceAll('"thumbnail"', '"icon"')) as JsonObject,
    ),
  ),
  make('certificates-garbled', 'Certificates lose their case', 'RFC7643-2.3.6-01', 'user.certificate', () =>
    list('x509Certificates', elements =>
      elements.map(one => (isObject(one) ? { ...one, value: textOf(one['value']).toLowerCase() } : one)),
    ),
  ),
  make(
    'external-id-folded',
    'externalId comes back in lower case',
    'RFC7643-3.1-15',
    'user.external-id user.external-id-changes',
    () => text('externalId', value => value.toLowerCase()),
  ),
];

function demandingValue(schema: JsonObject): JsonObject {
  const attributes = schema['attributes'];
  if (schema['id'] !== GROUP || !Array.isArray(attributes)) return schema;
  const parts = (one: JsonObject): JsonObject => ({
    ...one,
    subAttributes: (Array.isArray(one['subAttributes']) ? (one['subAttributes'] as Json[]) : []).map(part =>
      isObject(part) && part['name'] === 'value' ? Object.assign({}, part, { required: true }) : part,
    ),
  });
  return {
    ...schema,
    attributes: (attributes as Json[]).map(one => (isObject(one) && one['name'] === 'members' ? parts(one) : one)),
  };
}
