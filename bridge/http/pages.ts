import type { RequestHandler } from 'express';
import type { Page } from '../account/hooks.ts';

/** Answers with a page beside SCIM: text or plain JSON. */
export const showing =
  ({ show }: Page): RequestHandler =>
  (request, response) => {
    const { status, headers = {}, body } = show(request.headers.authorization);
    response.status(status).set(headers);
    if (typeof body === 'string') response.type('text').send(body);
    else response.json(body);
  };

/** The host that people sign in at is no SCIM address: what it answers is no SCIM either (OP-2). */
export const signIn =
  (host: string): RequestHandler =>
  (request, response, next) => {
    if (request.headers.host?.toLowerCase() === host.toLowerCase()) response.status(404).type('text').send('Not Found');
    else next();
  };
