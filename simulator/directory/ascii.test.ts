import { expect } from 'chai';
import { asciiName, GERMAN, UKRAINIAN } from './ascii.ts';

describe('name in an address', () => {
  for (const [name, letters, ascii] of [
    ['Ada', {}, 'ada'],
    ["O'Brien", {}, 'obrien'],
    ['Łukasz', {}, 'lukasz'],
    ['Nguyễn', {}, 'nguyen'],
    ['Đặng', {}, 'dang'],
    ['Yıldız', {}, 'yildiz'],
    ['İpek', {}, 'ipek'],
    ['Müller-Groß', GERMAN, 'mueller-gross'],
    ['Mu\u0308ller', GERMAN, 'mueller'],
    ['Müller', {}, 'muller'],
    ['García Márquez', {}, 'garciamarquez'],
    ['Щербак', UKRAINIAN, 'shcherbak'],
    ['Бойко', UKRAINIAN, 'boiko'],
    ['伊藤', {}, ''],
  ] as const) {
    it(`writes ${name} as "${ascii}"`, () => {
      expect(asciiName(name, letters)).to.equal(ascii);
    });
  }
});
