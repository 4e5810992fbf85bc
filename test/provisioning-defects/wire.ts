import { isObject, listResponse } from '../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { withJson, type Json } from '../../scim/wire/message.ts';
import { change, dismiss, hire, join, leave, reactivate, suspend } from '../../scenarios/step.ts';
import type { ProvisioningDefect } from './defect.ts';
import { bothJoined, joined } from './openings.ts';
import { answered, edited, ignored, replaced } from './on-the-way.ts';
import { ownersOf } from './world.ts';

/** What can be wrong with requests and answers. */
export const wireDefects = [
  {
    id: 'rehired-person-is-not-found',
    title: 'A look-up of the address of a deactivated user says that there is none',
    where: 'wire',
    breaks: 'JC-13',
    shownBy: [...joined, dismiss('ada'), hire('again', { email: 'ada' }), join('again', 'eng')],
    does: {
      served: [
        {
          on: 'user sought',
          address: / off$| off removed$| removed off$/,
          does: answered(response => withJson(response, listResponse([], 0, 1) as unknown as Json)),
        },
      ],
    },
  },
  {
    id: 'member-id-of-a-removed-user',
    title: 'The id of a user who is gone stands for the one that took the address',
    where: 'wire',
    breaks: 'JC-45a',
    account: 'self-hosted',
    shownBy: [...joined, suspend('ada'), reactivate('ada')],
    does: {
      sent: [
        {
          on: 'member added',
          does: edited((body, { world, user }) => {
            const address = String(world.users.get(user)?.body['userName']);
            const [first = user] = ownersOf(world, address);
            return JSON.parse(JSON.stringify(body).replaceAll(user, first)) as typeof body;
          }),
        },
      ],
    },
  },
  {
    id: 'leaver-empties-the-group',
    title: 'A removal from a group names nobody, and so removes everybody',
    where: 'wire',
    breaks: 'JC-45b',
    shownBy: [...bothJoined, leave('ada', 'eng')],
    does: {
      sent: [
        {
          on: 'member removed',
          does: edited(body => ({ ...body, Operations: [{ op: 'remove', path: 'members' }] })),
        },
      ],
    },
  },
  {
    id: 'rejoined-leaver-empties-the-group',
    title: 'The second removal of the same person removes everybody',
    where: 'wire',
    breaks: 'JC-45b',
    shownBy: [...bothJoined, leave('ada', 'eng'), join('ada', 'eng'), leave('ada', 'eng')],
    does: {
      sent: [
        {
          on: 'member removed',
          member: /removed/,
          does: edited(body => ({ ...body, Operations: [{ op: 'remove', path: 'members' }] })),
        },
      ],
    },
  },
  {
    id: 'second-suspension-deletes',
    title: 'Whoever is suspended for the second time is deleted',
    where: 'wire',
    breaks: 'JC-23',
    shownBy: [...joined, suspend('ada'), reactivate('ada'), suspend('ada')],
    does: { sent: [{ on: 'user off', user: /off.* on/, does: replaced(() => ({ method: 'DELETE' })) }] },
  },
  {
    id: 'edit-after-move-drops-the-department',
    title: 'After a change of address updates lack what belongs to the enterprise extension',
    where: 'wire',
    breaks: 'JC-26l',
    shownBy: [
      ...joined,
      change('ada', { email: 'countess' }),
      change('ada', { department: 'Engines', lastname: 'King' }),
    ],
    does: {
      sent: [
        {
          on: 'user renamed',
          user: /moved/,
          does: edited(({ [ENTERPRISE_USER]: _dropped, ...body }) => body),
        },
      ],
    },
  },
  {
    id: 'created-user-names-no-schema',
    title: 'The answer to a create names no schema',
    where: 'wire',
    breaks: 'RFC7643-3-03',
    shownBy: joined,
    does: {
      served: [
        {
          on: 'user created',
          does: answered(response =>
            isObject(response.json) ? withJson(response, { ...response.json, schemas: [] }) : response,
          ),
        },
      ],
    },
  },
  {
    id: 'suspended-user-is-shown-as-html',
    title: 'A user who is suspended is read under the media type of a page',
    where: 'wire',
    breaks: 'RFC7644-3.1-01',
    shownBy: [...joined, suspend('ada'), reactivate('ada')],
    does: {
      served: [
        {
          on: 'user read',
          user: / off$/,
          does: answered(response => ({ ...response, headers: { ...response.headers, 'content-type': 'text/html' } })),
        },
      ],
    },
  },
  {
    id: 'moved-user-comes-back-under-another-id',
    title: 'The answer to a change of address shows another id',
    where: 'wire',
    breaks: 'RFC7643-3.1-07',
    shownBy: [...joined, change('ada', { email: 'countess' })],
    does: {
      served: [
        {
          on: 'user moved',
          does: answered(response =>
            isObject(response.json) ? withJson(response, { ...response.json, id: 'another' }) : response,
          ),
        },
      ],
    },
  },
  {
    id: 'update-after-a-suspension-is-lost',
    title: 'An edit after a suspension is answered and not done',
    where: 'wire',
    breaks: 'JC-17',
    shownBy: [...joined, suspend('ada'), reactivate('ada'), change('ada', { lastname: 'King' })],
    does: { served: [{ on: 'user renamed', user: /off.* on/, does: ignored }] },
  },
] as const satisfies readonly ProvisioningDefect[];
