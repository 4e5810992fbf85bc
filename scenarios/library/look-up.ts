import { creates, logs, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { hire, join, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const lookUp = {
  id: 'look-up',
  title: 'Somebody new is looked up by userName, without paging, and nothing but users and groups is asked for',
  proves: ['JC-2a', 'JC-Q3', 'JC-Q5', 'JC-Q38', 'JC-Q41', 'JC-55'],
  steps: [...opened, watch(), hire('cleo'), join('cleo', 'eng'), sync()],
  expect: [
    wire.sends(requests('POST /Users')),
    proving('JC-Q3', wire.sends(requests('GET /Users?filter=userName eq "{cleo.email}"'))),
    proving('JC-Q5', wire.never(requests('GET /Users?filter=userName eq "{cleo.email}"&'))),
    proving('JC-Q38', wire.never(requests('GET /ServiceProviderConfig'))),
    proving('JC-Q38', wire.never(requests('GET /Schemas'))),
    proving('JC-Q38', wire.never(requests('GET /ResourceTypes'))),
    proving('JC-Q41', wire.sends(creates('cleo'))),
    proving('JC-55', logs('user_lookup_provision', { times: 0 })),
  ],
} as const satisfies Scenario;
