import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { placeOf } from '../../scim/message/bulk.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

/** Answers to `/Me` where the credential stands for nobody, or everything about it is declined. */
const NOBODY = [501, 403];

/** `/Me` as the provider answers it itself. @throws NotApplicable when it does something else */
async function own({ scim }: Context): Promise<HttpResponse> {
  const answer = await scim.list('/Me');
  if (answer.status !== 200) throw new NotApplicable(`/Me is not answered with a resource: ${describeAnswer(answer)}`);
  return answer;
}

/** The alias of the authenticated subject (RFC 7644 section 3.11). It is only read: what it stands for is not ours. */
export const me = [
  {
    id: 'me.status',
    title: 'Where /Me is not offered, it is answered with 501',
    clause: 'RFC7644-3.11-02',
    applies: [],
    async run({ scim }) {
      expect.status(await scim.list('/Me'), ...NOBODY, 200, 307, 308);
    },
  },
  {
    id: 'me.way',
    title: 'The provider answers /Me itself, redirects it, or does not offer it',
    clause: 'RFC7644-3.11-04',
    also: ['RFC7644-3.11-03'],
    applies: [],
    async run({ scim }) {
      const answer = await scim.list('/Me');
      if (answer.status === 200) return { observed: 'the provider answers itself' };
      const { location } = answer.headers;
      return { observed: location === undefined ? describeAnswer(answer) : `a redirect with ${answer.status}` };
    },
  },
  {
    id: 'me.resource',
    title: 'What /Me is answered with is one resource',
    clause: 'RFC7644-3.11-05',
    applies: [],
    async run(context) {
      const answer = await own(context);
      const { id } = expect.object(answer);
      expect.that(typeof id === 'string' && id !== '', 'a resource with an id', show(answer.json), answer);
    },
  },
  {
    id: 'me.location',
    title: 'The answer to /Me has the permanent URI of the resource in Location',
    clause: 'RFC7644-3.11-05',
    applies: [],
    async run(context) {
      const answer = await own(context);
      const header = expect.header(answer, 'Location');
      expect.that(!/\/me\/?$/i.test(header), 'a Location other than /Me', show(header), answer);
      const { id, meta } = expect.object(answer);
      expect.equal(placeOf(header)?.id, id, 'a Location that ends in the id', answer);
      const location = isObject(meta) ? meta['location'] : undefined;
      if (typeof location !== 'string') return;
      const [one, other] = [placeOf(header), placeOf(location)];
      const agrees = one?.id === other?.id && one?.endpoint === other?.endpoint;
      expect.that(agrees, `a Location for ${show(location)}`, show(header), answer);
    },
  },
  {
    id: 'me.permanent',
    title: 'The permanent URI of /Me shows the same resource',
    clause: 'RFC7644-3.11-05',
    applies: [],
    async run(context) {
      const answer = await own(context);
      const { id, userName } = expect.object(answer);
      const place = placeOf(answer.headers['location']);
      if (!place) throw new Blocked('me.location', 'no Location that could be followed');
      const read = await context.scim.read(place.endpoint, place.id);
      expect.status(read, 200);
      const shown = expect.object(read);
      expect.equal(shown['id'], id, 'id', read);
      expect.equal(shown['userName'], userName, 'userName', read);
    },
  },
] as const satisfies readonly Check[];
