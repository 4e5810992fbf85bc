import { USER } from '../../../scim/message/urn.ts';
import type { Hop, HttpResponse, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { answer, empty, refusal, reply, restatus, swallow, type Match } from '../hops.ts';

const onMe: Match = ({ method, path }) => method === 'GET' && path === '/Me';
const PLACE = '/Users/administrator';

const administrator = (members: JsonObject = {}): JsonObject => ({
  schemas: [USER],
  id: 'administrator',
  userName: 'administrator',
  meta: {
    resourceType: 'User',
    created: '2026-01-02T03:04:05Z',
    lastModified: '2026-01-02T03:04:05Z',
    location: `https://provider.example/scim/v2${PLACE}`,
  },
  ...members,
});

const located = (response: HttpResponse, location: string): HttpResponse => ({
  ...response,
  headers: { ...response.headers, location },
});

/** A provider whose credential stands for a user, read by `/Me` and by id. */
export const administered =
  (change: (response: HttpResponse) => HttpResponse = response => response): (() => Hop) =>
  () => {
    const shown = located(reply(200, administrator()), `https://provider.example/scim/v2${PLACE}`);
    const byId = swallow(
      ({ method, path }) => method === 'GET' && path === PLACE,
      () => shown,
    );
    const byAlias = swallow(onMe, () => change(shown));
    return async (request, next) => byAlias(request, async inner => byId(inner, next));
  };

/** What may be wrong about `/Me`. */
export const meDefects = [
  {
    id: 'me-answers-404',
    title: '/Me is not offered and answered with 404',
    breaks: 'RFC7644-3.11-02',
    noticedBy: ['me.status'],
    hop: () => restatus(onMe, 501, 404),
  },
  {
    id: 'me-answers-500',
    title: '/Me is answered with 500',
    breaks: 'RFC7644-3.11-02',
    noticedBy: ['me.status'],
    hop: () => answer(onMe, () => refusal(500)),
  },
  {
    id: 'me-without-location',
    title: '/Me is answered without Location',
    breaks: 'RFC7644-3.11-05',
    noticedBy: ['me.location'],
    hop: administered(({ json = null }) => reply(200, json)),
  },
  {
    id: 'me-located-at-me',
    title: 'The Location of /Me is /Me',
    breaks: 'RFC7644-3.11-05',
    noticedBy: ['me.location'],
    hop: administered(response => located(response, 'https://provider.example/scim/v2/Me')),
  },
  {
    id: 'me-located-elsewhere',
    title: 'The Location of /Me is that of another user',
    breaks: 'RFC7644-3.11-05',
    noticedBy: ['me.location', 'me.permanent'],
    hop: administered(response => located(response, 'https://provider.example/scim/v2/Users/nobody')),
  },
  {
    id: 'me-shows-somebody-else',
    title: '/Me shows another name than its permanent URI',
    breaks: 'RFC7644-3.11-05',
    noticedBy: ['me.permanent'],
    hop: administered(response =>
      located(reply(200, administrator({ userName: 'somebody' })), response.headers['location'] ?? ''),
    ),
  },
  {
    id: 'me-answers-nothing',
    title: '/Me is answered with 200 and an empty object',
    breaks: 'RFC7644-3.11-05',
    noticedBy: ['me.resource'],
    hop: administered(() => reply(200, {})),
  },
  {
    id: 'me-answers-empty-body',
    title: '/Me is answered with 200 and no body',
    breaks: 'RFC7644-3.11-05',
    noticedBy: ['me.resource'],
    hop: administered(({ headers }) => empty(200, headers)),
  },
] as const satisfies readonly Defect[];
