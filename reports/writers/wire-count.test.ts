import { expect } from 'chai';
import { exchange, sampleRun } from './sample-run.test.ts';
import { countWire, statusClass } from './wire-count.ts';

describe('countWire', () => {
  it('counts requests by method and class of answer', () => {
    const { total, classes, methods } = countWire([
      exchange('a', 1, 'GET /Users', 200),
      exchange('a', 2, 'POST /Users', 201),
      exchange('a', 3, 'GET /Users', 404),
      exchange('a', 4, 'GET /Users'),
    ]);
    expect(total).to.equal(4);
    expect(classes).to.deep.equal(['2xx', '4xx', 'none']);
    expect(methods.map(({ method, total }) => [method, total])).to.deep.equal([
      ['GET', 3],
      ['POST', 1],
    ]);
    expect(methods[0]?.byClass).to.include({ '2xx': 1, '4xx': 1, none: 1, '5xx': 0 });
  });

  it('counts broken answers by their code', () => {
    expect(countWire(sampleRun.exchanges.values()).failures).to.deep.equal([['timeout', 1]]);
  });

  it('counts nothing when nothing was sent', () => {
    expect(countWire([])).to.deep.equal({ total: 0, classes: [], methods: [], failures: [] });
  });
});

describe('statusClass', () => {
  it('is the first digit, and none for no status or one that HTTP does not have', () => {
    expect([100, 204, 302, 404, 599, 700, undefined].map(statusClass)).to.deep.equal([
      '1xx',
      '2xx',
      '3xx',
      '4xx',
      '5xx',
      'none',
      'none',
    ]);
  });
});
