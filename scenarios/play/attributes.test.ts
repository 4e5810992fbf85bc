import { expect } from 'chai';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import { differences, valuesAt } from './attributes.ts';

const user = {
  userName: 'ada',
  title: null,
  active: false,
  name: { givenName: 'Ada' },
  emails: [{ value: 'a@x.example' }, { value: 'b@x.example' }],
  [ENTERPRISE_USER]: { department: 'R&D', manager: { value: '7' } },
};

describe('values at a path', () => {
  const cases: readonly [string, readonly unknown[]][] = [
    ['userName', ['ada']],
    ['username', ['ada']],
    ['active', [false]],
    ['title', []],
    ['nickName', []],
    ['name.givenName', ['Ada']],
    ['name.givenName.further', []],
    ['emails.value', ['a@x.example', 'b@x.example']],
    [`${ENTERPRISE_USER}:department`, ['R&D']],
    [`${ENTERPRISE_USER}:manager.value`, ['7']],
    [`${USER}:userName`, ['ada']],
    ['department', []],
  ];
  for (const [path, values] of cases) {
    it(`are ${JSON.stringify(values)} for ${path}`, () => expect(valuesAt(user, path)).to.deep.equal(values));
  }
});

describe('differences', () => {
  it('are named with what is there', () => {
    const wanted = {
      userName: 'Ada',
      'emails.value': 'b@x.example',
      active: false,
      title: null,
      nickName: 'A',
      name: null,
    };
    expect(differences(user, wanted)).to.deep.equal([
      'userName is "ada"',
      'nickName is absent',
      'name is {"givenName":"Ada"}',
    ]);
  });
});
