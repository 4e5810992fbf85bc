import { expect } from 'chai';
import * as fc from 'fast-check';
import { ENTERPRISE_USER, PATCH_OP, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { addElements } from './elements.ts';
import { compileFilter, equalities, parseFilter } from './filter/index.ts';
import { applyPatch } from './patch/index.ts';
import { refusal, user } from './examples.test.ts';
import { resolvePath } from './type.ts';
import { comparable } from './value.ts';
import { readCreate, readReplace } from './write.ts';

const word = fc.constantFrom('a', 'A', 'b', 'c');
const element = fc.record(
  { value: word, type: fc.constantFrom('work', 'home', 'WORK'), display: word },
  { requiredKeys: [] },
);
const body = fc.record(
  {
    schemas: fc.constant([USER]),
    userName: word,
    displayName: fc.option(word),
    active: fc.boolean(),
    name: fc.option(fc.record({ givenName: word, familyName: fc.option(word) }, { requiredKeys: [] })),
    emails: fc.array(element, { maxLength: 6 }),
    [ENTERPRISE_USER]: fc.record({ department: word }, { requiredKeys: [] }),
  },
  { requiredKeys: ['schemas', 'userName'] },
);

const term = fc.oneof(
  fc
    .tuple(fc.constantFrom('userName', 'displayName', 'emails.value', 'emails', 'name.givenName', 'noSuch'), word)
    .map(([path, value]) => `${path} eq "${value}"`),
  fc.tuple(word, word).map(([value, display]) => `emails[value eq "${value}" and display ne "${display}"]`),
  fc.constantFrom('active eq true', 'name pr', 'emails pr', `${ENTERPRISE_USER}:department ne "a"`),
);
const filter = fc
  .tuple(fc.array(fc.tuple(fc.boolean(), term), { minLength: 1, maxLength: 4 }), fc.constantFrom(' and ', ' or '))
  .map(([terms, joint]) => terms.map(([negated, text]) => (negated ? `not (${text})` : text)).join(joint));

describe('engine', () => {
  it('answers any JSON with a result or a refusal', () => {
    const known = 'schemas Operations op path value userName NAME givenName emails primary type active manager'.split(
      ' ',
    );
    const odd = [ENTERPRISE_USER, '__proto__', 'constructor', 'emails[type pr].value', 'a.b'];
    const names = fc.constantFrom(...known, ...odd);
    const leaf = fc.constantFrom<Json>(
      null,
      true,
      'add',
      'remove',
      'replace',
      'emails',
      'name.x',
      'emails[',
      1,
      '',
      [],
    );
    const json = fc.object({ key: names, values: [leaf], maxDepth: 4, maxKeys: 5 }).map(one => one as JsonObject);
    const current = { schemas: [USER], id: '1', userName: 'ada', emails: [{ value: 'a' }] };
    fc.assert(
      fc.property(json, json, (given, more) => {
        const operation = { op: 'add', ...more };
        for (const run of [
          () => readCreate(user, { ...given, schemas: [USER] }),
          () => readReplace(user, given, current),
          () => applyPatch(user, given, current),
          () => applyPatch(user, { schemas: [PATCH_OP], Operations: [operation, given] }, current),
        ]) {
          expect(refusal(run)).to.match(/^no refusal$|^4\d\d /);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads what it stores as it stores it', () => {
    fc.assert(
      fc.property(body, given => {
        const stored = readCreate(user, given);
        expect(readCreate(user, stored)).to.deep.equal(stored);
      }),
    );
  });

  it('adds elements one by one as it adds them all at once', () => {
    const attribute = resolvePath(user, 'emails')?.attribute;
    if (!attribute) throw new Error('emails is an attribute of users');
    fc.assert(
      fc.property(fc.array(element, { maxLength: 8 }), elements => {
        const stored = elements as readonly Json[];
        const oneByOne = stored.reduce<readonly Json[]>((list, one) => addElements(attribute, list, [one]), []);
        expect(addElements(attribute, [], stored)).to.deep.equal(oneByOne);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds for a filter or for its negation', () => {
    fc.assert(
      fc.property(body, filter, (given, text) => {
        const resource = readCreate(user, given);
        const [holds, fails] = [text, `not (${text})`].map(each => compileFilter(parseFilter(each), user)(resource));
        expect(holds).to.equal(!fails);
      }),
    );
  });

  it('names equalities that every match satisfies', () => {
    fc.assert(
      fc.property(body, filter, (given, text) => {
        const resource = readCreate(user, given);
        const parsed = parseFilter(text);
        fc.pre(compileFilter(parsed, user)(resource));
        for (const { path, value } of equalities(parsed, user)) {
          const { attribute, sub } = resolvePath(user, path) ?? {};
          if (!attribute) throw new Error(`${path} is no attribute`);
          const values = [resource[attribute.name] ?? null].flat();
          const keys = values.map(one => comparable(sub ?? attribute, sub ? (one as JsonObject)[sub.name] : one));
          expect(keys).to.include(comparable(sub ?? attribute, value));
        }
      }),
    );
  });

  it('patches a resource into one it would store the same, and adds nothing twice', () => {
    fc.assert(
      fc.property(body, body, fc.constantFrom('add', 'replace'), (given, value, op) => {
        const current = { ...readCreate(user, given), id: '1' };
        const message = { schemas: [PATCH_OP], Operations: [{ op, value }] };
        const patched = applyPatch(user, message, current);
        expect({ ...readCreate(user, patched), id: '1' }).to.deep.equal(patched);
        expect(applyPatch(user, message, patched)).to.equal(patched);
      }),
    );
  });
});
