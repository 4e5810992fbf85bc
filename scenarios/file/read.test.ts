import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { creates, logs, proving, wire, account, group, mails, refused, requests } from '../expectation.ts';
import * as steps from '../step.ts';
import { readScenario, ScenarioFileError } from './read.ts';
import { scenarioSchema } from './shape.ts';

const HEAD = 'id: story\ntitle: A story\nproves: [JC-22]\n';
/** A story with these steps and one expectation. */
const story = (...lines: readonly string[]): string =>
  `${HEAD}steps:\n${['hire: ada', 'create-group: eng', ...lines].map(line => `  - ${line}\n`).join('')}expect:\n  - {account: ada, is: active}\n`;
/** A story with this expectation. */
const expecting = (line: string, ...before: readonly string[]): string =>
  `${HEAD}steps:\n${['hire: ada', 'create-group: eng', ...before].map(each => `  - ${each}\n`).join('')}expect:\n  - ${line}\n`;

const mistakes: readonly [what: string, text: string, place: string, words: RegExp][] = [
  ['no YAML', 'id: [story\ntitle: x\n', '2:', /./],
  ['nothing in it', '', '1:1', /the file needs id/],
  ['no steps', HEAD, '1:1', /the file needs steps/],
  ['an empty list of steps', `${HEAD}steps: []\n`, '4:8', /steps must NOT have fewer than 1 items/],
  ['a key that is none', `${HEAD}stesp: []\nsteps: [sync]\n`, '4:1', /no key stesp \(did you mean steps\?\)/],
  ['an id that is none', story().replace('id: story', 'id: My story'), '1:5', /an id is made of/],
  ['a rule that is none', story().replace('JC-22', 'JC-2222'), '3:10', /there is no rule JC-2222 \(did you mean/],
  ['no rule', story().replace('[JC-22]', '[]'), '3:9', /proves must NOT have fewer than 1 items/],
  ['nothing expected', `${HEAD}steps:\n  - hire: ada\n`, '5:3', /expects something/],
  ['a negative crowd', `people: -1\n${story()}`, '1:9', /people must be >= 0/],
  ['a word that is no step', story('snyc'), '7:5', /must be one of sync.*did you mean sync/],
  ['a verb that is none', story('hrie: ben'), '7:5', /no key hrie \(did you mean hire\?\)/],
  ['a step without verb', story('{groups: [eng]}'), '7:5', /a step says what it is about/],
  ['two verbs in a step', story('{suspend: ada, dismiss: ada}'), '7:2', /suspend and dismiss are two things/],
  ['what does not go with a verb', story('{suspend: ada, groups: [eng]}'), '7:2', /suspend does not go with groups/],
  ['a join without groups', story('join: ada'), '7:5', /join needs groups/],
  ['a join of no groups', story('{join: ada, groups: []}'), '7:5', /name at least one group/],
  ['a person nobody hired', story('suspend: aad'), '7:14', /there is no person "aad".*did you mean "ada"/],
  ['a group nobody created', story('bind: egn'), '7:11', /there is no group "egn".*did you mean "eng"/],
  ['a person used before being hired', story('suspend: ben', 'hire: ben'), '7:14', /no person "ben" up to here/],
  ['two people of one name', story('hire: ada'), '7:11', /"ada" is in use already/],
  ['a group where a person belongs', story('suspend: eng'), '7:14', /"eng" is a group/],
  ['somebody who was dismissed', story('dismiss: ada', 'suspend: ada'), '8:14', /was deleted by an earlier step/],
  ['a name of blanks', story('hire: "ada b"'), '7:', /no name for a story/],
  ['the name of the crowd', story('hire: crowd'), '7:11', /stands for the crowd/],
  ['a crowd that was not asked for', story('{join: crowd, groups: [eng]}'), '7:12', /no person "crowd"/],
  [
    'a field that is none',
    story('{change: ada, with: {lastnam: King}}'),
    '7:',
    /no field lastnam \(did you mean lastname/,
  ],
  ['a change of nothing', story('{change: ada, with: {}}'), '7:5', /say what is changed/],
  ['a request without a method', story('ask: /Users'), '7:', /no beginning of a request/],
  ['a request about nobody', story('ask: "GET /Users/{aad}"'), '7:', /no person "aad"/],
  ['a form with what it does not have', story('configure: {baseURL: x}'), '7:', /baseURL/],
  ['an answer to nothing', expecting('{answer: {status: 200}}'), '8:', /no step before this answers anything/],
  ['an identity provider that is none', `idp: [jumcloud]\n${story()}`, '1:7', /did you mean jumpcloud/],
  ['a reason that is none', `because: maybe\n${story()}`, '1:10', /must be one of rules-of-its-own/],
  ['an address that somebody has', story('{hire: ben, with: {email: ada}}'), '7:5', /somebody else has the e-mail/],
  [
    'a group joined twice',
    story('{join: ada, groups: [eng]}', '{join: ada, groups: [eng]}'),
    '8:5',
    /is in "Eng" already/,
  ],
  ['a name that another group has', story('create-group: ops', '{rename-group: ops, name: Eng}'), '8:5', /already/],
  ['nothing that an account has', expecting('{account: ada, has: {}}'), '8:25', /has must NOT have fewer than 1/],
  ['a tab', `${HEAD}steps:\n\t- hire: ada\n`, '5:1', /Tabs are not allowed/],
  ['two stories in one file', `${story()}---\n${story()}`, '9:1', /multiple documents/],
  ['a key given twice', `id: story\n${story()}`, '2:1', /must be unique/],
  ['a list in place of a story', '- hire: ada\n', '1:1', /must be object/],
  ['bytes that are no text', '\u0000\u0001', '1:1', /must be object/],
  ['nothing where a step belongs', story(''), '7:5', /must be object/],
  ['a profile that is none', `account: [hsted]\n${story()}`, '1:', /must be one of self-hosted, hosted/],
  ['a connector that is none', `connector: custm\n${story()}`, '1:', /must be one of .*custom/],
  ['no duration', story('wait: 2 moons'), '7:11', /"2 moons" is no duration; write 90 seconds/],
  ['a duration without unit', story('wait: "2"'), '7:1', /no duration/],
  ['no trouble', story('fault: throtled'), '7:12', /must be one of throttled.*did you mean throttled/],
  ['trouble on no request', story('{fault: throttled, on: users}'), '7:', /no beginning of a request/],
  ['an act that is none', story('account: acept'), '7:14', /there is no act acept \(did you mean accept/],
  ['a mapping to nothing', story('map: title'), '7:5', /map says what title is mapped to/],
  ['a mapping to a field that is none', story('{map: title, field: jobtitel}'), '7:5', /no field jobtitel/],
  ['an expression that is none', story('{map: title, expression: "1 +"}'), '7:5', /title: /],
  ['a flag that is none', story('manage-groups: maybe'), '7:20', /must be boolean/],
  ['an import that is none', story('import: all'), '7:13', /must be one of link, create/],
  [
    'an account in no state',
    expecting('{account: ada, is: activ}'),
    '8:',
    /an account is active, inactive, absent \(did you mean active/,
  ],
  [
    'an account in the state of a group',
    expecting('{account: ada, is: present}'),
    '8:24',
    /an account is active, inactive, absent/,
  ],
  [
    'a group in the state of an account',
    expecting('{group: eng, is: active}'),
    '8:22',
    /a group is present, absent or named/,
  ],
  ['nothing about an account', expecting('{account: ada}'), '8:5', /says one of is, has, mirrors, state/],
  ['an expectation on somebody unknown', expecting('{account: adda, is: active}'), '8:15', /did you mean "ada"/],
  ['an alias in a request line', expecting('never: {request: "PUT /Users/{ben}"}'), '8:', /no person "ben"/],
  ['a request line that is none', expecting('never: {request: Users}'), '8:', /no beginning of a request/],
  [
    'an event that is none',
    expecting('logs: user_created'),
    '8:11',
    /must be one of user_create_provision.*did you mean/,
  ],
  [
    'a rule that is not proved',
    expecting('{rule: JC-23, account: ada, is: active}'),
    '8:12',
    /which "proves" does not list/,
  ],
  ['a refusal without attempt', expecting('refused: true'), '8:5', /no step before this is an attempt/],
  ['an answer of nothing', expecting('answer: {matched: 1}'), '8:5', /no step before this answers anything/],
  [
    'a mirror of no field',
    expecting('{account: ada, mirrors: {title: jobTitel}}'),
    '8:',
    /no field jobTitel \(did you mean jobTitle/,
  ],
  ['one request in order', expecting('in-order: [{creates: ada}]'), '8:', /must NOT have fewer than 2 items/],
  ['a member of nothing', expecting('member: ada'), '8:5', /member needs of/],
];

describe('a scenario file with a mistake', () => {
  it('is refused for thirty kinds of mistakes and more', () => {
    expect(new Set(mistakes.map(([what]) => what)).size).to.be.at.least(30);
  });

  for (const [what, text, place, words] of mistakes) {
    it(`is refused, with the place, for ${what}`, () => {
      let message = '';
      try {
        readScenario('story.yaml', text);
      } catch (error) {
        expect(error).to.be.instanceOf(ScenarioFileError).with.property('code', 'scenario');
        message = (error as Error).message;
      }
      expect(message).to.match(words);
      expect(message).to.include(`story.yaml:${place}`);
      expect(message, 'an excerpt').to.match(/\n +\d+ \| /);
    });
  }

  it('says each of several mistakes', () => {
    const text = story('suspend: bne', 'bind: egn');
    expect(() => readScenario('story.yaml', text)).to.throw(/story\.yaml:7:14[^]*story\.yaml:8:11/);
  });
});

describe('a scenario file', () => {
  it('reads as the same story in TypeScript', () => {
    const text = `
id: whole
title: Everything once
proves: [JC-22, OP-13b]
people: 3
idp: [jumpcloud]
steps:
  - {manage-groups: true}
  - {create-group: eng, name: Engineering}
  - {hire: ada, with: {lastname: King}}
  - {join: ada, groups: [eng]}
  - bind: eng
  - activate
  - sync
  - {fault: throttled, on: POST /Users, times: 2}
  - {account: accept, of: ada}
  - wait: 2 days
  - {map: title, constant: Dr}
  - {unmap: title, attempt: true}
  - watch
  - expect:
      - {account: ada, is: [inactive, absent]}
      - {refused: true}
expect:
  - {rule: JC-22, sends: {creates: ada, mirrors: {userName: email}}, times: 1}
  - {never: {request: "* /Groups"}}
  - {member: ada, of: eng}
  - {logs: user_deprovision, about: ada, success: true}
  - {rule: OP-13b, mail: invitation, to: ada, times: 1}
`;
    expect(readScenario('whole.yaml', text)).to.deep.equal({
      id: 'whole',
      title: 'Everything once',
      proves: ['JC-22', 'OP-13b'],
      people: 3,
      idp: ['jumpcloud'],
      steps: [
        steps.manageGroups(true),
        steps.createGroup('eng', 'Engineering'),
        steps.hire('ada', { lastname: 'King' }),
        steps.join('ada', 'eng'),
        steps.bind('eng'),
        steps.activate(),
        steps.sync(),
        steps.fault('throttled', 'POST /Users', 2),
        steps.onAccount('accept', 'ada'),
        steps.wait('2 days'),
        steps.map({ target: 'title', kind: 'constant', value: 'Dr' }),
        steps.attempt(steps.unmap('title')),
        steps.watch(),
        steps.expects(account('ada').is('inactive', 'absent'), refused()),
      ],
      expect: [
        proving('JC-22', wire.count(creates('ada', { userName: 'email' }), 1)),
        wire.never(requests('* /Groups')),
        group('eng').has('ada'),
        logs('user_deprovision', { about: 'ada', success: true }),
        proving('OP-13b', mails('invitation', 'ada', 1)),
      ],
    });
  });

  it('has the published schema', () => {
    const published = new URL('../../schemas/scenario.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(published, 'utf8'))).to.deep.equal(JSON.parse(JSON.stringify(scenarioSchema)));
  });
});
