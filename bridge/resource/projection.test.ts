import { expect } from 'chai';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import { compileProjection, requestedBy, type ProjectionQuery } from './projection.ts';
import type { Resource } from './resource.ts';
import type { CompiledType } from './type.ts';
import { GADGET, WARRANTY, gadget, refusal, user } from './examples.test.ts';

const meta = { resourceType: 'User', created: '2020-01-01T00:00:00Z' };
const emails = [
  { value: 'a', type: 'work' },
  { value: 'b', display: 'B' },
];
const name = { givenName: 'Ada', familyName: 'L' };
const extension = { department: 'D', manager: { value: 'm', displayName: 'M' } };
const schemas = [USER, ENTERPRISE_USER];
const ada: Resource = { schemas, id: '1', userName: 'ada', name, emails, meta, [ENTERPRISE_USER]: extension };
const maker = { name: 'M', country: 'CH' };
const thing: Resource = {
  schemas: [GADGET, WARRANTY],
  id: 't',
  label: 'L',
  stamp: 'S',
  notes: 'N',
  pin: 'P',
  maker: { ...maker, secret: 'S', detail: 'D', mark: 'M' },
  [WARRANTY]: { months: 1 },
};
const minimum = { schemas: thing['schemas'] ?? [], id: 't', stamp: 'S' };

describe('projection', () => {
  const table: readonly [string, CompiledType, Resource, ProjectionQuery, object][] = [
    [
      'nothing asked',
      gadget,
      thing,
      {},
      { ...minimum, label: 'L', maker: { ...maker, mark: 'M' }, [WARRANTY]: { months: 1 } },
    ],
    ['an attribute', user, ada, { attributes: ['userName'] }, { schemas, id: '1', userName: 'ada' }],
    [
      'attributes in any spelling',
      user,
      ada,
      { attributes: ['USERNAME', `${USER}:Name`] },
      { schemas, id: '1', userName: 'ada', name },
    ],
    [
      'a sub-attribute',
      user,
      ada,
      { attributes: ['name.givenName'] },
      { schemas, id: '1', name: { givenName: 'Ada' } },
    ],
    [
      'two sub-attributes',
      user,
      ada,
      { attributes: ['name.givenName', 'NAME.familyname'] },
      { schemas, id: '1', name },
    ],
    [
      'an attribute and one of its sub-attributes',
      user,
      ada,
      { attributes: ['name.givenName', 'name', 'name.familyName'] },
      { schemas, id: '1', name },
    ],
    [
      'a sub-attribute of elements',
      user,
      ada,
      { attributes: ['emails.display'] },
      { schemas, id: '1', emails: [{ display: 'B' }] },
    ],
    ['a sub-attribute that no element has', user, ada, { attributes: ['emails.primary'] }, { schemas, id: '1' }],
    ['meta', user, ada, { attributes: ['meta.created'] }, { schemas, id: '1', meta: { created: meta.created } }],
    [
      'an extension attribute',
      user,
      ada,
      { attributes: [`${ENTERPRISE_USER}:department`] },
      { schemas, id: '1', [ENTERPRISE_USER]: { department: 'D' } },
    ],
    [
      'a sub-attribute of an extension',
      user,
      ada,
      { attributes: [`${ENTERPRISE_USER}:manager.value`] },
      { schemas, id: '1', [ENTERPRISE_USER]: { manager: { value: 'm' } } },
    ],
    [
      'an extension',
      user,
      ada,
      { attributes: [ENTERPRISE_USER.toUpperCase()] },
      { schemas, id: '1', [ENTERPRISE_USER]: extension },
    ],
    ['an unknown attribute', user, ada, { attributes: ['noSuch', 'constructor', '__proto__'] }, { schemas, id: '1' }],
    ['a secret', gadget, thing, { attributes: ['pin', 'maker.secret'] }, minimum],
    [
      'what is returned on request',
      gadget,
      thing,
      { attributes: ['notes', 'maker.detail'] },
      { ...minimum, notes: 'N', maker: { detail: 'D', mark: 'M' } },
    ],
    [
      'an attribute with sub-attributes on request',
      gadget,
      thing,
      { attributes: ['maker'] },
      { ...minimum, maker: { ...maker, mark: 'M' } },
    ],
    ['nothing left out', user, ada, { excludedAttributes: [] }, ada],
    [
      'an attribute left out',
      user,
      ada,
      { excludedAttributes: ['EMAILS', 'name'] },
      { schemas, id: '1', userName: 'ada', meta, [ENTERPRISE_USER]: extension },
    ],
    [
      'a sub-attribute left out',
      user,
      ada,
      { excludedAttributes: ['name.familyName', 'emails.value'] },
      { ...ada, name: { givenName: 'Ada' }, emails: [{ type: 'work' }, { display: 'B' }] },
    ],
    [
      'all sub-attributes left out',
      user,
      ada,
      { excludedAttributes: ['name.familyName', 'name.givenName'] },
      { schemas, id: '1', userName: 'ada', emails, meta, [ENTERPRISE_USER]: extension },
    ],
    [
      'an extension attribute left out',
      user,
      ada,
      { excludedAttributes: [`${ENTERPRISE_USER}:manager`] },
      { ...ada, [ENTERPRISE_USER]: { department: 'D' } },
    ],
    [
      'an extension left out',
      user,
      ada,
      { excludedAttributes: [ENTERPRISE_USER] },
      { schemas, id: '1', userName: 'ada', name, emails, meta },
    ],
    [
      'what is always returned left out',
      user,
      ada,
      { excludedAttributes: ['id', 'schemas', 'userName'] },
      { schemas, id: '1', name, emails, meta, [ENTERPRISE_USER]: extension },
    ],
    [
      'a sub-attribute that is always returned left out',
      gadget,
      thing,
      { excludedAttributes: ['maker.mark', 'maker.name', 'label', 'stamp'] },
      { ...minimum, maker: { country: 'CH', mark: 'M' }, [WARRANTY]: { months: 1 } },
    ],
    ['an unknown attribute left out', user, ada, { excludedAttributes: ['noSuch'] }, ada],
    [
      'what a write has set',
      gadget,
      thing,
      { also: ['notes', 'maker.detail', 'pin'] },
      { ...minimum, label: 'L', notes: 'N', maker: { ...maker, detail: 'D', mark: 'M' }, [WARRANTY]: { months: 1 } },
    ],
  ];
  for (const [what, type, resource, query, shown] of table) {
    it(`shows a resource with ${what}`, () => {
      const before = structuredClone(resource);
      expect(compileProjection(type, query)(resource)).to.deep.equal(shown);
      expect(resource).to.deep.equal(before);
    });
  }

  it('answers the resource itself when there is nothing to leave out', () => {
    expect(compileProjection(user)(ada)).to.equal(ada);
  });

  it('never shows a password', () => {
    const resource = { ...ada, password: 'x' };
    for (const query of [
      {},
      { attributes: ['password'] },
      { attributes: [`${USER}:PASSWORD`] },
      { also: ['password'] },
    ]) {
      expect(compileProjection(user, query)(resource)).not.to.have.property('password');
    }
  });

  it('refuses both lists at once', () => {
    expect(refusal(() => compileProjection(user, { attributes: ['a'], excludedAttributes: ['b'] }))).to.match(
      /^400 invalidValue: .*exclude each other/,
    );
  });

  it('tells what a write has set of what is returned on request', () => {
    const { notes: _, ...without } = thing;
    expect(requestedBy(gadget, thing)).to.deep.equal(['notes', 'maker.detail']);
    expect(requestedBy(gadget, thing, thing)).to.deep.equal([]);
    expect(requestedBy(gadget, thing, without)).to.deep.equal(['notes']);
    expect(requestedBy(user, ada)).to.deep.equal([]);
  });
});
