import { account, proving, refused, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, attempt, bind, createGroup, expects, hire, join, manageGroups, sync } from '../step.ts';

export const providerWithoutGroups = {
  id: 'provider-without-groups',
  title: 'A service provider without groups: people are provisioned, and nothing is sent about groups',
  proves: ['JC-51'],
  idp: ['jumpcloud'],
  because: 'form-of-its-own',
  connector: 'people-only',
  steps: [
    createGroup('eng', 'Engineering'),
    bind('eng'),
    hire('ada'),
    join('ada', 'eng'),
    activate(),
    sync(),
    attempt(manageGroups(true)),
    expects(refused()),
    sync(),
  ],
  expect: [wire.never(requests('* /Groups')), proving('JC-51', account('ada').is('active'))],
} as const satisfies Scenario;
