import { expect } from 'chai';
import { refusal } from './account.test.ts';
import { readSsoAction } from './read-action.ts';

describe('act on the unlock policy', () => {
  const taken = [
    { do: 'connect', protocol: 'oidc', clientId: 'c', discovery: 'd', roundTrip: 'failed' },
    { do: 'choose', value: 'everyone', days: 3 },
    { do: 'choose', value: 'everyone-except-groups', excluded: [] },
    { do: 'add-group', group: 'G1' },
    { do: 'remove-group', group: 'G1' },
    { do: 'edit-grace', days: 3, group: 'G1' },
    { do: 'edit-grace', days: 3 },
  ];
  for (const act of taken) {
    it(`may be ${JSON.stringify(act)}`, () => expect(readSsoAction(act)).to.equal(act));
  }

  const refused: readonly [object, RegExp][] = [
    [{}, /"do" takes one of connect, .*, not "undefined"\.$/],
    [{ do: 'toString' }, /not "toString"/],
    [{ do: 'chose', value: 'everyone' }, /\(did you mean choose\?\)/],
    [{ do: 'choose' }, /takes a text as "value"/],
    [{ do: 'choose', value: 7 }, /takes a text as "value"/],
    [{ do: 'choose', value: 'everyone', days: '3' }, /takes a number as "days"/],
    [{ do: 'choose', value: 'everyone', days: null }, /takes a number as "days"/],
    [{ do: 'choose', value: 'everyone', excluded: ['G1', 2] }, /takes a list of texts as "excluded"/],
    [{ do: 'choose', value: 'everyone', day: 3 }, /has no "day" \(did you mean days\?\)/],
    [{ do: 'edit-grace', group: 'G1' }, /takes a number as "days"/],
  ];
  for (const [act, message] of refused) {
    it(`may not be ${JSON.stringify(act)}`, () => {
      const read = () => readSsoAction({ ...act });
      expect(refusal(read)).to.equal('400 -');
      expect(read).to.throw(message);
    });
  }
});
