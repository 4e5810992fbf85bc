import { resourcesOf } from '../../../scim/message/list.ts';
import { GROUP } from '../../../scim/message/urn.ts';
import type { Hop, HttpResponse, JsonObject } from '../../../scim/wire/message.ts';
import {
  answer,
  body,
  current,
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  refusal,
  reply,
  resource,
  swallow,
  textOf,
} from '../hops.ts';
import { afterwards, bare, on, patchUser, withOperation } from '../modify-hops.ts';
import { users as lists, type Row } from '../query-hops.ts';
import { oneUser } from '../user-hops.ts';
import { nobody, onceByMail, onceRenewed } from './onepassword-people.ts';

const groupLists = onList('GET', 'Groups');
const deactivates = withOperation(operation => on('replace', /^active$/)(operation) && operation['value'] === false);
const sendsAddress = withOperation(on('replace', /^userName$/), patchUser);
const madeByHand = (name: string | null): boolean => name?.includes('by-hand') === true;

/** Whoever once was read is still shown when gone. */
const remembered = (): Hop => {
  const last = new Map<string, HttpResponse>();
  return async (request, next) => {
    const response = await next(request);
    if (!oneUser(request)) return response;
    if (isSuccess(response)) last.set(bare(request), response);
    return response.status === 404 ? (last.get(bare(request)) ?? response) : response;
  };
};

/** Shows people under other addresses. */
const withAddress = (addresses: ReadonlyMap<string, string>): Hop =>
  resource(oneUser, (user, request) => {
    const userName = addresses.get(bare(request));
    return userName === undefined ? user : { ...user, userName };
  });

/** A new address shows as soon as it was sent. */
const shownAtOnce = (): Hop => {
  const sent = new Map<string, string>();
  return async (request, next) => {
    const operation = sendsAddress(request) ? operationsOf(request).find(on('replace', /^userName$/)) : undefined;
    if (operation) sent.set(bare(request), textOf(operation['value']));
    return withAddress(sent)(request, next);
  };
};

/** What shows only with a control of the account: the same of self-hosted and hosted. */
export const accountRows: readonly Row[] = [
  [
    'op-leaver-stays-active',
    'Somebody who has joined stays active when deactivated',
    'OP-25a',
    ['onepassword.leaver-suspended'],
    () => afterwards(deactivates, user => ({ ...user, active: true })),
  ],
  [
    'op-suspended-not-found',
    'Whoever is suspended is not found by a filter',
    'OP-25b',
    ['onepassword.suspended-found'],
    () =>
      body(lists, list => {
        const shown = resourcesOf(list).filter(({ active }) => active !== false);
        return shown.length === resourcesOf(list).length ? list : { ...nobody(list), Resources: shown };
      }),
  ],
  [
    'op-return-refused',
    'Whoever comes back with the same mail addresses is refused',
    'OP-29a',
    ['onepassword.returns-as-new'],
    onceByMail,
  ],
  [
    'op-return-takes-over',
    'Whoever comes back gives the suspended one the new address too',
    'OP-29c',
    ['onepassword.returns-as-new'],
    onceRenewed(withAddress),
  ],
  [
    'op-suspended-address-refused',
    'A new address for somebody who is suspended is refused',
    'OP-29b',
    ['onepassword.suspended-address'],
    () =>
      swallow(sendsAddress, async (request, next) =>
        objectOf(await current(request, next))['active'] === false ? refusal(400, 'invalidValue') : next(request),
      ),
  ],
  [
    'op-address-at-once',
    'A new address shows before it is confirmed',
    'OP-32b',
    ['onepassword.address-waits', 'onepassword.suspended-address'],
    shownAtOnce,
  ],
  [
    'op-address-never',
    'A new address never shows',
    'OP-32c',
    ['onepassword.address-confirmed'],
    () => afterwards(sendsAddress, (user, before) => ({ ...user, userName: before['userName'] ?? null })),
  ],
  [
    'op-unselected-found',
    'A group that provisioning does not manage is found by its name',
    'OP-37a',
    ['onepassword.unselected-group'],
    () =>
      body(groupLists, (list, request): JsonObject =>
        madeByHand(parameterOf(request, 'filter')) && list['totalResults'] === 0
          ? { ...list, totalResults: 1, itemsPerPage: 1, Resources: [{ schemas: [GROUP], id: 'by-hand' }] }
          : list,
      ),
  ],
  [
    'op-unselected-readable',
    'A group that provisioning does not manage is read by its id',
    'OP-37b',
    ['onepassword.unselected-group-by-id'],
    () =>
      answer(onOne('GET', 'Groups'), (response, request) =>
        response.status === 404 ? reply(200, { schemas: [GROUP], id: bare(request).slice(8) }) : response,
      ),
  ],
  [
    'op-second-group-refused',
    'A group named like one outside of provisioning is refused',
    'OP-37c',
    ['onepassword.second-group'],
    () =>
      swallow(
        request => onList('POST', 'Groups')(request) && madeByHand(textOf(objectOf(request)['displayName'])),
        () => refusal(409, 'uniqueness'),
      ),
  ],
  [
    'op-selected-not-found',
    'A group that was made by hand is not found by its name',
    'OP-37d',
    ['onepassword.selected-group'],
    () => body(groupLists, (list, request) => (madeByHand(parameterOf(request, 'filter')) ? nobody(list) : list)),
  ],
];

/** The same of hosted provisioning alone. */
export const hostedAccountRows: readonly Row[] = [
  [
    'op-deleted-still-shown',
    'Whoever an administrator has deleted is still shown',
    'OP-28b',
    ['onepassword.deleted-for-good'],
    remembered,
  ],
];
