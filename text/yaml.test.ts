import { expect } from 'chai';
import { excerpt, positionOf } from './excerpt.ts';
import { suggest } from './suggest.ts';
import { readYaml } from './yaml.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: { type: 'string' }, mode: { enum: ['fast', 'slow'] }, list: { type: 'array', maxItems: 2 } },
};

/** Each file, and what the message has to say. */
const wrong: readonly (readonly [string, RegExp])[] = [
  [
    'nme: a\n',
    /^f\.yaml:1:1: no setting nme \(did you mean name\?\); there are name, mode, list\n {2}1 \| nme: a\n {4}\| \^\^\^$/m,
  ],
  ['mode: slow\n', /^f\.yaml:1:1: the file needs name/],
  [
    'name: a\nmode: fsat\n',
    /^f\.yaml:2:7: mode must be one of fast, slow \(did you mean fast\?\)\n {2}2 \| mode: fsat\n {4}\| {7}\^\^\^\^/,
  ],
  ['name: 3\n', /^f\.yaml:1:7: name must be string/],
  ['name: [\n', /^f\.yaml:2:1: /],
  ['name: a\nname: b\n', /^f\.yaml:2:1: .*unique/i],
  ['name: a\nlist: [1, 2, 3]\n', /^f\.yaml:2:7: list must NOT have more than 2 items/],
  ['', /^f\.yaml:1:1: the file needs name/],
  ['x: &x [1]\nlist: [*x,*x,*x,*x,*x,*x,*x,*x,*x,*x,*x,*x]\n', /alias/i],
];

describe('a YAML file', () => {
  it('gives its content, and where a value stands', () => {
    const read = readYaml<{ name: string }>('f.yaml', 'mode: fast\nname: Ada\n', schema);
    if (read.mistakes) throw new Error(read.mistakes[0]?.message);
    expect(read.content.name).to.equal('Ada');
    expect(positionOf('mode: fast\nname: Ada\n', read.at(['name']))).to.deep.equal({ line: 2, column: 7 });
  });

  for (const [text, message] of wrong) {
    it(`is refused with place and advice: ${JSON.stringify(text)}`, () => {
      const { mistakes } = readYaml('f.yaml', text, schema);
      expect(mistakes?.map(({ message }) => message).join('\n')).to.match(message);
    });
  }
});

describe('an excerpt', () => {
  it('underlines no further than the line goes', () => {
    expect(excerpt('ab\ncd\nef', 3, 10)).to.equal('  2 | cd\n    | ^^');
  });

  it('shows the part of a long line that matters', () => {
    const [line = '', carets = ''] = excerpt(`${'x'.repeat(500)}!${'y'.repeat(500)}`, 500).split('\n');
    expect(line.length).to.be.at.most(110);
    expect(line[carets.indexOf('^')]).to.equal('!');
  });

  it('points behind the end', () => {
    expect(excerpt('ab', 2)).to.equal('  1 | ab\n    |   ^');
  });
});

describe('a suggestion', () => {
  it('is made for a slip, and not for another word', () => {
    expect(suggest('usernmae', ['userName', 'emails'])).to.equal(' (did you mean userName?)');
    expect(suggest('colour', ['userName', 'emails'])).to.equal('');
    expect(suggest('x', [])).to.equal('');
  });
});
