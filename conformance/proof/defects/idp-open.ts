import { isObject } from '../../../scim/message/list.ts';
import { withJson } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { answer, isSuccess, objectOf, onList, operationsOf, parameterOf } from '../hops.ts';
import { dropped, on, patchGroup, patchUser, refusing, turned, type Kind } from '../modify-hops.ts';
import { reordered, toDefect, users, type Row } from '../query-hops.ts';

/** Removals of members that list them. */
const listsMembers: Kind = operation => on('remove', /^members$/)(operation) && Array.isArray(operation['value']);
const capital: Kind = ({ op }) => typeof op === 'string' && /^[A-Z]/.test(op);

/** What the RFC leaves open and identity providers count on: noticed in every profile, a fault in some. */
const rows: readonly Row[] = [
  [
    'remove-value-empties-group',
    'A removal of members that lists one empties the group',
    'RFC7644-3.5.2.2-10',
    ['patch.remove-value-array'],
    () => turned(listsMembers, ({ op = 'remove', path = 'members' }) => ({ op, path }), patchGroup),
  ],
  [
    'remove-value-does-nothing',
    'A removal of members that lists one is answered with success and removes nobody',
    'RFC7644-3.5.2.2-10',
    ['patch.remove-value-array'],
    () => dropped(listsMembers, patchGroup),
  ],
  [
    'remove-value-takes-another',
    'A removal of members that lists one takes it from every group',
    'RFC7644-3.5.2.2-10',
    ['patch.remove-value-array'],
    () => {
      const groups = new Set<string>();
      return async (request, next) => {
        const response = await next(request);
        const { id } = objectOf(response);
        if (onList('POST', 'Groups')(request) && typeof id === 'string') groups.add(`/Groups/${id}`);
        if (patchGroup(request) && operationsOf(request).some(listsMembers) && isSuccess(response)) {
          for (const path of groups) await next({ ...request, path });
        }
        return response;
      };
    },
  ],
  [
    'capital-operations-refused',
    'An operation that is written Replace is refused',
    'RFC7644-3.5.2-06',
    ['patch.op-other-case'],
    () => refusing(capital, 'invalidSyntax'),
  ],
  [
    'capital-removals-passed-over',
    'An operation that is written Remove is passed over',
    'RFC7644-3.5.2-06',
    ['patch.op-other-case'],
    () => dropped(({ op }) => op === 'Remove'),
  ],
  [
    'add-by-filter-refused',
    'An addition by a filtered path where nothing matches is refused',
    'RFC7644-3.5.2.1-12',
    ['patch.add-value-path-no-match'],
    () => refusing(on('add', /^emails\[type eq "other"\]/), 'noTarget', patchUser),
  ],
  [
    'pages-in-turns',
    'A page that is asked for again holds its entries the other way round',
    'RFC7644-3.4.2.4-02',
    ['page.open-repeated'],
    () => {
      let turn = 0;
      return answer(
        request =>
          users(request) && parameterOf(request, 'count') === '2' && parameterOf(request, 'startIndex') === null,
        response =>
          isObject(response.json) && (turn += 1) % 2 === 0
            ? withJson(
                response,
                reordered(response.json, () => -1),
              )
            : response,
      );
    },
  ],
  [
    'empty-list-keeps-members',
    'A replacement of the members by an empty list is passed over',
    'RFC7644-3.5.2.3-03',
    ['patch.replace-members'],
    () =>
      dropped(
        operation => on('replace', /^members$/)(operation) && JSON.stringify(operation['value']) === '[]',
        patchGroup,
      ),
  ],
];

export const idpOpenDefects: readonly Defect[] = rows.map(toDefect);
