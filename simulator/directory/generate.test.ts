import { expect } from 'chai';
import { createDirectory } from './directory.ts';
import { generateOrganisation } from './generate.ts';

const options = { seed: 11, people: 400, now: Date.UTC(2026, 2, 1) };

describe('generated organisation', () => {
  const { people, groups } = generateOrganisation(options);
  const byId = new Map(people.map(person => [person.id, person]));

  it('is the same for the same options, and another for another seed', () => {
    generateOrganisation({ seed: 99, people: 3 });
    expect(generateOrganisation(options)).to.deep.equal({ people, groups });
    const other = generateOrganisation({ ...options, seed: 12 }).people;
    expect(other.map(({ email }) => email)).not.to.deep.equal(people.map(({ email }) => email));
    expect(other[0]?.id).not.to.equal(people[0]?.id);
  });

  it('has the size asked for, none and one included', () => {
    expect(people).to.have.length(400);
    expect(generateOrganisation({ seed: 1, people: 0 })).to.deep.equal({ people: [], groups: [] });
    expect(generateOrganisation({ seed: 1, people: 1 }).people).to.have.length(1);
  });

  for (const [what, wrong] of [
    ['people', { seed: 1, people: -1 }],
    ['people', { seed: 1, people: 1.5 }],
    ['people', { seed: 1, people: 100_001 }],
    ['seed', { seed: 0.5, people: 1 }],
  ] as const) {
    it(`refuses ${JSON.stringify(wrong)} by naming ${what}`, () => {
      expect(() => generateOrganisation(wrong)).to.throw(RangeError, what);
    });
  }

  it('fits into a directory: ids, user names, addresses and employee identifiers are unique', () => {
    const directory = createDirectory({
      newId: () => '',
      applicationName: 'App',
      manageGroups: false,
      onChange: () => undefined,
    });
    for (const person of people) directory.load(person);
    expect(directory.people()).to.have.length(400);
    expect(byId.size).to.equal(400);
    for (const { id } of people) expect(id).to.match(/^[0-9a-f]{24}$/);
  });

  it('keeps every address in its domain, in ASCII, and going with the name', () => {
    for (const { email, username } of people) {
      expect(email).to.match(/^[a-z0-9-]+(\.[a-z0-9-]+)?\d*(\+scim)?@orbital\.example$/);
      expect(email.replace('+scim', '')).to.equal(`${username}@orbital.example`);
    }
    const plain = people.filter(
      ({ firstname, lastname }) => /^[A-Za-z]+$/.test(firstname) && /^[A-Za-z]+$/.test(lastname),
    );
    expect(plain).not.to.be.empty;
    for (const { firstname, lastname, username } of plain) {
      expect(username.replace(/\d+$/, '')).to.equal(`${firstname}.${lastname}`.toLowerCase());
    }
    const elsewhere = generateOrganisation({ seed: 1, people: 5, domain: 'run.test' });
    for (const { email } of elsewhere.people) expect(email).to.match(/@run\.test$/);
  });

  it('gives everyone but the leader a manager, and the way up ends at the leader', () => {
    const [leader] = people;
    expect(leader?.manager).to.equal('');
    for (const person of people) {
      let steps = 0;
      let at = person;
      while (at.manager !== '') {
        at = byId.get(at.manager)!;
        expect((steps += 1)).to.be.lessThan(10);
      }
      expect(at).to.equal(leader);
    }
  });

  it('gives each department one head, its cost centre, and titles of its own', () => {
    const titles = new Map<string, Set<string>>();
    for (const { department, jobTitle, costCenter } of people.filter(person => person.costCenter !== '')) {
      expect(costCenter).to.match(/^CC-\d{4}$/);
      titles.set(department, (titles.get(department) ?? new Set()).add(`${costCenter} ${jobTitle}`));
    }
    expect(titles.size).to.equal(10);
    for (const [department, own] of titles) {
      const costCenters = new Set([...own].map(title => title.slice(0, 7)));
      expect(costCenters.size, department).to.equal(1);
    }
    const heads = groups.find(({ name }) => name === 'Leadership')?.members ?? [];
    expect(heads.map(id => byId.get(id)?.department)).to.have.members([...titles.keys()]);
  });

  const kinds: readonly { what: string; least: number; is: (person: (typeof people)[number]) => boolean }[] = [
    { what: 'names with letters beyond ASCII', least: 80, is: p => /[^\x20-\x7e]/.test(p.firstname + p.lastname) },
    { what: 'Cyrillic names', least: 5, is: p => /\p{Script=Cyrillic}/u.test(p.lastname) },
    { what: 'Japanese names', least: 5, is: p => /\p{Script=Han}/u.test(p.lastname) },
    { what: 'one-word names', least: 20, is: p => p.lastname === '' },
    { what: 'long names', least: 10, is: p => (p.firstname + p.lastname).length > 45 },
    { what: 'plus-addresses', least: 20, is: p => p.email.includes('+') },
    {
      what: 'records without optional fields',
      least: 25,
      is: p => p.jobTitle === '' && p.location === '' && p.addresses.length === 0 && p.phoneNumbers.length === 0,
    },
    { what: 'several addresses', least: 50, is: p => p.addresses.length === 2 },
    { what: 'addresses without one for work', least: 50, is: p => p.addresses.every(({ type }) => type === 'home') },
    { what: 'namesakes', least: 10, is: p => /\d$/.test(p.username) },
  ];
  for (const { what, least, is } of kinds) {
    it(`has ${what}, and not only those`, () => {
      const count = people.filter(is).length;
      expect(count)
        .to.be.at.least(least)
        .and.below(people.length - 100);
    });
  }

  it('holds no control characters, no unread digits of a pattern, and no dates after its making', () => {
    const text = JSON.stringify(people);
    expect(text).not.to.match(/\\u00[01]|\\[nrtbf]/);
    for (const { phoneNumbers, attributes } of people) {
      for (const { number } of phoneNumbers) expect(number).to.match(/^\+[\d -]{9,17}$/);
      for (const { value } of attributes) expect(Date.parse(value)).to.be.below(options.now);
    }
  });

  it('has all staff, a group for each department, and some that cross', () => {
    const sizes = new Map(groups.map(({ name, members }) => [name, members.length]));
    expect(sizes.get('All Staff')).to.equal(400);
    expect([...sizes.keys()]).to.include.members(['Engineering', 'On-Call', 'Leadership', 'Contractors']);
    for (const { name, members } of groups) {
      expect(members, name).not.to.be.empty;
      for (const id of members) expect(byId.has(id)).to.equal(true);
    }
    const departments = new Set(people.map(({ department }) => department));
    for (const department of departments) {
      const members = people.filter(person => person.department === department).map(({ id }) => id);
      expect(groups.find(({ name }) => name === department)?.members).to.deep.equal(members);
    }
    for (const { name } of generateOrganisation({ seed: 1, people: 9, groupSuffix: 'x1' }).groups) {
      expect(name).to.match(/ x1$/);
    }
  });
});
