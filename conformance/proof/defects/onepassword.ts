import { resourcesOf } from '../../../scim/message/list.ts';
import type { Hop, HttpRequest, HttpResponse } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  always,
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
  restatus,
  sent,
  swallow,
} from '../hops.ts';
import { dropped, on, patchGroup, patchUser, turned } from '../modify-hops.ts';
import { toDefect, users as lists, type Row } from '../query-hops.ts';
import { oneUser } from '../user-hops.ts';
import { accountRows, hostedAccountRows } from './onepassword-account.ts';
import { hostedNameRows, looksUp, personRows, selfHostedNameRows } from './onepassword-people.ts';

const deletes = onOne('DELETE', 'Users');
const deactivates = (request: HttpRequest): boolean =>
  patchUser(request) && operationsOf(request).some(({ path, value }) => path === 'active' && value === false);
const leaves = (request: HttpRequest): boolean => deletes(request) || deactivates(request);

/** What was taken away so is still shown to whoever reads it. */
const stillShown = (match: (request: HttpRequest) => boolean) => (): Hop => {
  const left = new Map<string, HttpResponse>();
  return async (request, next) => {
    if (match(request)) left.set(request.path, await current(request, next));
    const response = await next(request);
    return (request.method === 'GET' && response.status === 404 && left.get(request.path)) || response;
  };
};

/** Whoever was deprovisioned so is not found any more. */
const goneAfter = (match: (request: HttpRequest) => boolean) => (): Hop => {
  const gone = new Set<string>();
  return async (request, next) => {
    if (oneUser(request) && gone.has(request.path)) return refusal(404);
    const response = await next(request);
    if (match(request) && isSuccess(response)) gone.add(request.path);
    return response;
  };
};

/** What self-hosted and hosted have in common. */
const common: readonly Row[] = [
  [
    'op-base-unknown',
    'Users are not served below the base URL',
    'OP-1a',
    ['onepassword.base'],
    () =>
      swallow(
        request => lists(request) && parameterOf(request, 'count') === '1',
        () => refusal(404),
      ),
  ],
  [
    'op-doubled-slash-served',
    'A doubled slash is read as one',
    'OP-1b',
    ['onepassword.doubled-slash'],
    () =>
      sent(
        ({ path }) => path.startsWith('//'),
        request => ({ ...request, path: request.path.slice(1) }),
      ),
  ],
  [
    'op-token-403',
    'A wrong token is answered with 403',
    'OP-3b',
    ['onepassword.token-refused'],
    () => restatus(always, 401, 403),
  ],
  [
    'op-challenge-basic',
    'A refused token is told of another scheme',
    'OP-3c',
    ['onepassword.challenge'],
    () =>
      answer(always, response =>
        response.status === 401
          ? { ...response, headers: { ...response.headers, 'www-authenticate': 'Basic realm="scim"' } }
          : response,
      ),
  ],
  [
    'op-password-change-offered',
    'Changing passwords is announced',
    'OP-23b',
    ['onepassword.no-password-change'],
    () => body(onList('GET', 'ServiceProviderConfig'), config => ({ ...config, changePassword: { supported: true } })),
  ],
  [
    'op-entra-test-404',
    'A look-up that finds nobody is answered with 404',
    'OP-54',
    ['onepassword.entra-test'],
    () => answer(looksUp, response => (objectOf(response)['totalResults'] === 0 ? refusal(404) : response)),
  ],
  [
    'op-okta-test-refused',
    'A page of two users is refused',
    'OP-55',
    ['onepassword.okta-test'],
    () =>
      swallow(
        request => lists(request) && parameterOf(request, 'count') === '2',
        () => refusal(400),
      ),
  ],
  [
    'op-group-answers-200',
    'A created group is answered with 200',
    'OP-35',
    ['onepassword.group-pushed'],
    () => answer(onList('POST', 'Groups'), response => ({ ...response, status: 200 })),
  ],
  [
    'op-member-not-added',
    'An addition of a member is answered with success and adds nobody',
    'OP-36a',
    ['onepassword.member-added'],
    () => dropped(on('add', /^members/), patchGroup),
  ],
  [
    'op-removal-empties',
    'A removal of one member empties the group',
    'OP-36b',
    ['onepassword.member-removed'],
    () => turned(on('remove', /^members/), () => ({ op: 'remove', path: 'members' }), patchGroup),
  ],
  [
    'op-rename-lost',
    'A group keeps the name that it was made with',
    'OP-38',
    ['onepassword.group-renamed'],
    () => dropped(on('replace', /^displayName$/), patchGroup),
  ],
  [
    'op-group-stays',
    'A deleted group stays',
    'OP-39',
    ['onepassword.group-deleted'],
    stillShown(onOne('DELETE', 'Groups')),
  ],
];

const selfHosted: readonly Row[] = [
  [
    'op-leaving-refused',
    'Nobody who is invited can be deprovisioned',
    'OP-26a',
    ['onepassword.invited-leaves'],
    () => swallow(leaves, () => refusal(403)),
  ],
  [
    'op-invited-stays',
    'Somebody who is deprovisioned before joining stays',
    'OP-26b',
    ['onepassword.invited-gone'],
    stillShown(leaves),
  ],
];

const hosted: readonly Row[] = [
  [
    'op-provision-managers-shown',
    'The group Provision Managers is shown',
    'OP-45d',
    ['onepassword.built-in-group'],
    () =>
      body(onList('GET', 'Groups'), list => ({
        ...list,
        Resources: [...resourcesOf(list), { id: 'managers', displayName: 'Provision Managers' }],
      })),
  ],
  [
    'op-invited-gone',
    'Somebody who is deprovisioned before joining is gone',
    'OP-26c',
    ['onepassword.invited-kept'],
    goneAfter(leaves),
  ],
  ['op-delete-deletes', 'A DELETE deletes', 'OP-28a', ['onepassword.delete-suspends'], goneAfter(deletes)],
];

const inProfile =
  (profile: string) =>
  (row: Row): Defect =>
    Object.assign({ profile }, toDefect(row));

/** What 1Password does otherwise than its rules have it; each counts where a profile judges by the rule. */
export const onePasswordDefects: readonly Defect[] = [
  ...[...common, ...personRows, ...accountRows, ...selfHosted, ...selfHostedNameRows].map(
    inProfile('1password-self-hosted'),
  ),
  ...[...hosted, ...hostedAccountRows, ...hostedNameRows].map(inProfile('1password-hosted')),
];
