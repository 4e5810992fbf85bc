import { expect } from 'chai';
import type { Exchange } from '../record/index.ts';
import { toldOf, type Vocabulary } from './script-answer.ts';

const words: Vocabulary = {
  base: 'https://provider.example/scim/v2',
  mark: 'k3v9q2xw',
  ids: [],
  fields: ['etag'],
  sent: new Set(),
  ours: new Map(),
  timed: false,
  versioned: false,
  worded: false,
  spelled: false,
  veiled: new Set(),
};

const answered = (etag: string): Exchange => ({
  scope: 'read.by-id',
  n: 1,
  at: 0,
  ms: 1,
  request: { method: 'GET', path: '/Users/1', headers: {} },
  response: { status: 200, headers: { etag }, json: { meta: { version: etag } } },
});

describe('toldOf', () => {
  const tags: readonly (readonly [tag: string, told: string])[] = [
    ['W/"83-mnVXbb6"', 'W/"{version}"'],
    ['"83-mnVXbb6"', '"{version}"'],
    ['W/"26a-jKKW/T8sW/g"', 'W/"{version}"'],
    ['"26a-W/g"', '"{version}"'],
  ];
  for (const [tag, told] of tags) {
    it(`calls the opaque part of ${tag} a version, whatever it holds`, () => {
      expect(toldOf([answered(tag)], 1, words)).to.include.members([`1 etag\t${told}`, `1 /meta/version\t"${told}"`]);
    });
  }
});
