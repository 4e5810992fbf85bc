import { isObject } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { resource } from '../hops.ts';
import {
  afterwards,
  dropped,
  elementsOf,
  on,
  patchUser,
  pathless,
  pathOf,
  refusing,
  turned,
  turnedByState,
  withOperation,
  type Kind,
} from '../modify-hops.ts';

const LIST = /^(?:emails|phoneNumbers|addresses)$/;
const SIMPLE = /^(?:displayName|nickName|title|userType|externalId|preferredLanguage|locale|timezone|profileUrl)$/;
const FILTERED = /^(?:emails|phoneNumbers|addresses)\[/;
const ENTERPRISE = new RegExp(`^${ENTERPRISE_USER}:`);

const valuesOf = ({ value }: JsonObject): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const listOf = (path: string) => path.replace(/[[.].*$/, '');
const both =
  (...kinds: readonly Kind[]): Kind =>
  operation =>
    kinds.some(kind => kind(operation));

/** The first element of those that a filter by type means, by what tells it apart. */
const firstOnly = (operation: JsonObject, state: JsonObject): JsonObject => {
  const path = pathOf(operation);
  const type = /type eq "(\w+)"/.exec(path)?.[1];
  const first = elementsOf(state, listOf(path)).find(element => element['type'] === type);
  const street = first?.['streetAddress'];
  return typeof street === 'string'
    ? { ...operation, path: path.replace(/\[.*\]/, `[streetAddress eq ${JSON.stringify(street)}]`) }
    : operation;
};

const firstMember = (value: Json | undefined): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).slice(0, 1)) : (value ?? null);

const removalOf = (path: string): JsonObject => ({ op: 'remove', path });

/** What may be wrong about the operations of a PATCH. */
export const patchDefects = [
  {
    id: 'add-simple-ignored',
    title: 'An addition to a single-valued attribute is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2.1-04',
    noticedBy: ['patch.add-absent', 'patch.add-over', 'patch.in-order'],
    hop: () => dropped(on('add', SIMPLE)),
  },
  {
    id: 'add-element-replaces',
    title: 'An element that is added takes the place of those who are there',
    breaks: 'RFC7644-3.5.2.1-06',
    noticedBy: ['patch.add-element', 'patch.add-elements', 'patch.add-single-object'],
    hop: () =>
      turned(on('add', LIST), operation => ({
        ...operation,
        op: 'replace',
        value: [operation['value'] ?? null].flat(),
      })),
  },
  {
    id: 'add-first-of-elements',
    title: 'Of several elements that are added only the first arrives',
    breaks: 'RFC7644-3.5.2.1-06',
    noticedBy: ['patch.add-elements'],
    hop: () => turned(on('add', LIST), operation => ({ ...operation, value: valuesOf(operation).slice(0, 1) })),
  },
  {
    id: 'add-object-refused',
    title: 'An element that is added without a list around it is refused',
    breaks: 'RFC7644-3.5.2.1-07',
    noticedBy: ['patch.add-single-object'],
    hop: () => refusing(operation => on('add', LIST)(operation) && isObject(operation['value']), 'invalidValue'),
  },
  {
    id: 'add-first-element-lost',
    title: 'A list without elements stays so',
    breaks: 'RFC7644-3.5.2.1-04',
    noticedBy: ['patch.add-first-element', 'patch.replace-absent-list'],
    hop: () =>
      turnedByState(
        both(on('add', LIST), on('replace', LIST)),
        (operation, state) =>
          elementsOf(state, pathOf(operation)).length > 0 ? operation : { op: 'remove', path: pathOf(operation) },
        patchUser,
      ),
  },
  {
    id: 'add-element-doubles',
    title: 'An element that is added a second time is there twice',
    breaks: 'RFC7644-3.5.2.1-09',
    noticedBy: ['patch.add-element-again'],
    hop: () =>
      afterwards(withOperation(on('add', LIST)), (user, before) =>
        Object.fromEntries(
          Object.entries(user).map(([name, value]) => {
            const same = LIST.test(name) && elementsOf(user, name).length > 1;
            const stays = same && elementsOf(user, name).length === elementsOf(before, name).length;
            return [name, stays ? [...elementsOf(user, name), ...elementsOf(user, name).slice(-1)] : (value ?? null)];
          }),
        ),
      ),
  },
  {
    id: 'no-op-moves-last-modified',
    title: 'Adding what is there already moves meta.lastModified',
    breaks: 'RFC7644-3.5.2.1-10',
    noticedBy: ['patch.add-again-last-modified'],
    hop: () =>
      afterwards(withOperation(both(on('add', LIST), on('add', SIMPLE))), user => ({
        ...user,
        meta: { ...(isObject(user['meta']) && user['meta']), lastModified: '2099-01-01T00:00:00.001Z' },
      })),
  },
  {
    id: 'pathless-first-attribute-only',
    title: 'Without a path only the first attribute of the value counts',
    breaks: 'RFC7644-3.5.2.3-01',
    noticedBy: ['patch.add-without-path', 'patch.replace-several'],
    hop: () =>
      turned(both(pathless('add'), pathless('replace')), operation => ({
        ...operation,
        value: firstMember(operation['value']),
      })),
  },
  {
    id: 'complex-replaced-whole',
    title: 'A write to a complex attribute drops the sub-attributes that it does not name',
    breaks: 'RFC7644-3.5.2.3-05',
    noticedBy: ['patch.add-complex', 'patch.replace-complex'],
    hop: () =>
      turned(
        both(on('add', /^name$/), on('replace', /^name$/)),
        operation => [removalOf('name'), operation],
        patchUser,
      ),
  },
  {
    id: 'sub-attribute-drops-others',
    title: 'A write to a sub-attribute drops the others',
    breaks: 'RFC7644-3.5.2.3-02',
    noticedBy: ['patch.add-sub-attribute', 'patch.replace-sub-attribute'],
    hop: () =>
      turned(
        both(on('add', /^name\./), on('replace', /^name\./)),
        operation => [removalOf('name'), operation],
        patchUser,
      ),
  },
  {
    id: 'value-path-filter-dropped',
    title: 'A write by a value path goes to every element',
    breaks: 'RFC7644-3.5.2.3-07',
    noticedBy: ['patch.add-value-path', 'patch.replace-sub-attribute-of-match', 'patch.value-path-by-value'],
    hop: () =>
      turned(both(on('add', FILTERED), on('replace', FILTERED)), operation => ({
        ...operation,
        path: pathOf(operation).replace(/\[.*\]/, '[type pr]'),
      })),
  },
  {
    id: 'value-path-first-match-only',
    title: 'A value path reaches the first element that matches',
    breaks: 'RFC7644-3.5.2.3-06',
    noticedBy: ['patch.replace-matching', 'patch.replace-sub-attribute-of-matches', 'patch.remove-all-matching'],
    hop: () => turnedByState(operation => pathOf(operation).startsWith('addresses[type'), firstOnly),
  },
  {
    id: 'extension-add-ignored',
    title: 'An addition to an extension is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2.1-14',
    noticedBy: ['patch.add-extension', 'patch.add-to-extension', 'patch.extension-in-schemas', 'patch.schemas-first'],
    hop: () => dropped(both(on('add', ENTERPRISE), on('add', /^schemas$/))),
  },
  {
    id: 'extension-other-attributes-lost',
    title: 'A write to one attribute of an extension takes away another',
    breaks: 'RFC7644-3.5.2.3-10',
    noticedBy: ['patch.add-to-extension', 'patch.replace-extension', 'patch.replace-manager'],
    hop: () =>
      turned(both(on('add', ENTERPRISE), on('replace', ENTERPRISE)), operation => [
        ...['department', 'costCenter']
          .filter(name => !pathOf(operation).endsWith(name))
          .map(name => removalOf(`${ENTERPRISE_USER}:${name}`)),
        operation,
      ]),
  },
  {
    id: 'extension-object-ignored',
    title: 'An extension in the value of an operation without path is left out',
    breaks: 'RFC7644-3.5.2.1-03',
    noticedBy: ['patch.extension-object'],
    hop: () => dropped(operation => isObject(operation['value']) && ENTERPRISE_USER in operation['value']),
  },
  {
    id: 'extension-not-in-schemas',
    title: 'schemas never names the extension',
    breaks: 'RFC7643-3.3-05',
    noticedBy: ['patch.extension-in-schemas'],
    hop: () =>
      resource(
        request => request.method === 'GET' && request.path.startsWith('/Users/'),
        user => ({
          ...user,
          schemas: valuesOf({ value: user['schemas'] ?? [] }).filter(urn => urn !== ENTERPRISE_USER),
        }),
      ),
  },
] as const satisfies readonly Defect[];
