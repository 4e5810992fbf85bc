import express, { type RequestHandler } from 'express';
import { urlOf, type LearnedAnswer, type Started } from './started.ts';

/** Bodies above this are refused, as the bridge does. */
const LIMIT = 4_194_304;

/**
 * What Express 5 costs by itself: it routes, parses the body and the query it is sent, and answers as many bytes with the
 * same headers as the bridge answered. It keeps nothing, checks nothing and looks at no credential.
 */
export async function startFloor(): Promise<Started> {
  let learned: Readonly<Record<string, LearnedAnswer>> = {};
  const answer =
    (column: string): RequestHandler =>
    (request, response) => {
      const { status = 500, headers = [], text = '' } = learned[column] ?? {};
      // Reading these is what makes Express parse them.
      const given: unknown = request.body ?? request.query;
      if (given === null) throw new Error('nothing was parsed');
      response.status(status);
      for (const [name, value] of headers) response.setHeader(name, value);
      // Put together anew, so that the bytes are encoded for each answer as they are for an answer that was worked out.
      response.end(text === '' ? undefined : `${text.slice(0, -1)}}`);
    };

  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ type: ['application/scim+json', 'application/json'], limit: LIMIT }));
  app.get('/scim/v2/Users/:id', answer('read'));
  app.get('/scim/v2/Users', (request, response, next) =>
    answer(request.query['filter'] === undefined ? 'page' : 'filter')(request, response, next),
  );
  app.post('/scim/v2/Users', answer('create'));
  app.patch('/scim/v2/Users/:id', answer('deactivate'));
  app.patch('/scim/v2/Groups/:id', answer('join'));
  return {
    url: await urlOf(app.listen(0, '127.0.0.1'), '/scim/v2'),
    ids: [],
    learn: answers => {
      learned = answers;
    },
  };
}
