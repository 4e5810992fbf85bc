import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { dialects } from './index.ts';

const DIALECTS = new URL('./', import.meta.url);
const SIMULATOR = new URL('../', import.meta.url);

describe('dialects', () => {
  it('have ids of their own', () => {
    expect(new Set(dialects.map(({ id }) => id)).size).to.equal(dialects.length);
  });

  it('name themselves to the service provider, and nobody else', () => {
    for (const { headers } of dialects) expect(headers.userAgent).to.match(/^Scimulator /);
  });

  it('are told apart by their values: nothing outside their folder compares an id', () => {
    const sources = readdirSync(SIMULATOR, { recursive: true, encoding: 'utf8' }).filter(
      file => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('dialects'),
    );
    expect(sources).not.to.be.empty;
    for (const file of sources)
      expect(readFileSync(new URL(file, SIMULATOR), 'utf8'), file).not.to.match(/dialect\.id\b/);
    expect(readdirSync(DIALECTS)).to.include('jumpcloud.ts');
  });
});
