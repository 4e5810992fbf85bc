import type { IncomingMessage, RequestListener } from 'node:http';
import { expect } from 'chai';
import { createBridge } from '../../bridge/index.ts';
import { compareWithModel } from './compare.ts';

/** Stories in the gate; `npm run property` plays many more. */
const CASES = 300;

/** Bridges that are sent something else than the client sent: what they do wrong is what they were not told. */
const misled = (mislead: (request: IncomingMessage) => void) => (): RequestListener => {
  const { app } = createBridge({ anonymous: true });
  return (request, response) => {
    mislead(request);
    app(request, response);
  };
};

const inUrl = (what: RegExp, instead: string) => (request: IncomingMessage) => {
  request.url = request.url?.replace(what, instead);
};

const inBody = (method: string, what: RegExp, instead: string) => (request: IncomingMessage) => {
  if (request.method !== method) return;
  const on = request.on.bind(request);
  const listen = (event: string, told: (...given: unknown[]) => void): IncomingMessage =>
    on(event, (chunk: unknown) =>
      told(Buffer.isBuffer(chunk) ? Buffer.from(chunk.toString().replace(what, instead)) : chunk),
    );
  Object.assign(request, { on: listen });
};

describe('bridge and reference model', function () {
  this.timeout(120_000);

  it('answer random stories alike', () => compareWithModel(CASES));

  const defects: readonly (readonly [string, (request: IncomingMessage) => void])[] = [
    ['takes or for and', inUrl(/\+or\+/g, '+and+')],
    ['takes ne for eq', inUrl(/\+ne\+/g, '+eq+')],
    ['shows what is to be left out', inUrl(/excludedAttributes/, 'attributes')],
    ['sorts in ascending order only', inUrl(/descending/, 'ascending')],
    ['shows a page of one too many', inUrl(/count=2/, 'count=3')],
    ['takes replace for add', inBody('PATCH', /"op":"add"/g, '"op":"replace"')],
    ['forgets a title that is replaced', inBody('PUT', /"title":/, '"titel":')],
    ['ignores a new primary', inBody('PATCH', /"primary":true/, '"primary":false')],
  ];
  for (const [defect, mislead] of defects) {
    it(`differ when the bridge ${defect}`, async () => {
      const options = { seed: 5, listen: misled(mislead), endOnFailure: true };
      const found = await compareWithModel(CASES, options).then(() => 'nothing', String);
      expect(found).to.include('Counterexample');
    });
  }
});
