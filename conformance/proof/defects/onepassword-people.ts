import { isObject } from '../../../scim/message/list.ts';
import type { Hop, HttpRequest, JsonObject } from '../../../scim/wire/message.ts';
import {
  answer,
  body,
  isSuccess,
  objectOf,
  onOne,
  parameterOf,
  refusal,
  resource,
  restatus,
  textOf,
  without,
} from '../hops.ts';
import { afterwards, dropped, on, patchUser, turnedByState } from '../modify-hops.ts';
import { users as lists, type Row } from '../query-hops.ts';
import { drafts, oneUser, posted, refusing } from '../user-hops.ts';

/** Requests whose answers show users. */
const shows = (request: HttpRequest): boolean =>
  [lists, posted, oneUser, patchUser, onOne('PUT', 'Users')].some(match => match(request));

/** Look-ups of a person by address. */
export const looksUp = (request: HttpRequest): boolean =>
  lists(request) && (parameterOf(request, 'filter') ?? '').startsWith('userName eq ');

/** A list that has nobody in it. */
export const nobody = (list: JsonObject): JsonObject => ({ ...list, totalResults: 0, itemsPerPage: 0, Resources: [] });

const mailsOf = (request: HttpRequest): string => JSON.stringify(objectOf(request)['emails'] ?? null);

/** Nobody is made twice with the same e-mail addresses, whatever the userName. */
export const onceByMail = (): Hop => {
  const made = new Set<string>();
  return async (request, next) => {
    if (!posted(request)) return next(request);
    if (made.has(mailsOf(request))) return refusal(409, 'uniqueness');
    made.add(mailsOf(request));
    return next(request);
  };
};

/**
 * A provider that shows somebody otherwise once the same e-mail addresses have come with a newer userName.
 * @param show gets the newer userName of each path of whom that is so
 */
export const onceRenewed = (show: (renewed: ReadonlyMap<string, string>) => Hop) => (): Hop => {
  const made = new Map<string, string>();
  const renewed = new Map<string, string>();
  return async (request, next) => {
    const response = await next(request);
    const { id } = objectOf(response);
    if (posted(request) && isSuccess(response) && typeof id === 'string') {
      const before = made.get(mailsOf(request));
      if (before !== undefined) renewed.set(`/Users/${before}`, textOf(objectOf(request)['userName']));
      made.set(mailsOf(request), id);
    }
    return show(renewed)(request, async () => response);
  };
};

const inactiveOnceRenewed = onceRenewed(renewed =>
  body(
    request => oneUser(request) && renewed.has(request.path),
    user => ({ ...user, active: false }),
  ),
);

/** Shows a displayName as the user was made with it, whatever became of it. */
const displayNameAsMade = (): Hop => {
  const made = new Map<string, JsonObject[string]>();
  return async (request, next) => {
    const response = await next(request);
    const { displayName } = objectOf(request);
    const { id } = objectOf(response);
    if (posted(request) && typeof id === 'string' && displayName !== undefined) made.set(id, displayName);
    const show = resource(shows, user => {
      const name = typeof user['id'] === 'string' ? made.get(user['id']) : undefined;
      return name === undefined ? user : { ...user, displayName: name };
    });
    return show(request, async () => response);
  };
};

const named = (change: (name: JsonObject, user: JsonObject) => JsonObject): Hop =>
  resource(shows, user => (isObject(user['name']) ? { ...user, ...change(user['name'], user) } : user));

/** People of 1Password, self-hosted as hosted. */
export const personRows: readonly Row[] = [
  [
    'op-known-address-unknown',
    'Nobody is found by address',
    'OP-11a',
    ['onepassword.known-address'],
    () => body(looksUp, nobody),
  ],
  [
    'op-address-taken-400',
    'An address that somebody has is refused with 400',
    'OP-11c',
    ['onepassword.address-taken'],
    () => restatus(posted, 409, 400, 'invalidValue'),
  ],
  [
    'op-other-address-refused',
    'Somebody who is there is refused under another address',
    'OP-12a',
    ['onepassword.other-address'],
    onceByMail,
  ],
  [
    'op-old-address-inactive',
    'Whoever had the old address reads as inactive when a new one is provisioned',
    'OP-12b',
    ['onepassword.old-address-kept'],
    inactiveOnceRenewed,
  ],
  [
    'op-invites-with-200',
    'A created user is answered with 200',
    'OP-13a',
    ['onepassword.invites'],
    () => answer(posted, response => (response.status === 201 ? { ...response, status: 200 } : response)),
  ],
  [
    'op-invited-inactive',
    'Somebody who is invited reads as inactive',
    'OP-13d',
    ['onepassword.invited-is-active'],
    () => resource(shows, user => ({ ...user, active: false })),
  ],
  [
    'op-address-made-up',
    'A user without userName gets one',
    'OP-20a',
    ['onepassword.address-required'],
    () => {
      let count = 0;
      return drafts(draft => ({ userName: `somebody-${(count += 1)}@scimulator.example`, ...draft }));
    },
  ],
  [
    'op-any-user-name',
    'A userName that is no address becomes one',
    'OP-20b',
    ['onepassword.address-is-one'],
    () =>
      drafts(draft => {
        const { userName } = draft;
        const bare = typeof userName === 'string' && !userName.includes('@');
        return bare ? { ...draft, userName: `${userName}@scimulator.example` } : draft;
      }),
  ],
  [
    'op-user-type-refused',
    'A user with attributes that are not kept is refused',
    'OP-21a',
    ['onepassword.jumpcloud-set'],
    () => refusing(({ userType }) => userType !== undefined),
  ],
  [
    'op-title-shown',
    'An attribute that is not kept is shown',
    'OP-21b',
    ['onepassword.drops-silently'],
    () => resource(shows, user => ({ ...user, title: 'Smith' })),
  ],
  [
    'op-patch-loses',
    'A PATCH takes the displayName away',
    'OP-22a',
    ['onepassword.patch-leaves-the-rest'],
    () => afterwards(patchUser, user => without(user, 'displayName')),
  ],
  [
    'op-put-loses',
    'A PUT takes away what it leaves out',
    'OP-22b',
    ['onepassword.put-leaves-the-rest'],
    () => afterwards(onOne('PUT', 'Users'), user => without(user, 'displayName')),
  ],
  [
    'op-password-refused',
    'A user with a password is refused',
    'OP-23a',
    ['onepassword.password-ignored'],
    () => refusing(({ password }) => password !== undefined),
  ],
];

/** Names and externalId as self-hosted has them. */
export const selfHostedNameRows: readonly Row[] = [
  [
    'op-last-name-first',
    'displayName is the last name and the first name',
    'OP-17a',
    ['onepassword.display-name'],
    () =>
      named(({ givenName = '', familyName = '' }) => ({ displayName: `${textOf(familyName)}, ${textOf(givenName)}` })),
  ],
  [
    'op-formatted-is-address',
    'name.formatted is the address',
    'OP-17b',
    ['onepassword.formatted-name'],
    () => named((name, { userName = '' }) => ({ name: { ...name, formatted: userName } })),
  ],
  [
    'op-sent-display-name-wins',
    'A displayName that is sent with a create is shown',
    'OP-17c',
    ['onepassword.sent-display-name'],
    displayNameAsMade,
  ],
  [
    'op-last-name-lost',
    'A PATCH of the last name changes nothing',
    'OP-18a',
    ['onepassword.name-change'],
    () => dropped(on('replace', /^name\./), patchUser),
  ],
  [
    'op-whole-name-stays',
    'displayName is that of the create after a new last name',
    'OP-18b',
    ['onepassword.name-rebuilt'],
    displayNameAsMade,
  ],
  [
    'op-external-id-is-address',
    'externalId is the whole address',
    'OP-19a',
    ['onepassword.external-id'],
    () => resource(shows, user => ({ ...user, externalId: user['userName'] ?? null })),
  ],
  [
    'op-sent-external-id-wins',
    'The answer to a create has the externalId that was sent',
    'OP-19b',
    ['onepassword.sent-external-id'],
    () =>
      body(posted, (user, request) => {
        const { externalId } = objectOf(request);
        return externalId === undefined ? user : { ...user, externalId };
      }),
  ],
];

/** Names as hosted has them. */
export const hostedNameRows: readonly Row[] = [
  [
    'op-parts-taken-over',
    'A new last name makes a new displayName',
    'OP-24a',
    ['onepassword.parts-ignored'],
    () =>
      turnedByState(
        on('replace', /^name\.familyName$/),
        ({ value = '' }, { name }) => ({
          op: 'replace',
          path: 'displayName',
          value: `${isObject(name) ? textOf(name['givenName']) : ''} ${textOf(value)}`,
        }),
        patchUser,
      ),
  ],
  [
    'op-display-name-lost',
    'A PATCH of displayName changes nothing',
    'OP-24b',
    ['onepassword.new-display-name'],
    () => dropped(on('replace', /^displayName$/), patchUser),
  ],
];
