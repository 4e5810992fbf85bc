import { isObject } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { attributeNamed, declaredType } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { reporters } from '../run/reporters.ts';
import { fits } from '../run/state.ts';
import { patched, succeeded } from '../run/steps.ts';
import { asPublished, elements, kept, offers, tried } from '../run/user-values.ts';
import { elementOf } from '../run/values.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

interface Text extends Case {
  readonly text: string;
}

const texts: readonly Text[] = [
  { name: 'accents', text: 'Zoë Ångström Łódź' },
  { name: 'composed and decomposed', text: 'e\u0301 é' },
  { name: 'other scripts', text: '渡辺 さくら Дмитрий عربى' },
  { name: 'beyond the basic plane', text: '𠮷野 👩🏽‍🚀' },
  { name: 'quotes and backslash', text: `O'Brien "Al" \\ Sons` },
  { name: 'markup', text: '<b>&amp; %41 ${x} {{y}}' },
  { name: 'long', text: `Long ${'name '.repeat(48)}end` },
];

/** Text apart from what case, normalisation and trimming change; some letters are two in capitals. */
const folded = (value: string): string => value.normalize('NFKC').toUpperCase().toLowerCase().trim();

/** Values of the attributes of a user (RFC 7643 sections 2.3, 2.4 and 4.1). */
export const userAttributes = [
  {
    id: 'user.unicode',
    title: 'Text in any script comes back as it was written',
    clause: 'RFC7643-2.3.1-03',
    also: ['RFC7644-3.8-01'],
    applies: [serves('User'), keeps('displayName')],
    cases: () => texts,
    async run(context: Context, { text }: Text) {
      const user = await kept(context, { displayName: text });
      const { displayName } = user;
      const right = typeof displayName === 'string' && folded(displayName) === folded(text);
      expect.that(right, `displayName ${show(text)}`, show(displayName));
    },
  },
  {
    id: 'user.name-with-unicode',
    title: 'A userName that is not ASCII leads to one user',
    clause: 'RFC7643-2.3.1-03',
    applies: [serves('User')],
    async run(context) {
      const userName = `${context.given.unique('łucja-ß')}@${context.given.domain}`;
      const user = await kept(context, { userName });
      const came = user['userName'];
      expect.that(
        typeof came === 'string' && folded(came) === folded(userName),
        `userName ${show(userName)}`,
        show(came),
      );
    },
  },
  {
    id: 'user.prepared-names',
    title: 'Two spellings of one userName in Unicode are the same name',
    clause: 'RFC7644-5-01',
    also: ['RFC7644-7.8-01'],
    applies: [serves('User')],
    async run(context) {
      const { scim, given } = context;
      const stem = given.unique('name');
      const composed = await scim.create('/Users', given.userDraft({ userName: `é-${stem}@${given.domain}` }));
      if (createdId(composed) === undefined) throw new NotApplicable('such a name is refused');
      const other = await scim.create('/Users', given.userDraft({ userName: `e\u0301-${stem}@${given.domain}` }));
      if (other.status === 400) throw new NotApplicable('such a name is refused');
      expect.status(other, 409);
    },
  },
  {
    id: 'user.two-primary',
    title: 'Of two primary elements at most one is stored, or both are refused',
    clause: 'RFC7643-2.4-03',
    applies: [serves('User'), keeps('emails')],
    async run(context) {
      const emails = ['work', 'home'].map(type => ({
        value: `${context.given.unique(type)}@${context.given.domain}`,
        type,
        primary: true,
      }));
      const { user, answer } = await tried(context, { emails });
      if (user === undefined) return;
      const primary = elements(user, 'emails').filter(element => element['primary'] === true);
      expect.that(primary.length < 2, 'one primary element at most', show(user['emails']), answer);
    },
  },
  {
    id: 'user.no-primary',
    title: 'Of elements without primary at most one is primary, which the provider chose',
    clause: 'RFC7643-2.4-04',
    applies: [serves('User'), keeps('emails')],
    async run(context) {
      const emails = (['work', 'home'] as const).map(type => elementOf(context.given, 'emails', type));
      const user = await kept(context, { emails: asPublished(context.facts, 'emails', emails) });
      const primary = elements(user, 'emails').filter(element => element['primary'] === true);
      expect.that(primary.length < 2, 'one primary element at most', show(user['emails']));
      return { observed: primary.length === 0 ? 'no element is primary' : 'the provider chooses one' };
    },
  },
  {
    id: 'user.many-elements',
    title: 'Each of several elements comes back with its own parts',
    clause: 'RFC7643-7-27',
    applies: [serves('User'), keeps('emails'), offers('emails', 'type')],
    async run(context) {
      const drafts = (['work', 'home', 'other'] as const).map(type => elementOf(context.given, 'emails', type));
      const published = asPublished(context.facts, 'emails', drafts);
      const sent = published.map((element, at): JsonObject => ({ ...element, primary: at === 1 }));
      const came = elements(await kept(context, { emails: sent }), 'emails');
      if (came.length > 0 && came.length < sent.length) {
        throw new Blocked('user.all-elements', `of ${sent.length} e-mails ${came.length} came back`);
      }
      for (const { value, type, primary } of sent) {
        const element = came.find(one => fits(value, one['value']));
        expect.that(element !== undefined, `the e-mail ${show(value)}`, show(came));
        const right = type === undefined || fits(type, element?.['type']);
        expect.that(right, `type ${show(type)} for ${show(value)}`, show(element));
        const isRight = (element?.['primary'] ?? false) === primary;
        expect.that(isRight, `primary ${show(primary)} for ${show(value)}`, show(element));
      }
      expect.that(came.length === sent.length, `${sent.length} e-mails`, show(came));
    },
  },
  {
    id: 'user.pair-twice',
    title: 'An e-mail that is given twice with one type is stored once, or refused',
    clause: 'RFC7643-2.4-09',
    applies: [serves('User'), keeps('emails')],
    async run(context) {
      const value = `${context.given.unique('mail')}@${context.given.domain}`;
      const email = { value, type: 'work' };
      const { user, answer } = await tried(context, { emails: [email, email] });
      if (user === undefined) return;
      const times = elements(user, 'emails').filter(element => element['type'] === 'work').length;
      expect.that(times < 2, 'the e-mail once', show(user['emails']), answer);
    },
  },
  {
    id: 'user.email-domain',
    title: 'The domain of an e-mail is brought into lower case',
    clause: 'RFC7643-4.1.2-02',
    applies: [serves('User'), keeps('emails')],
    async run(context) {
      const local = context.given.unique('Mail');
      const right = context.given.domain.toLowerCase();
      const user = await kept(context, { emails: [{ value: `${local}@${right.toUpperCase()}`, type: 'work' }] });
      const { value } = elements(user, 'emails')[0] ?? {};
      const domain = typeof value === 'string' ? value.split('@')[1] : undefined;
      if (domain === right) return { observed: 'lower case' };
      expect.that(domain?.toLowerCase() === right, 'the e-mail in any case', show(value));
      return { observed: 'as it was sent' };
    },
  },
  {
    id: 'user.active-false',
    title: 'A user that is made inactive is inactive',
    clause: 'RFC7643-4.1.1-15',
    applies: [serves('User'), keeps('active')],
    async run(context) {
      const { active } = await kept(context, { active: false });
      expect.that(typeof active === 'boolean', 'active as true or false', show(active));
      if (active) throw new Violation('active false', 'active true', undefined, 'warning');
    },
  },
  {
    id: 'user.inactive-readable',
    title: 'A user that is made inactive can still be read',
    clause: 'RFC7643-4.1.1-15',
    also: ['RFC7644-3.4.1-01'],
    applies: [serves('User'), keeps('active')],
    async run({ scim, given }) {
      const { id, sent } = await given.user();
      succeeded(await scim.replace('/Users', id, { ...sent, active: false }), reporters.write.PUT);
      const read = await scim.read('/Users', id);
      // What it means to be inactive is the provider's to say; that nobody can look is a surprise all the same.
      if (read.status !== 200) throw new Violation('the inactive user', describeAnswer(read), read, 'warning');
    },
  },
  {
    id: 'user.active-again',
    title: 'An inactive user can be made active',
    clause: 'RFC7643-4.1.1-15',
    applies: [serves('User'), keeps('active')],
    async run({ scim, given, stored }) {
      const { id, sent } = await given.user();
      for (const active of [false, true]) {
        succeeded(await scim.replace('/Users', id, { ...sent, active }), 'replace.status');
        const { status } = await scim.read('/Users', id);
        if (!active && status === 404) throw new Blocked('user.inactive-readable', 'an inactive user cannot be read');
      }
      const { active } = await stored('/Users', id);
      if (active !== true) throw new Violation('active true', `active ${show(active)}`, undefined, 'warning');
    },
  },
  {
    id: 'user.formatted-name',
    title: 'A formatted name holds the parts of the name',
    clause: 'RFC7643-4.1.1-05',
    applies: [serves('User'), keeps('name')],
    async run(context) {
      const name = { givenName: 'Ottoline', familyName: 'Quatermain' };
      const user = await kept(context, { name, displayName: 'Ottoline Quatermain' });
      const formatted = isObject(user['name']) ? user['name']['formatted'] : undefined;
      if (formatted === undefined || formatted === null) throw new NotApplicable('no formatted name is shown');
      const whole = show(formatted).toLowerCase();
      expect.that(whole.includes('ottoline') && whole.includes('quatermain'), 'both parts', show(formatted));
    },
  },
  {
    id: 'user.country',
    title: 'A country comes back as the two letters it was given in',
    clause: 'RFC7643-4.1.2-15',
    applies: [serves('User'), offers('addresses', 'country')],
    async run(context) {
      const user = await kept(context, { addresses: [{ type: 'work', locality: 'Salem', country: 'US' }] });
      const { country } = elements(user, 'addresses')[0] ?? {};
      expect.that(typeof country === 'string' && country.toUpperCase() === 'US', 'country US', show(country));
    },
  },
  {
    id: 'user.photo-types',
    title: 'photo and thumbnail are the canonical types of photos, where values are published',
    clause: 'RFC7643-4.1.2-12',
    applies: [offers('photos', 'type')],
    async run({ scim, facts }) {
      const photos = attributeNamed(declaredType(facts, 'User')?.base.attributes ?? [], 'photos');
      const values = attributeNamed(photos?.subAttributes ?? [], 'type')?.canonicalValues ?? [];
      if (values.length === 0) throw new NotApplicable('no canonical values are published');
      await scim.list('/Schemas');
      const both = ['photo', 'thumbnail'].every(value => values.includes(value));
      expect.that(both, 'photo and thumbnail', show(values));
    },
  },
  {
    id: 'user.certificate',
    title: 'Base64 comes back as the bytes it stands for',
    clause: 'RFC7643-2.3.6-01',
    applies: [serves('User'), offers('x509Certificates')],
    async run(context) {
      const value = Buffer.from([0x30, 0x03, 0x02, 0x01, 0xff]).toString('base64');
      const user = await kept(context, { x509Certificates: [{ value }] });
      const came = elements(user, 'x509Certificates')[0]?.['value'];
      const right = typeof came === 'string' && Buffer.from(came, 'base64').equals(Buffer.from(value, 'base64'));
      expect.that(right, `the bytes of ${show(value)}`, show(came));
    },
  },
  {
    id: 'user.external-id',
    title: 'An externalId comes back in the case it was given in',
    clause: 'RFC7643-3.1-15',
    also: ['RFC7643-3.1-01', 'RFC7643-3-08'],
    applies: [serves('User')],
    async run(context) {
      const externalId = context.given.unique('Ext');
      const came = (await kept(context, { externalId }))['externalId'];
      if ((came ?? null) === null) throw new Violation(`externalId ${externalId}`, 'none', undefined, 'warning');
      expect.equal(came, externalId, 'externalId');
    },
  },
  {
    id: 'user.external-id-changes',
    title: 'An externalId can be changed',
    clause: 'RFC7643-3.1-15',
    applies: [serves('User'), supports('patch')],
    async run(context) {
      const { given, stored } = context;
      const { id } = await given.user({ externalId: given.unique('First') });
      if (((await stored('/Users', id))['externalId'] ?? null) === null) {
        throw new NotApplicable('the target keeps no externalId');
      }
      const value = given.unique('Second');
      await patched(context, '/Users', id, [{ op: 'replace', path: 'externalId', value }]);
      expect.equal((await stored('/Users', id))['externalId'], value, 'externalId');
    },
  },
] as const satisfies readonly Check[];
