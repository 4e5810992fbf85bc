import { proving, refused, requests, requestsWith, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, configure, expects, hire, join, sync } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const formOfTheIntegration = {
  id: 'form-of-the-integration',
  title: 'What is typed into the form: https and SCIM 2.0 or nothing, and a slash at the end that breaks everything',
  proves: ['JC-3', 'JC-Q43', 'JC-2b', 'JC-1b', 'JC-Q6', 'JC-Q7'],
  idp: ['jumpcloud'],
  because: 'form-of-its-own',
  steps: [
    ...boundUnmanaged,
    sync(),
    configure({ token: 'a token of this story' }),
    sync(),
    attempt(configure({ baseUrl: 'http://provider.example/scim' })),
    expects(refused()),
    attempt(configure({ baseUrl: 'https://provider.example/scim', scimVersion: '1.1' })),
    expects(proving('JC-Q43', refused())),
    configure({ baseUrl: 'https://provider.example/scim/', scimVersion: '2.0' }),
    attempt(sync()),
    expects(proving('JC-2b', wire.sends(requests('GET //Users')))),
    configure({ baseUrl: 'https://provider.example/scim' }),
    sync(),
    hire('ada'),
    join('ada', 'eng'),
    sync(),
  ],
  expect: [
    proving('JC-1b', wire.sends(requestsWith('POST /Users', { authorization: 'Bearer ' }))),
    proving('JC-Q6', wire.sends(requestsWith('POST /Users', { 'content-type': 'application/scim+json' }))),
    proving('JC-Q6', wire.sends(requestsWith('GET /Users', { accept: 'application/scim+json' }))),
    proving('JC-Q7', wire.sends(requestsWith('POST /Users', { 'user-agent': 'Scimulator' }))),
  ],
} as const satisfies Scenario;
