import { expect } from 'chai';
import { createOrder, type Place } from './order.ts';

interface Item {
  readonly name: string;
}

/** Adds items written `name: keys`, with `<` before keys of others that go first and `!` for one that goes alone. */
function setUp(...lines: readonly string[]) {
  const order = createOrder<Item>();
  const items = new Map<string, Item>();
  const add = (line: string) => {
    const [name = '', rest = ''] = line.split(':');
    const words = rest.split(' ').filter(Boolean);
    const place: Place = {
      keys: words.filter(word => /^\w/.test(word)),
      after: words.filter(word => word.startsWith('<')).map(word => word.slice(1)),
      alone: words.includes('!'),
    };
    const item = { name };
    items.set(name, item);
    order.add(item, place);
  };
  for (const line of lines) add(line);
  /** Everything that may start now. */
  const start = () => {
    const started: string[] = [];
    for (let item = order.take(); item; item = order.take()) started.push(item.name);
    return started.join(' ');
  };
  const done = (...names: readonly string[]) => {
    for (const name of names) {
      const item = items.get(name);
      if (item) order.done(item);
    }
    return start();
  };
  return { order, add, start, done };
}

describe('order', () => {
  it('starts what shares nothing, in the order of adding', () => {
    expect(setUp('1: a', '2: b', '3: c').start()).to.equal('1 2 3');
  });

  it('keeps what shares a key one after the other', () => {
    const { start, done } = setUp('1: a', '2: b', '3: a b', '4: b', '5: c');
    expect(start()).to.equal('1 2 5');
    expect(done('1')).to.equal('');
    expect(done('2')).to.equal('3');
    expect(done('3')).to.equal('4');
  });

  it('lets something wait for others without holding anybody up', () => {
    const { start, done } = setUp('1: a', '2: b', '3: g <a <b', '4: a', '5: g a');
    expect(start()).to.equal('1 2');
    expect(done('1')).to.equal('4');
    expect(done('2')).to.equal('3');
    expect(done('3')).to.equal('');
    expect(done('4')).to.equal('5');
  });

  it('takes what goes alone after all before it, and nothing with it', () => {
    const { start, done, add } = setUp('1: a', '2: !', '3: b');
    expect(start()).to.equal('1');
    expect(done('1')).to.equal('2');
    add('4: c');
    expect(start()).to.equal('');
    expect(done('2')).to.equal('3 4');
  });

  it('is first in, first out when one at a time is under way', () => {
    const keys = ['a', 'b', 'a b', 'c', 'b', 'a', 'c b', 'd', 'a'];
    const { order } = setUp(...keys.map((key, n) => `${n}: ${key}`));
    const seen: string[] = [];
    for (let item = order.take(); item; item = order.take()) {
      seen.push(item.name);
      order.done(item);
    }
    expect(seen).to.deep.equal(keys.map((_, n) => String(n)));
  });

  it('drops what has not started, and what waited for it goes on', () => {
    const { order, start, done } = setUp('1: a', '2: a', '3: a', '4: b');
    expect(start()).to.equal('1 4');
    expect(order.waiting().map(({ name }) => name)).to.deep.equal(['2', '3']);
    expect(order.drop(({ name }) => name !== '3').map(({ name }) => name)).to.deep.equal(['2']);
    expect(done('1')).to.equal('3');
    expect(order.waiting()).to.deep.equal([]);
  });

  it('takes a hundred thousand in no more than a moment', () => {
    const { order, start } = setUp();
    for (let n = 0; n < 100_000; n += 1)
      order.add({ name: String(n) }, { keys: [`${n % 1000}`], after: [], alone: false });
    let rounds = 0;
    for (let item = order.take(); item; item = order.take()) {
      order.done(item);
      rounds += 1;
    }
    expect([rounds, start()]).to.deep.equal([100_000, '']);
  });
});
