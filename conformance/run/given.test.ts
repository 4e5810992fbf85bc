import { expect } from 'chai';
import { createClient } from '../../scim/client.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import { createGiven, createdId, lastSegment } from './given.ts';
import { seeded } from './random.ts';
import { Blocked } from './violation.ts';

const made: HttpResponse = { status: 201, headers: { location: 'https://h/scim/v2/Users/a%20b' }, text: '' };

const givenWith = (response: HttpResponse = made, refused = {}, scope = 'create.status') =>
  createGiven({
    scim: createClient(async () => response),
    run: 'abcd1234',
    scope,
    random: seeded(1, scope),
    refused,
    secret: () => undefined,
  });

describe('given', () => {
  it('makes names that are unique, carry the run, and fit into an address', () => {
    const given = givenWith(made, {}, 'discovery.config.change-password.supported/some-long-case-name');
    const names = [given.unique('user'), given.unique('user'), givenWith().unique('user')];
    expect(new Set(names).size).to.equal(3);
    for (const name of names)
      expect(name)
        .to.match(/^user-abcd1234-[a-z0-9-]+$/)
        .and.to.have.length.below(64);
  });

  it('keeps names of scopes apart that begin alike', () => {
    const long = 'discovery.config.change-password.supported';
    expect(givenWith(made, {}, `${long}/a`).unique('x')).not.to.equal(givenWith(made, {}, `${long}/b`).unique('x'));
  });

  it('drafts users that live in a reserved domain', () => {
    expect(givenWith().userDraft()['userName']).to.match(/^[a-z0-9-]+@scimulator\.example$/);
  });

  it('takes members away that are overridden with null', () => {
    const draft = givenWith().userDraft({ userName: null, active: false });
    expect(draft).not.to.have.property('userName');
    expect(draft).to.include({ active: false });
  });

  it('takes the id from Location where the answer has no body', async () => {
    expect(await givenWith().user()).to.deep.include({ id: 'a b', body: {} });
  });

  it('is blocked by the check that reports the create', async () => {
    const cases = [
      [
        givenWith({ status: 400, headers: {}, text: '' }),
        'create.status',
        'POST /Users made nothing usable: status 400',
      ],
      [
        givenWith({ status: 201, headers: {}, text: '' }),
        'create.location',
        'POST /Users made nothing usable: status 201',
      ],
      [givenWith(made, { User: { by: 'create.some', reason: 'no users here' } }), 'create.some', 'no users here'],
    ] as const;
    for (const [given, by, reason] of cases) {
      const error: unknown = await given.user().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(Blocked).that.includes({ by, message: reason });
    }
  });
});

describe('the id of something created', () => {
  it('is none where the create failed', () => {
    expect(createdId({ ...made, status: 409 })).to.equal(undefined);
    expect(createdId({ headers: {}, text: '' })).to.equal(undefined);
  });

  it('is the last segment of a URL, decoded', () => {
    expect(lastSegment('../Users/a%2Fb?x=1')).to.equal('a/b');
    expect(lastSegment('https://h/Users/%E0%A4%A')).to.equal(undefined);
    expect(lastSegment(undefined)).to.equal(undefined);
  });
});
