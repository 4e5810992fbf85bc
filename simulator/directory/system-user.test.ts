import { expect } from 'chai';
import type { Person } from './model.ts';
import { readSystemUser, systemUserFields, toSystemUser } from './system-user.ts';
import { completePerson } from './validate.ts';

const ada: Person = completePerson('65a0f2c4aa11bb22cc33dd44', {
  email: 'ada@orbital.example',
  firstname: 'Ada',
  lastname: 'Lovelace',
  passwordExpired: true,
  mfaConfigured: true,
  externalDn: 'cn=ada',
  phoneNumbers: [{ type: 'work', number: '1' }],
});

describe('system user of API v1', () => {
  it('has the names of the published description (jumpcloud.md 3.2)', () => {
    expect(toSystemUser(ada)).to.deep.include({
      _id: ada.id,
      username: 'ada',
      password_expired: true,
      external_dn: 'cn=ada',
      activated: true,
      suspended: false,
      totp_enabled: true,
      mfa: { configured: true, exclusion: false },
      phoneNumbers: [{ type: 'work', number: '1' }],
    });
    expect(Object.keys(systemUserFields).filter(name => /[a-z][A-Z]/.test(name))).to.have.members([
      'alternateEmail',
      'recoveryEmail',
      'costCenter',
      'employeeIdentifier',
      'employeeType',
      'jobTitle',
      'managedAppleId',
      'phoneNumbers',
      'creationSource',
    ]);
  });

  const states: readonly [state: Person['state'], activated: boolean, suspended: boolean][] = [
    ['STAGED', false, false],
    ['ACTIVATED', true, false],
    ['SUSPENDED', true, true],
  ];
  for (const [state, activated, suspended] of states) {
    it(`shows ${state} in its two older members too`, () => {
      expect(toSystemUser({ ...ada, state })).to.include({ state, activated, suspended });
    });
  }

  it('gives back the person it was shown for', () => {
    const { values, problems, unknown, id } = readSystemUser(toSystemUser(ada));
    expect({ id, ...values }).to.deep.equal({ ...ada });
    expect([...problems, ...unknown]).to.deep.equal([]);
  });

  const suspensions: readonly [
    what: string,
    sent: object,
    current: Person['state'] | undefined,
    state: string | undefined,
  ][] = [
    ['true suspends', { suspended: true }, 'ACTIVATED', 'SUSPENDED'],
    ['true suspends somebody new', { suspended: true }, undefined, 'SUSPENDED'],
    ['false wakes up whoever is suspended', { suspended: false }, 'SUSPENDED', 'ACTIVATED'],
    ['false leaves whoever is staged', { suspended: false }, 'STAGED', undefined],
    ['goes with its state', { suspended: true, state: 'SUSPENDED' }, 'ACTIVATED', 'SUSPENDED'],
  ];
  for (const [what, sent, state, expected] of suspensions) {
    it(`reads suspended: ${what}`, () => {
      const { values, problems } = readSystemUser({ ...sent }, state && { ...ada, state });
      expect(values.state).to.equal(expected);
      expect(problems).to.deep.equal([]);
    });
  }

  const wrong: readonly [sent: object, field: string, message: RegExp][] = [
    [{ suspended: true, state: 'ACTIVATED' }, 'suspended', /have to agree, or leave one out/],
    [{ state: 'SUSPENED' }, 'state', /did you mean SUSPENDED\?/],
    [{ sudo: 'true' }, 'sudo', /write true or false/],
    [{ company: ['x'] }, 'company', /company is a list of 1; write text/],
    [{ addresses: { type: 'work' } }, 'addresses', /addresses is an object; write a list/],
    [{ attributes: [{ name: 'a', value: 1 }] }, 'attributes[0].value', /is 1; write text/],
    [{ phoneNumbers: Array.from({ length: 1001 }, () => ({})) }, 'phoneNumbers', /at most 1000 objects/],
  ];
  for (const [sent, field, message] of wrong) {
    it(`names ${field} when it is wrong`, () => {
      const { problems } = readSystemUser({ ...sent });
      expect(problems.map(problem => problem.field)).to.deep.equal([field]);
      expect(problems[0]?.message).to.match(message);
    });
  }

  it('takes null for no value, passes over what it does not hold, and tells what no system user has', () => {
    const { values, problems, unknown } = readSystemUser({
      company: null,
      addresses: null,
      password: 'secret',
      ssh_keys: [],
      ['__proto__']: {},
      costcenter: 'x',
    });
    expect(values).to.deep.equal({ company: '', addresses: [] });
    expect(problems).to.deep.equal([]);
    expect(unknown.map(({ message }) => message)).to.deep.equal([
      'a system user has no "__proto__"',
      'a system user has no "costcenter" (did you mean costCenter?)',
    ]);
  });
});
