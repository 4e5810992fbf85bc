import { USER } from '../../../scim/message/urn.ts';
import { createdId } from '../../run/given.ts';
import type { Defect } from '../defect.ts';
import { answer, body, objectOf, onList, onOne, refusal, reply, resource, restatus, without } from '../hops.ts';

const users = onList('POST', 'Users');
const isText = (value: unknown): value is string => typeof value === 'string';

/** What may be wrong about POST. */
export const createDefects = [
  {
    id: 'create-answers-200',
    title: 'A created user is answered with 200',
    breaks: 'RFC7644-3.3-04',
    noticedBy: ['create.status'],
    hop: () => answer(users, response => (response.status === 201 ? { ...response, status: 200 } : response)),
  },
  {
    id: 'group-create-answers-200',
    title: 'A created group is answered with 200',
    breaks: 'RFC7644-3.3-04',
    noticedBy: ['create.group'],
    hop: () =>
      answer(onList('POST', 'Groups'), response => (response.status === 201 ? { ...response, status: 200 } : response)),
  },
  {
    id: 'users-not-created',
    title: 'No user is ever created, the answer is 500',
    breaks: 'RFC7644-3.3-04',
    noticedBy: ['create.status'],
    hop: () => restatus(users, 201, 500),
  },
  {
    id: 'create-body-without-user-name',
    title: 'The answer to a create leaves out the userName',
    breaks: 'RFC7644-3.3-05',
    noticedBy: ['create.body'],
    hop: () => body(users, user => without(user, 'userName')),
  },
  {
    id: 'create-without-location',
    title: 'The answer to a create has no Location',
    breaks: 'RFC7644-3.3-06',
    noticedBy: ['create.location'],
    hop: () => answer(users, response => ({ ...response, headers: without(response.headers, 'location') })),
  },
  {
    id: 'create-location-of-collection',
    title: 'Location names the collection',
    breaks: 'RFC7644-3.3-06',
    noticedBy: ['create.location'],
    hop: () =>
      answer(users, response => {
        const location = response.headers['location']?.replace(/\/[^/]*$/, '');
        return location === undefined ? response : { ...response, headers: { ...response.headers, location } };
      }),
  },
  {
    id: 'create-shows-another-name',
    title: 'The answer to a create shows another displayName than is stored',
    breaks: 'RFC7644-3.1-09',
    noticedBy: ['create.read-back'],
    hop: () => body(users, user => ({ ...user, displayName: 'Somebody Else' })),
  },
  {
    id: 'conflict-without-keyword',
    title: 'A userName that is taken is refused without scimType',
    breaks: 'RFC7644-3.3-07',
    noticedBy: ['create.conflict'],
    hop: () => restatus(users, 409, 409),
  },
  {
    id: 'conflict-answers-400',
    title: 'A userName that is taken is refused with 400',
    breaks: 'RFC7644-3.3-07',
    noticedBy: ['create.conflict'],
    hop: () => restatus(users, 409, 400, 'uniqueness'),
  },
  {
    id: 'user-names-unique-by-case',
    title: 'A userName in other letters of case is taken for a new one',
    breaks: 'RFC7643-4.1.1-03',
    noticedBy: ['create.conflict-other-case'],
    hop: () =>
      answer(users, (response, request) => {
        const { userName } = objectOf(request);
        const other = isText(userName) && userName !== userName.toLowerCase();
        return response.status === 409 && other ? reply(201, twin(objectOf(request))) : response;
      }),
  },
  {
    id: 'users-without-user-name',
    title: 'A user without userName is accepted',
    breaks: 'RFC7643-4.1.1-01',
    noticedBy: ['create.user-name-required'],
    hop() {
      const nameless = new Set<string>();
      let count = 0;
      return async (request, next) => {
        const draft = objectOf(request);
        if (users(request) && draft['schemas'] !== undefined && draft['userName'] === undefined) {
          const response = await next({
            ...request,
            json: { ...draft, userName: `nameless-${(count += 1)}-${request.path}` },
          });
          const id = createdId(response);
          if (id !== undefined) nameless.add(`/Users/${id}`);
          return response;
        }
        const response = await next(request);
        const shows = request.method === 'GET' && nameless.has(request.path) && response.status === 200;
        return shows ? reply(200, without(objectOf(response), 'userName')) : response;
      };
    },
  },
  {
    id: 'missing-user-name-answers-422',
    title: 'A user without userName is refused with 422',
    breaks: 'RFC7644-3.3-11',
    noticedBy: ['error.missing-user-name'],
    hop: () =>
      answer(users, (response, request) =>
        response.status === 400 &&
        objectOf(request)['userName'] === undefined &&
        objectOf(request)['schemas'] !== undefined
          ? refusal(422)
          : response,
      ),
  },
  {
    id: 'create-refuses-read-only',
    title: 'A create that carries an id is refused',
    breaks: 'RFC7644-3.3-01',
    noticedBy: ['create.read-only-ignored'],
    hop: () => async (request, next) =>
      users(request) && objectOf(request)['id'] !== undefined ? refusal(400, 'mutability') : next(request),
  },
  {
    id: 'create-adopts-id',
    title: 'A create takes the id from the client',
    breaks: 'RFC7643-3.1-08',
    noticedBy: ['create.read-only-ignored'],
    hop: () =>
      answer(users, (response, request) => {
        const { id } = objectOf(request);
        return response.status === 201 && isText(id) ? reply(201, { ...objectOf(response), id }) : response;
      }),
  },
  {
    id: 'external-id-invented',
    title: 'Users come with an externalId that nobody gave them',
    breaks: 'RFC7643-3.1-12',
    noticedBy: ['create.external-id-not-invented'],
    hop: () => resource(onOne('GET', 'Users'), user => ({ externalId: 'made-by-the-provider', ...user })),
  },
  {
    id: 'create-shows-password',
    title: 'The answer to a create repeats the password',
    breaks: 'RFC7643-4.1.1-16',
    noticedBy: ['create.password-hidden', 'wire.secrets'],
    hop: () =>
      body(users, (user, request) => {
        const { password } = objectOf(request);
        return password === undefined ? user : { ...user, password };
      }),
  },
] as const satisfies readonly Defect[];

/** A user that only this answer knows. */
const twin = (draft: ReturnType<typeof objectOf>) => {
  const id = 'twin';
  const meta = {
    resourceType: 'User',
    created: '2026-01-01T00:00:00Z',
    lastModified: '2026-01-01T00:00:00Z',
    location: `https://twin.example/Users/${id}`,
  };
  return { ...draft, schemas: [USER], id, meta };
};
