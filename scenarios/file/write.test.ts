import { expect } from 'chai';
import { scenarios } from '../library/index.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, fault, hire, onAccount, sync, wait } from '../step.ts';
import { logs, proving, requests, wire } from '../expectation.ts';
import { readScenario } from './read.ts';
import { writeScenario } from './write.ts';

const odd: Scenario = {
  id: 'odd-words',
  title: 'Words that mean something in YAML: yes, no, {}, # and "quotes"',
  proves: ['JC-12b', 'JC-53b'],
  people: 0,
  idp: ['jumpcloud', 'okta-oin'],
  because: 'rules-of-its-own',
  atOnce: true,
  steps: [
    hire('ada', { lastname: 'no', jobTitle: '主任: "x" # y', department: '1e3', firstname: ' Ada  Byron ' }),
    fault('cut', 'POST /Users', 2),
    attempt(sync()),
    attempt(onAccount('accept', 'ada', { person: '{ada.email}', deep: { list: ['- a', null, true] } })),
    wait('90 seconds'),
  ],
  expect: [
    proving('JC-53b', logs('user_create_provision', { about: 'ada', success: false, times: 0 })),
    wire.sends(requests('GET /Users?filter=userName eq "{ada.email}"')),
  ],
};

describe('writing a story', () => {
  for (const scenario of [...scenarios, odd]) {
    it(`gives a file that is read as the same story: ${scenario.id}`, () => {
      expect(readScenario('story.yaml', writeScenario(scenario))).to.deep.equal(JSON.parse(JSON.stringify(scenario)));
    });
  }

  it('writes a step a line', () => {
    const text = writeScenario(odd);
    expect(text.split('\n')).to.include('  - wait: 90 seconds');
  });
});
