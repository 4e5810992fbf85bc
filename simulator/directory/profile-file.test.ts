import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { generatePeople } from './generate.ts';
import { completeProfile, defaultProfile } from './profile.ts';
import { readProfile } from './profile-file.ts';
import { profileSchema } from './profile-schema.ts';

const people = (profile: object, count = 60) => {
  const read = readProfile('p.json', JSON.stringify(profile));
  if (read.mistakes) throw new Error(read.mistakes.join('\n'));
  return [...generatePeople({ seed: 5, people: count, profile: read.profile })];
};

describe('generator profile', () => {
  it('has a schema that editors can read', () => {
    const published = readFileSync(new URL('../../schemas/generator-profile.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(published)).to.deep.equal(profileSchema);
  });

  it('is the default where it says nothing, and the default is one', () => {
    expect(readProfile('p.json', '{}')).to.deep.equal({ profile: completeProfile({}) });
    expect(readProfile('p.json', JSON.stringify(defaultProfile)).mistakes).to.equal(undefined);
  });

  const wrong: readonly [text: string, mistake: RegExp][] = [
    ['{"shares":{"namesakes":0.1}}', /^p\.json:1:12: no setting namesakes \(did you mean namesake\?\)/],
    ['{\n "shares": {"sparse": 2}}', /^p\.json:2:23: shares\.sparse must be <= 1/],
    ['{"shares":{"namesake":0.9}}', /shares\.namesake must be <= 0\.4/],
    ['{"locales":{"xx":1}}', /no setting xx/],
    ['{"locales":{"de":0}}', /^p\.json:1:12: people have to come from somewhere/],
    ['{"domain":"not a domain"}', /^p\.json:1:11: domain must match pattern/],
    ['{"departments":[]}', /departments must NOT have fewer than 1 items/],
    ['{"attributes":[{"name":"a","share":1}]}', /attributes\.0 must NOT have fewer than 3 properties/],
    [
      '{"attributes":[{"name":"a","share":1,"pattern":"#"},{"name":"a","share":1,"pattern":"#"}]}',
      /^p\.json:1:61: the name a is there already/,
    ],
    [
      'groups:\n  more:\n    - {name: X, share: 1, departments: [Enginering]}\n',
      /^p\.json:3:41: no department Enginering \(did you mean Engineering\?\)/,
    ],
    ['{', /^p\.json:1:2: /],
  ];
  for (const [text, mistake] of wrong) {
    it(`names place and remedy of what is wrong: ${JSON.stringify(text)}`, () => {
      expect(readProfile('p.json', text).mistakes?.join('\n')).to.match(mistake);
    });
  }

  it('chooses company, domain, countries, departments, groups and attributes', () => {
    const made = people({
      company: 'Tiny',
      domain: 'tiny.test',
      locales: { ja: 1 },
      departments: [
        { name: 'All of us', costCenter: '1', weight: 1, head: 'Boss', lead: 'Lead', titles: ['Maker', 'Seller'] },
      ],
      groups: {
        everyone: '',
        departments: true,
        heads: 'Bosses',
        contractors: '',
        more: [{ name: 'Half', share: 0.5 }],
      },
      attributes: [
        { name: 'badge', share: 1, pattern: 'B-##' },
        { name: 'site', share: 0.5, choices: ['east', 'west'] },
      ],
    });
    const names = new Set(made.flatMap(({ groups }) => groups));
    expect([...names]).to.have.members(['All of us', 'Bosses', 'Half']);
    const inHalf = made.filter(({ groups }) => groups.includes('Half')).length;
    expect(inHalf).to.be.within(28, 32);
    for (const { person } of made) {
      expect(person).to.include({ company: 'Tiny', department: 'All of us' });
      expect(person.email).to.match(/@tiny\.test$/);
      expect(person.firstname).to.match(/[\p{Script=Han}\p{Script=Hiragana}]/u);
    }
    const attributes = made.flatMap(({ person }) => person.attributes);
    expect(attributes.filter(({ name }) => name === 'badge').every(({ value }) => /^B-\d\d$/.test(value))).to.equal(
      true,
    );
    expect(attributes.filter(({ value }) => value === 'east' || value === 'west').length).to.be.within(20, 32);
  });

  it('fills groups from the departments they name, and never leaves a head without a title', () => {
    const made = people({ shares: { sparse: 1 }, groups: { more: [{ name: 'X', share: 1, departments: ['Sales'] }] } });
    expect(made.filter(({ groups }) => groups.includes('X'))).to.deep.equal(
      made.filter(({ person }) => person.department === 'Sales'),
    );
    const heads = made.filter(({ groups }) => groups.includes('Leadership')).map(({ person }) => person.jobTitle);
    expect(heads).to.have.length(10).and.not.include('');
  });

  it('has the shares it says, evenly spread', () => {
    const none = Object.fromEntries(Object.keys(defaultProfile.shares).map(way => [way, 0]));
    const shareOf = (
      way: string,
      share: number,
      is: (made: ReturnType<typeof people>[number]['person']) => boolean,
    ) => {
      const made = people({ shares: { ...none, [way]: share } }, 200);
      for (const from of [0, 100]) {
        const count = made.slice(from, from + 100).filter(({ person }) => is(person)).length;
        expect(count, `${way} of 100`).to.be.within(share * 100 - 6, share * 100 + 4);
      }
    };
    shareOf('oneName', 0.2, ({ lastname }) => lastname === '');
    shareOf('plusAddress', 0.2, ({ email }) => email.includes('+'));
    shareOf('suspended', 0.2, ({ state }) => state === 'SUSPENDED');
    shareOf('staged', 0.2, ({ state }) => state === 'STAGED');
    shareOf('passwordExpired', 0.2, ({ passwordExpired }) => passwordExpired);
    shareOf('longValues', 0.2, ({ description }) => description.length === 1024);
    shareOf('mixedCase', 0.2, ({ username }) => username !== username.toLowerCase());
    shareOf('sparse', 0.2, ({ costCenter }) => costCenter === '');
    shareOf('dotTwin', 0.2, ({ username, lastname }) => lastname !== '' && !username.includes('.'));
  });
});
