import { expect } from 'chai';
import { gadget, group, user } from './type.test.ts';
import { uniqueKeys } from './unique.ts';

describe('unique keys', () => {
  it('fold what compares without case and keep what is exact', () => {
    expect(uniqueKeys(user, { userName: 'Ada', displayName: 'D' })).to.deep.equal([
      { path: 'userName', key: 'ada', scope: 'server' },
    ]);
    expect(uniqueKeys(gadget, { code: 'AbC' })).to.deep.equal([{ path: 'code', key: 'AbC', scope: 'global' }]);
  });

  it('are none where nothing has to be unique or has a value', () => {
    expect(uniqueKeys(group, { displayName: 'G' })).to.deep.equal([]);
    expect(uniqueKeys(user, {})).to.deep.equal([]);
  });
});
