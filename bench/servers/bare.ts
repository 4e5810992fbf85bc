import express from 'express';
import { urlOf, type Started } from './started.ts';

/**
 * As little as can answer a SCIM client: Express parses the body, and answers with it, an id added; a list is empty. It
 * keeps nothing, checks nothing and looks at no credential.
 */
export async function startBare(): Promise<Started> {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(express.json({ type: ['application/scim+json', 'application/json'] }));
  let made = 0;
  app.use((request, response) => {
    response.type('application/scim+json');
    if (request.method === 'GET') response.json({ totalResults: 0, Resources: [] });
    else
      response.status(request.method === 'POST' ? 201 : 200).json({ ...(request.body as object), id: String(++made) });
  });
  return { url: await urlOf(app.listen(0, '127.0.0.1'), '/scim/v2'), ids: [] };
}
