import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { GROUP, USER } from '../../scim/message/urn.ts';
import { enterpriseUserSchema, groupSchema, userSchema, type Attribute, type Schema } from '../../scim/schema/index.ts';
import { catalogues, generate, generateAll } from './generate.ts';
import { isRequirement, levelOf, requirements, rules, sentenceOf } from './index.ts';

describe('the catalogue', () => {
  for (const { path, text } of generateAll()) {
    it(`${path.split('/').at(-1)} is what npm run generate makes of its source`, () => {
      expect(readFileSync(path, 'utf8') === text, 'stale: run npm run generate').to.equal(true);
    });
  }

  it('holds every row', () => {
    expect(Object.keys(requirements)).to.have.length(973);
    expect(Object.keys(rules)).to.have.length(317);
  });

  it('keeps rows under their own id, with the words its columns allow', () => {
    const stances = ['as-level', 'warning', 'observation', 'client', 'profile', 'not-judged', 'out-of-scope'];
    for (const [id, row] of Object.entries(requirements)) {
      expect(row.id).to.equal(id);
      expect(row.stance, id).to.be.oneOf(stances);
      expect(row.subject, id).to.be.oneOf(['server', 'client', 'both', 'schema']);
    }
    for (const [id, { mark }] of Object.entries(rules))
      expect(mark, id).to.be.oneOf(['documented', 'observed', 'inferred']);
  });

  it('tells rows of the documents from rules, with their strength and sentence', () => {
    expect(isRequirement('RFC7644-3.3-04')).to.equal(true);
    expect(isRequirement('JC-14')).to.equal(false);
    expect(levelOf('RFC7644-3.3-04')).to.equal('SHALL');
    expect(levelOf('JC-14')).to.equal('documented');
    expect(sentenceOf('RFC7644-3.3-04')).to.equal('A successful create answers 201.');
    expect(sentenceOf('JC-14')).to.include('a user is created at the SP');
  });

  const [catalogue] = catalogues;
  const broken = [
    ['a row with a field too few', 'id\tlevel\nA\n', 'scim-requirements.tsv:2: 1 fields where the header has 2'],
    ['an id that occurs twice', 'id\tlevel\nA\tMUST\nA\tMAY\n', 'scim-requirements.tsv:3: the id A occurs twice'],
  ] as const;
  for (const [what, tsv, message] of broken) {
    it(`refuses ${what}`, () => {
      expect(() => generate(catalogue ?? { file: '', idType: '', rowType: '', table: '' }, tsv)).to.throw(message);
    });
  }
});

/** Where the tables leave the figure of RFC 7643 section 8.7.1, and why. */
const departures: Readonly<Record<string, string>> = {
  'Group displayName required': 'section 4.2 and erratum 5368 call it REQUIRED',
};
const additions: Readonly<Record<string, string>> = {
  'User addresses.primary': 'section 2.4 makes it a default sub-attribute, and the figures of section 8.2 use it',
  'Group members.display': 'the figures of section 8.4 show it',
};

type Printed = Readonly<Record<string, string>>;

/** `User attribute userName: type=string, multiValued=false, …`, as the rows of section 8.7.1 say it. */
const ROW = /^(User|Group|EnterpriseUser) (?:sub-)?attribute ([\w.$]+): (.*)\.$/;

const printedIn = (): Map<string, Printed> =>
  new Map(
    Object.values(requirements)
      .filter(({ id, level }) => id.startsWith('RFC7643-8.7.1-') && level === 'SCHEMA')
      .map(({ id, requirement }) => {
        const [, schema, name, characteristics] = ROW.exec(requirement) ?? [];
        if (characteristics === undefined) throw new Error(`${id} cannot be read: ${requirement}`);
        const pairs = characteristics.split(', ').map(pair => pair.split('=') as [string, string]);
        return [`${schema} ${name}`, Object.fromEntries(pairs)];
      }),
  );

function written(label: string, attributes: readonly Attribute[], prefix = ''): [string, Attribute][] {
  return attributes.flatMap(attribute => {
    const name = `${prefix}${attribute.name}`;
    return [[`${label} ${name}`, attribute] as [string, Attribute]].concat(
      written(label, attribute.subAttributes ?? [], `${name}.`),
    );
  });
}

describe('the attribute tables', () => {
  const printed = printedIn();
  const labelled: readonly [string, Schema][] = [
    ['User', userSchema],
    ['Group', groupSchema],
    ['EnterpriseUser', enterpriseUserSchema],
  ];
  const tables = new Map(labelled.flatMap(([label, { attributes }]) => written(label, attributes)));

  it('name what the rows of RFC 7643 section 8.7.1 name, and what an addition gives a reason for', () => {
    expect(printed.size).to.be.above(70);
    const known = [...tables.keys()].filter(name => !(name in additions));
    expect(known.sort()).to.deep.equal([...printed.keys()].sort());
    for (const name of Object.keys(additions)) expect(tables.has(name), name).to.equal(true);
  });

  it('give every characteristic the value that the figure prints, departures aside', () => {
    const found: string[] = [];
    for (const [name, row] of printed) {
      const attribute = tables.get(name) as unknown as Readonly<Record<string, unknown>> | undefined;
      for (const [characteristic, value] of Object.entries(row)) {
        const own = attribute?.[characteristic];
        if ((Array.isArray(own) ? own.join('|') : String(own)) !== value) found.push(`${name} ${characteristic}`);
      }
    }
    expect(found).to.deep.equal(Object.keys(departures));
  });

  it('print lists of values only where the figure does', () => {
    for (const [name, attribute] of tables) {
      if (name in additions) continue;
      expect(attribute.canonicalValues !== undefined, name).to.equal(
        printed.get(name)?.['canonicalValues'] !== undefined,
      );
      expect(attribute.referenceTypes !== undefined, name).to.equal(
        printed.get(name)?.['referenceTypes'] !== undefined,
      );
    }
  });

  it('carry the URNs of the documents', () => {
    expect([userSchema.id, groupSchema.id]).to.deep.equal([USER, GROUP]);
  });
});
