import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, show } from '../run/expect.ts';
import { serves } from '../run/facts.ts';
import { atHome } from '../run/template.ts';
import { memberOf } from '../run/shown.ts';
import { tried } from '../run/user-values.ts';

interface Freedom extends Case {
  readonly clause: NonNullable<Case['clause']>;
  readonly members: JsonObject;
}

/** Values about which the RFC leaves the provider a choice: taken, changed and refused are all right. */
const freedoms: readonly Freedom[] = [
  {
    name: 'emails.type',
    clause: 'RFC7643-2.3.1-02',
    members: { emails: [{ value: 'x@scimulator.example', type: 'zz' }] },
  },
  { name: 'roles.type', clause: 'RFC7643-2.2-02', members: { roles: [{ value: 'x', type: 'zz-anything' }] } },
  { name: 'unpadded base64', clause: 'RFC7643-2.3.6-03', members: { x509Certificates: [{ value: 'c2NpbQ' }] } },
  { name: 'no base64', clause: 'RFC7643-4.1.2-21', members: { x509Certificates: [{ value: '%%%' }] } },
  { name: 'emails without type', clause: 'RFC7643-2.4-07', members: { emails: [{ value: 'X@SCIMULATOR.EXAMPLE' }] } },
  {
    name: 'one value of two types',
    clause: 'RFC7643-2.4-08',
    members: {
      emails: [
        { value: 'x@scimulator.example', type: 'work' },
        { value: 'x@scimulator.example', type: 'home' },
      ],
    },
  },
  { name: 'name', clause: 'RFC7643-4.1.1-04', members: { name: { givenName: 'Ada', familyName: 'Lovelace' } } },
  { name: 'displayName', clause: 'RFC7643-4.1.1-06', members: { displayName: 'Ada Lovelace' } },
  { name: 'profileUrl that is none', clause: 'RFC7643-4.1.1-09', members: { profileUrl: 'not a url' } },
  { name: 'locale with a blank', clause: 'RFC7643-4.1.1-12', members: { locale: 'en US' } },
  { name: 'locale with underscore', clause: 'RFC7643-4.1.1-13', members: { locale: 'en_US' } },
  { name: 'timezone that is none', clause: 'RFC7643-4.1.1-14', members: { timezone: 'Nowhere/Zone' } },
  { name: 'short password', clause: 'RFC7643-4.1.1-18', members: { password: '1' } },
  { name: 'emails.display', clause: 'RFC7643-4.1.2-03', members: { emails: [{ value: 'A@scimulator.example' }] } },
  { name: 'phoneNumbers', clause: 'RFC7643-4.1.2-05', members: { phoneNumbers: [{ value: '555-555-8377' }] } },
  {
    name: 'phoneNumbers.display',
    clause: 'RFC7643-4.1.2-06',
    members: { phoneNumbers: [{ value: 'tel:+1-201-555-0123' }] },
  },
  { name: 'ims', clause: 'RFC7643-4.1.2-08', members: { ims: [{ value: 'Some Handle' }] } },
  { name: 'ims.type', clause: 'RFC7643-4.1.2-09', members: { ims: [{ value: 'handle', type: 'signal' }] } },
  { name: 'addresses in part', clause: 'RFC7643-4.1.2-13', members: { addresses: [{ type: 'work', locality: 'X' }] } },
  { name: 'addresses of lines', clause: 'RFC7643-4.1.2-14', members: { addresses: [{ streetAddress: '1 A\nB' }] } },
  { name: 'country of three letters', clause: 'RFC7643-4.1.2-15', members: { addresses: [{ country: 'USA' }] } },
];

/** Where the RFC leaves a provider free (RFC 7643 sections 2.2 to 2.4 and 4.1). */
export const userFreedom = [
  {
    id: 'user.freedom',
    title: 'What the provider does with a value that it may take or refuse is recorded',
    clause: 'RFC7643-2.3.1-02',
    also: [...new Set(freedoms.map(({ clause }) => clause))],
    applies: [serves('User')],
    cases: () => freedoms,
    async run(context: Context, { members }: Freedom) {
      const { user, answer } = await tried(context, atHome(members, context.given.domain));
      const [name = ''] = Object.keys(members);
      const came: Json | undefined = user && memberOf(user, name);
      return { observed: user === undefined ? describeAnswer(answer) : `kept as ${show(came)}` };
    },
  },
] as const satisfies readonly Check[];
