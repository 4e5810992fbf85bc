import { expect } from 'chai';
import { checks } from '../checks/index.ts';
import { isProbe } from './check.ts';
import { reporters } from './reporters.ts';

const idsIn = (value: object | string): readonly string[] =>
  typeof value === 'string' ? [value] : Object.values(value).flatMap((inner: object | string) => idsIn(inner));

describe('reporters', () => {
  it('are checks of a server', () => {
    const judges = new Set(checks.filter(check => isProbe(check) || check.judges === 'server').map(({ id }) => id));
    expect(idsIn(reporters).filter(id => !judges.has(id))).to.deep.equal([]);
  });

  it('of what a type demands look for demands', () => {
    const seekers = checks.filter(({ seeks }) => seeks === 'demands').map(({ id }) => id);
    expect(seekers).to.include.members(Object.values(reporters.demand));
  });
});
