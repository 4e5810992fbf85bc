import { expect } from 'chai';
import { createDirectory } from './directory.ts';
import fc from 'fast-check';
import { generateOrganisation, generatePeople } from './generate.ts';
import { completeProfile } from './profile.ts';

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
      expect(username.replace(/[.\d]/g, '')).to.equal(`${firstname}${lastname}`.toLowerCase());
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

  it('mixes countries in each large department', () => {
    for (const name of ['Engineering', 'Sales']) {
      const own = people.filter(({ department }) => department === name);
      expect(new Set(own.map(({ location }) => location)).size, name).to.be.above(8);
    }
  });

  it('comes one by one as it comes whole', () => {
    const placed = [...generatePeople(options)];
    expect(placed.map(({ person }) => person)).to.deep.equal(people);
    for (const { name, members } of groups) {
      const inGroup = placed.filter(({ groups }) => groups.includes(name)).map(({ person }) => person.id);
      expect(members).to.deep.equal(inGroup);
    }
  });

  it('keeps everybody as they are however many come after them, and whoever else is made meanwhile', () => {
    const profile = completeProfile({});
    const few = [...generatePeople({ seed: 3, people: 37, profile })];
    const many = generatePeople({ seed: 3, people: 100_000, profile });
    const others = generatePeople({ seed: 4, people: 37, profile });
    for (const placed of few) {
      others.next();
      expect(many.next().value).to.deep.equal(placed);
    }
  });

  it('has people apart and managers without a circle for any seed and mix', () => {
    const share = fc.constantFrom(0, 0.1, 0.4);
    const shares = fc.record({ namesake: share, dotTwin: share, oneName: share, longValues: share, mixedCase: share });
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 150 }), shares, (seed, size, mix) => {
        const profile = completeProfile({ locales: { ja: 1, vi: 1 }, shares: mix });
        const seen = new Set<string>();
        const depth = new Map<string, number>();
        for (const { person } of generatePeople({ seed, people: size, profile })) {
          for (const value of [person.id, `u ${person.username.toLowerCase()}`, `e ${person.email.toLowerCase()}`]) {
            expect(seen.has(value), value).to.equal(false);
            seen.add(value);
          }
          // Managers come first, so nobody can be above themselves.
          const above = person.manager === '' ? 0 : depth.get(person.manager);
          expect(above).to.be.a('number');
          expect(person.manager === '').to.equal(depth.size === 0);
          depth.set(person.id, (above ?? 0) + 1);
        }
        expect(Math.max(0, ...depth.values())).to.be.at.most(6);
      }),
      { numRuns: 40 },
    );
  });

  it('has twins whose addresses differ by a dot, and namesakes', () => {
    const profile = completeProfile({ locales: { en: 1 }, shares: { dotTwin: 0.2, oneName: 0, longValues: 0 } });
    const made = [...generatePeople({ seed: 8, people: 200, profile })].map(({ person }) => person);
    const parts = new Map(made.map(person => [person.username.toLowerCase(), person]));
    const twins = made.flatMap(person => {
      const twin = parts.get(person.username.toLowerCase().replace('.', ''));
      return twin && twin !== person ? [[person, twin] as const] : [];
    });
    expect(twins).to.have.length.above(15);
    for (const [one, other] of twins) {
      expect([one.firstname, one.lastname]).to.deep.equal([other.firstname, other.lastname]);
      expect(one.employeeIdentifier).not.to.equal(other.employeeIdentifier);
    }
  });

  it('leaves nobody out of work unless a profile says so', () => {
    expect(people.every(({ state, passwordExpired }) => state === 'ACTIVATED' && !passwordExpired)).to.equal(true);
    const usual = [...generatePeople({ ...options, profile: completeProfile({}) })].map(({ person }) => person);
    expect(new Set(usual.map(({ state }) => state))).to.have.property('size', 3);
    expect(usual.some(({ passwordExpired }) => passwordExpired)).to.equal(true);
  });
});
