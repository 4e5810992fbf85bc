import { expect } from 'chai';
import { ledger } from './ledger.ts';
import { createAllowance, type Limits } from './limits.ts';
import { pipe, type HttpRequest, type HttpResponse } from './message.ts';

const read = (path = '/Users/1'): HttpRequest => ({ method: 'GET', path, headers: {} });
const create = (path = '/Users'): HttpRequest => ({ method: 'POST', path, headers: {}, json: { userName: 'ada' } });
const remove = (id: string): HttpRequest => ({ method: 'DELETE', path: `/Users/${id}`, headers: {} });

/** A provider behind the limits: makes what it is asked to, or answers with a status. */
function limited(limits: Limits, status?: number) {
  const allowance = createAllowance(limits);
  const sent: string[] = [];
  let ids = 0;
  const provider = async ({ method, path }: HttpRequest): Promise<HttpResponse> => {
    sent.push(`${method} ${path}`);
    if (status !== undefined) return { status, headers: {}, text: '' };
    return method === 'POST'
      ? { status: 201, headers: {}, text: '', json: { id: `u${(ids += 1)}` } }
      : { status: method === 'DELETE' ? 204 : 200, headers: {}, text: '' };
  };
  const wire = (tidying: boolean) => pipe([allowance.hop(tidying), ledger('x', allowance.note)], provider);
  return { send: wire(false), tidy: wire(true), sent, allowance };
}

const codeOf = ({ failure }: HttpResponse) => failure?.code;

describe('limits', () => {
  it('send as many requests as they allow and not one more', async () => {
    const { send, sent } = limited({ maxRequests: 3 });
    const codes = [];
    for (let n = 0; n < 5; n += 1) codes.push(codeOf(await send(read())));
    expect(codes).to.deep.equal([undefined, undefined, undefined, 'limit', 'limit']);
    expect(sent).to.have.lengthOf(3);
  });

  it('keep back the requests that clean-up needs', async () => {
    const { send, tidy, sent } = limited({ maxRequests: 6 });
    await send(create());
    const codes = [];
    for (let n = 0; n < 5; n += 1) codes.push(codeOf(await send(read())));
    expect(codes).to.deep.equal([undefined, undefined, undefined, 'limit', 'limit']);
    expect(codeOf(await tidy(remove('u1')))).to.equal(undefined);
    expect(codeOf(await tidy(read()))).to.equal(undefined);
    expect(codeOf(await tidy(read()))).to.equal('limit');
    expect(sent).to.have.lengthOf(6);
  });

  it('count the users of the whole run, removed ones too, and refused ones not', async () => {
    const { send, sent } = limited({ maxUsers: 2 });
    await send(create());
    await send(remove('u1'));
    await send(create());
    expect(codeOf(await send(create()))).to.equal('limit');
    expect(codeOf(await send({ ...create('/Groups'), json: { displayName: 'g' } }))).to.equal(undefined);
    expect(sent.filter(line => line === 'POST /Users')).to.have.lengthOf(2);
    const refusing = limited({ maxUsers: 1 }, 400);
    for (let n = 0; n < 4; n += 1) expect(codeOf(await refusing.send(create()))).to.equal(undefined);
    expect(refusing.sent).to.have.lengthOf(4);
  });

  it('count the users of a bulk request before it leaves', async () => {
    const { send, sent } = limited({ maxUsers: 2 });
    const operation = { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'x' } };
    const bulk: HttpRequest = {
      method: 'POST',
      path: '/Bulk',
      headers: {},
      json: { Operations: [operation, operation, operation] },
    };
    expect(codeOf(await send(bulk))).to.equal('limit');
    expect(sent).to.deep.equal([]);
  });

  const requests: readonly [HttpRequest, boolean][] = [
    [read(), true],
    [{ ...read(), method: 'HEAD' }, true],
    [create('/Users/.search'), true],
    [create('/.search'), true],
    [create(), false],
    [create('/Bulk'), false],
    [remove('1'), false],
    [{ ...read(), method: 'PUT' }, false],
    [{ ...read(), method: 'PATCH' }, false],
    [{ ...read(), method: 'FETCH' }, false],
  ];
  for (const [request, passes] of requests) {
    it(`${passes ? 'let' : 'do not let'} a run that only reads send ${request.method} ${request.path}`, async () => {
      const { send, sent } = limited({ readOnly: true });
      expect(codeOf(await send(request))).to.equal(passes ? undefined : 'read-only');
      expect(sent).to.have.lengthOf(passes ? 1 : 0);
    });
  }

  const inBulk = { ...create('/Bulk'), json: { Operations: [{ method: 'PATCH', path: '/Groups/1' }] } };
  const rules: readonly [rule: string, HttpRequest, boolean][] = [
    ['DELETE', remove('1'), false],
    ['DELETE', read(), true],
    ['/Groups', { ...read(), path: '/Groups?count=1' }, false],
    ['/Groups', { ...read(), path: '/GroupsOfOthers' }, true],
    ['PATCH /Groups', { ...read(), method: 'PATCH', path: '/Groups/1' }, false],
    ['PATCH /Groups', { ...read(), path: '/Groups/1' }, true],
    ['PATCH /Groups', inBulk, false],
    ['DELETE /Groups', inBulk, true],
  ];
  for (const [rule, request, passes] of rules) {
    it(`${passes ? 'let' : 'do not let'} ${request.method} ${request.path} through where ${rule} is forbidden`, async () => {
      const { send } = limited({ forbid: [rule] });
      expect(codeOf(await send(request))).to.equal(passes ? undefined : 'read-only');
    });
  }
});
