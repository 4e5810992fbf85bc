import { logs, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, configure, hire, manageGroups, sync } from '../step.ts';

export const customConnector = {
  id: 'custom-connector',
  title: 'A custom integration is tried with a user and a group of its own, which go again',
  proves: ['JC-Q8', 'JC-Q9', 'JC-53e'],
  idp: ['jumpcloud'],
  because: 'form-of-its-own',
  connector: 'custom',
  steps: [manageGroups(true), hire('ada'), configure({ testEmail: '{ada.email}' }), activate(), sync()],
  expect: [
    wire.inOrder(
      requests('GET /Users?startIndex=1&count=1'),
      requests('GET /Users?filter=userName eq "{ada.email}"'),
      requests('POST /Users'),
      requests('PUT /Users/'),
      requests('POST /Groups'),
      requests('PATCH /Groups/'),
      requests('DELETE /Groups/'),
      requests('DELETE /Users/'),
    ),
    proving('JC-Q9', wire.sends(requests('POST /Users', { 'name.givenName': 'Scimulator' }))),
    proving('JC-Q9', wire.sends(requests('POST /Groups', { displayName: 'Scimulator test group' }))),
    proving('JC-53e', logs('user_delete_provision', { times: 1 })),
  ],
} as const satisfies Scenario;
