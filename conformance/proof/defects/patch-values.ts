import { isObject } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { parameterOf, sent, without, withOperations, operationsOf } from '../hops.ts';
import {
  afterwards,
  dropped,
  elementsOf,
  on,
  patchUser,
  pathOf,
  turned,
  turnedByState,
  withOperation,
  type Kind,
} from '../modify-hops.ts';

const LIST = /^(?:emails|phoneNumbers|addresses)$/;
const SIMPLE = /^(?:displayName|nickName|title|userType|externalId|preferredLanguage|locale|timezone|profileUrl)$/;
const FILTERED = /^(?:emails|phoneNumbers|addresses)\[/;
const ENTERPRISE = new RegExp(`^${ENTERPRISE_USER}:`);

const listOf = (path: string) => path.replace(/[[.].*$/, '');
const unfiltered = (path: string) => path.replace(/\[.*\]/, '');
const both =
  (...kinds: readonly Kind[]): Kind =>
  operation =>
    kinds.some(kind => kind(operation));

const withoutText = (value: Json | undefined): Json =>
  JSON.parse(JSON.stringify(value ?? null).replace(/[^\x20-\x7e]+/g, '?')) as Json;

const removalOf = (path: string): JsonObject => ({ op: 'remove', path });

/** What may be wrong about values that a PATCH removes or replaces. */
export const patchValueDefects = [
  {
    id: 'patch-leaves-two-primaries',
    title: 'An element that becomes primary leaves the other primary too',
    breaks: 'RFC7644-3.5.2-22',
    noticedBy: ['patch.primary-moves'],
    hop: () =>
      afterwards(
        request => patchUser(request) && JSON.stringify(operationsOf(request)).includes('primary'),
        user => ({
          ...user,
          emails: elementsOf(user, 'emails').map(each => Object.assign({}, each, { primary: true })),
        }),
      ),
  },
  {
    id: 'remove-simple-ignored',
    title: 'The removal of a single-valued attribute is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2.2-02',
    noticedBy: ['patch.remove-single', 'patch.remove-complex'],
    hop: () => dropped(both(on('remove', SIMPLE), on('remove', /^name$/))),
  },
  {
    id: 'remove-leaves-empty-text',
    title: 'An attribute that is removed is an empty text',
    breaks: 'RFC7644-3.5.2.2-02',
    noticedBy: ['patch.remove-single'],
    hop: () => afterwards(withOperation(on('remove', /^nickName$/)), user => ({ ...user, nickName: '' })),
  },
  {
    id: 'remove-list-first-only',
    title: 'The removal of a list takes one kind of element only',
    breaks: 'RFC7644-3.5.2.2-03',
    noticedBy: ['patch.remove-list'],
    hop: () =>
      turned(on('remove', LIST), operation => ({ ...operation, path: `${pathOf(operation)}[type eq "work"]` })),
  },
  {
    id: 'remove-filter-dropped',
    title: 'A removal by a value path empties the list',
    breaks: 'RFC7644-3.5.2.2-04',
    noticedBy: ['patch.remove-matching', 'patch.remove-by-value', 'patch.remove-all-matching'],
    hop: () => turned(on('remove', FILTERED), operation => ({ ...operation, path: unfiltered(pathOf(operation)) })),
  },
  {
    id: 'remove-last-element-ignored',
    title: 'The last element of a list cannot be removed by a value path',
    breaks: 'RFC7644-3.5.2.2-05',
    noticedBy: ['patch.remove-last-element', 'patch.remove-last-unassigns'],
    hop: () =>
      turnedByState(on('remove', FILTERED), (operation, state) =>
        elementsOf(state, listOf(pathOf(operation))).length === 1
          ? { op: 'replace', path: 'userName', value: state['userName'] ?? null }
          : operation,
      ),
  },
  {
    id: 'emptied-list-still-present',
    title: 'A filter for a present value finds users whose list is empty',
    breaks: 'RFC7644-3.5.2.2-05',
    noticedBy: ['patch.remove-last-unassigns'],
    hop: () =>
      sent(
        request => (parameterOf(request, 'filter') ?? '').endsWith('phoneNumbers pr'),
        request => ({ ...request, path: request.path.replace(/%20and%20phoneNumbers%20pr/, '') }),
      ),
  },
  {
    id: 'remove-sub-attribute-takes-whole',
    title: 'The removal of a sub-attribute takes the whole value',
    breaks: 'RFC7644-3.5.2.2-06',
    noticedBy: ['patch.remove-sub-attribute', 'patch.remove-sub-attribute-of-match'],
    hop: () =>
      turned(both(on('remove', /^name\./), on('remove', /\]\./)), operation => ({
        ...operation,
        path: pathOf(operation).replace(/\.\w+$/, ''),
      })),
  },
  {
    id: 'remove-extension-takes-others',
    title: 'The removal of one attribute of an extension takes another too',
    breaks: 'RFC7644-3.5.2.2-12',
    noticedBy: ['patch.remove-extension', 'patch.remove-manager'],
    hop: () => turned(on('remove', ENTERPRISE), operation => [operation, removalOf(`${ENTERPRISE_USER}:department`)]),
  },
  {
    id: 'replace-simple-ignored',
    title: 'A replacement of a single-valued attribute other than displayName is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2.3-02',
    noticedBy: ['patch.replace-single', 'patch.replace-absent', 'patch.case-kept'],
    hop: () => dropped(on('replace', /^(?:nickName|title|userType|externalId|locale|timezone)$/)),
  },
  {
    id: 'active-ignored',
    title: 'A PATCH of active is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2.3-02',
    noticedBy: ['patch.replace-active'],
    hop: () =>
      turned(
        operation => pathOf(operation) === 'active' || isObject(operation['value']),
        operation =>
          isObject(operation['value'])
            ? { ...operation, value: without(operation['value'], 'active') }
            : { op: 'replace', value: {} },
      ),
  },
  {
    id: 'active-resets',
    title: 'A PATCH switches a user off that it says nothing about',
    breaks: 'RFC7644-3.5.2.3-02',
    noticedBy: ['patch.replace-single', 'patch.rename'],
    hop: () =>
      sent(patchUser, request =>
        withOperations(request, [...operationsOf(request), { op: 'replace', path: 'active', value: false }]),
      ),
  },
  {
    id: 'text-in-ascii-only',
    title: 'What is not ASCII becomes question marks',
    breaks: 'RFC7644-3.5.2.3-02',
    noticedBy: ['patch.replace-text'],
    hop: () =>
      turned(
        () => true,
        operation => ({ ...operation, value: withoutText(operation['value']) }),
      ),
  },
  {
    id: 'values-in-lower-case',
    title: 'A PATCH stores values in lower case',
    breaks: 'RFC7643-7-14',
    noticedBy: ['patch.case-kept'],
    hop: () =>
      turned(on('replace', /^externalId$/), operation => ({
        ...operation,
        value: JSON.parse(JSON.stringify(operation['value'] ?? null).toLowerCase()) as Json,
      })),
  },
  {
    id: 'replace-list-adds',
    title: 'A replacement of a list adds to it',
    breaks: 'RFC7644-3.5.2.3-03',
    noticedBy: ['patch.replace-list', 'patch.replace-members'],
    hop: () => turned(on('replace', /^(?:emails|phoneNumbers|addresses|members)$/), each => ({ ...each, op: 'add' })),
  },
  {
    id: 'replace-absent-refused',
    title: 'A replacement of an attribute without value is refused',
    breaks: 'RFC7644-3.5.2.3-04',
    noticedBy: ['patch.replace-absent', 'patch.replace-absent-list'],
    hop: () =>
      turnedByState(both(on('replace', SIMPLE), on('replace', LIST)), (operation, state) =>
        state[pathOf(operation)] === undefined ? undefined : operation,
      ),
  },
  {
    id: 'replace-same-refused',
    title: 'A replacement by the value that is there is refused',
    breaks: 'RFC7644-3.5.2.3-09',
    noticedBy: ['patch.replace-same'],
    hop: () =>
      turnedByState(on('replace', /./), (operation, state) =>
        JSON.stringify(state[pathOf(operation)]) === JSON.stringify(operation['value']) ? undefined : operation,
      ),
  },
] as const satisfies readonly Defect[];
