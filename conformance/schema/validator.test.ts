import { expect } from 'chai';
import { validatorOf } from './validator.ts';

describe('a validator', () => {
  it('is compiled once for equal schemas', () => {
    const schema = () => ({ properties: { a: { type: 'string' } } });
    expect(validatorOf(schema())).to.equal(validatorOf(schema()));
    expect(validatorOf(schema())).not.to.equal(validatorOf({ properties: { b: { type: 'string' } } }));
  });

  it('gives every misfit with its path, without positions in arrays', () => {
    const validate = validatorOf({
      properties: { 'a/b': { items: { properties: { c: { type: 'boolean' } }, required: ['d'] } } },
      additionalProperties: false,
    });
    expect(validate({ 'a/b': [{ c: 1, d: 1 }, { c: true }], e: 1 })).to.have.deep.members([
      { keyword: 'type', path: ['a/b', 'c'], wanted: 'boolean', came: 1 },
      { keyword: 'required', path: ['a/b', 'd'], wanted: '', came: undefined },
      { keyword: 'additionalProperties', path: ['e'], wanted: '', came: undefined },
    ]);
  });
});
