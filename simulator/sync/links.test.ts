import { expect } from 'chai';
import { createLinks } from './links.ts';

describe('links', () => {
  it('keep the id of a released group and forget who is in it', () => {
    const links = createLinks();
    links.linkGroup('eng', 'g1', 'Engineering');
    links.linkGroup('ops', 'g2', 'Operations');
    links.groupOf('eng')?.members.add('ada');
    links.release('eng');
    expect(links.groupOf('eng')).to.deep.equal({
      id: 'g1',
      displayName: 'Engineering',
      members: new Set(),
      released: true,
    });
    expect(links.groupOf('ops')?.released).to.equal(false);
    links.release();
    expect(links.groupOf('ops')?.released).to.equal(true);
  });
});
