import { USER } from '../../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { answer, empty, isSuccess, operationsOf, sent, withOperations } from '../hops.ts';
import {
  afterwards,
  alsoOn,
  dropped,
  elementsOf,
  json,
  message,
  on,
  patchAny,
  patchGroup,
  patchUser,
  pathOf,
  refusing,
  turned,
  withOperation,
  writesUser,
} from '../modify-hops.ts';

const valuesOf = ({ value }: JsonObject): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** What may be wrong about paths, memberships, refusals and answers of a PATCH. */
export const patchRuleDefects = [
  {
    id: 'paths-of-one-case',
    title: 'Names in paths other than as written in the schema are refused',
    breaks: 'RFC7644-3.5.2-30',
    noticedBy: ['patch.path-other-case'],
    hop: () => refusing(operation => /^[A-Z]/.test(pathOf(operation)), 'invalidPath'),
  },
  {
    id: 'paths-with-urn-refused',
    title: 'A path with the URN of the core schema is refused',
    breaks: 'RFC7644-3.5.2-09',
    noticedBy: ['patch.path-with-urn'],
    hop: () => refusing(operation => pathOf(operation).startsWith(USER), 'invalidPath'),
  },
  {
    id: 'value-path-first-condition-only',
    title: 'Of the conditions of a value path only the first counts',
    breaks: 'RFC7644-3.5.2-09',
    noticedBy: ['patch.value-path-logic', 'patch.value-path-without-match-in-and', 'patch.remove-members-by-or'],
    hop: () =>
      turned(
        operation => / (?:and|or) /.test(pathOf(operation)),
        operation => ({ ...operation, path: pathOf(operation).replace(/ (?:and|or) [^\]]*\]/, ']') }),
      ),
  },
  {
    id: 'value-path-operators-mean-eq',
    title: 'Every operator of a value path means eq',
    breaks: 'RFC7644-3.5.2-09',
    noticedBy: ['patch.value-path-operator'],
    hop: () =>
      turned(
        operation => / (?:co|sw|ew|ne) /.test(pathOf(operation)),
        operation => ({ ...operation, path: pathOf(operation).replace(/ (?:co|sw|ew|ne) /, ' eq ') }),
      ),
  },
  {
    id: 'operations-backwards',
    title: 'Operations are carried out from the last to the first',
    breaks: 'RFC7644-3.5.2-21',
    noticedBy: ['patch.in-order'],
    hop: () => sent(patchUser, request => withOperations(request, [...operationsOf(request)].reverse())),
  },
  {
    id: 'first-operation-only',
    title: 'Of several operations only the first is carried out',
    breaks: 'RFC7644-3.5.2-21',
    noticedBy: [
      'patch.in-order',
      'patch.remove-then-add-member',
      'patch.remove-then-add-same-member',
      'patch.member-forms',
    ],
    hop: () => sent(patchAny, request => withOperations(request, operationsOf(request).slice(0, 1))),
  },
  {
    id: 'unqualified-extension-ignored',
    title: 'A path that names an extension attribute without URN is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2-17',
    noticedBy: ['patch.extension-without-urn'],
    hop: () => dropped(on('replace', /^department$/)),
  },
  {
    id: 'attributes-answered-204',
    title: 'A PATCH with the attributes parameter is answered with 204',
    breaks: 'RFC7644-3.5.2-25',
    noticedBy: ['patch.attributes'],
    hop: () =>
      answer(
        request => patchUser(request) && request.path.includes('attributes='),
        response => (isSuccess(response) ? empty(204) : response),
      ),
  },
  {
    id: 'members-in-lists-with-path-only',
    title: 'Members join by a path and a list only',
    breaks: 'RFC7644-3.5.2.1-13',
    noticedBy: ['patch.member-forms'],
    hop: () =>
      dropped(
        operation =>
          operation['op'] === 'add' && (operation['path'] === undefined || !Array.isArray(operation['value'])),
        patchGroup,
      ),
  },
  {
    id: 'members-lose-sub-attributes',
    title: 'The members that stay lose what is known of them when one leaves',
    breaks: 'RFC7644-3.5.2.2-04',
    noticedBy: ['patch.remove-one-member'],
    hop: () =>
      afterwards(withOperation(on('remove', /^members\[/), patchGroup), group => ({
        ...group,
        members: elementsOf(group, 'members').map(({ value = null }) => ({ value })),
      })),
  },
  {
    id: 'rename-empties-group',
    title: 'A group that is renamed loses its members',
    breaks: 'RFC7644-3.5.2.3-02',
    noticedBy: ['patch.rename-group'],
    hop: () => turned(on('replace', /^displayName$/), each => [each, { op: 'remove', path: 'members' }], patchGroup),
  },
  {
    id: 'many-members-cut',
    title: 'Of the members that are added at once the first twenty join',
    breaks: 'RFC7644-3.5.2.1-06',
    noticedBy: ['patch.many-members'],
    hop: () => turned(on('add', /^members$/), each => ({ ...each, value: valuesOf(each).slice(0, 20) }), patchGroup),
  },
  {
    id: 'member-renamed',
    title: 'A PATCH of a group alters users',
    breaks: 'RFC7644-3.1-09',
    noticedBy: ['patch.member-untouched'],
    hop: () =>
      alsoOn('Users', patchGroup, async (path, request, next) =>
        next({
          method: 'PATCH',
          path,
          ...json(message({ op: 'replace', path: 'displayName', value: 'altered' }), request),
        }),
      ),
  },
  {
    id: 'patch-alters-other-users',
    title: 'A write to one user alters another',
    breaks: 'RFC7644-3.1-09',
    noticedBy: ['patch.neighbour', 'replace.neighbour'],
    hop: () =>
      alsoOn('Users', writesUser, async (path, request, next) =>
        next({ method: 'PATCH', path, ...json(message({ op: 'replace', path: 'active', value: false }), request) }),
      ),
  },
  {
    id: 'member-leaves-every-group',
    title: 'A member that leaves one group leaves another',
    breaks: 'RFC7644-3.1-09',
    noticedBy: ['patch.group-neighbour', 'replace.group-neighbour'],
    hop: () =>
      alsoOn(
        'Groups',
        request => patchGroup(request) || request.method === 'PUT',
        async (path, request, next) =>
          next({ method: 'PATCH', path, ...json(message({ op: 'remove', path: 'members' }), request) }),
      ),
  },
] as const satisfies readonly Defect[];
