import {
  request,
  body,
  header,
  creating,
  creatingGroups,
  putting,
  all,
  found,
  type ClientDefect,
} from '../client-changes.ts';
import { without } from '../hops.ts';

/** What JumpCloud is documented not to do. */
export const clientJumpcloudDefects: readonly ClientDefect[] = [
  {
    id: 'jumpcloud-basic',
    title: 'The credential is a password',
    breaks: 'JC-1b',
    noticedBy: ['jumpcloud.bearer'],
    change: header(all, 'authorization', 'Basic dXNlcjpwYXNz'),
  },
  {
    id: 'jumpcloud-sends-password',
    title: 'A new user comes with a password',
    breaks: 'JC-15',
    noticedBy: ['jumpcloud.no-password'],
    change: body(creating, user => ({ ...user, password: 't1meMa$heen' })),
  },
  {
    id: 'jumpcloud-no-user-name',
    title: 'A new user comes without a userName',
    breaks: 'JC-26a',
    noticedBy: ['jumpcloud.user-name'],
    change: body(creating, user => without(user, 'userName')),
  },
  ...(['locale', 'preferredLanguage'] as const).map(name => ({
    id: `jumpcloud-no-${name === 'locale' ? name : 'preferred-language'}`,
    title: `A new user comes without ${name}`,
    breaks: name === 'locale' ? ('JC-31b' as const) : ('JC-31d' as const),
    noticedBy: [name === 'locale' ? 'jumpcloud.locale' : 'jumpcloud.preferred-language'],
    change: body(creating, user => without(user, name)),
  })),
  ...(
    [
      ['externalId', 'external-id', 'JC-30a'],
      ['locale', 'locale', 'JC-31a'],
      ['preferredLanguage', 'preferred-language', 'JC-31c'],
    ] as const
  ).map(([name, words, breaks]) => ({
    id: `jumpcloud-changes-${words}`,
    title: `An update sends another ${name} than it read`,
    breaks,
    noticedBy: [`jumpcloud.keeps-${words}`],
    change: body(putting, user => ({ ...user, [name]: 'other' })),
  })),
  {
    id: 'jumpcloud-deletes',
    title: 'A user is deleted',
    breaks: 'JC-23',
    noticedBy: ['jumpcloud.never-deletes'],
    change: request(
      ({ n }) => n === 20,
      () => ({ method: 'DELETE' }),
    ),
  },
  {
    id: 'jumpcloud-group-description',
    title: 'A group comes with a description',
    breaks: 'JC-40b',
    noticedBy: ['jumpcloud.group-name-only'],
    change: body(creatingGroups, group => ({ ...group, description: 'x' })),
  },
  {
    id: 'jumpcloud-second-group',
    title: 'A group is made although one of that name was found',
    breaks: 'JC-42',
    noticedBy: ['jumpcloud.takes-over-group'],
    change: found(/^\/Groups\?/, { id: '1', displayName: 'Tour Guides' }),
  },
  {
    id: 'jumpcloud-second-user',
    title: 'A user is made although one of that name was found',
    breaks: 'JC-13',
    noticedBy: ['jumpcloud.links-user'],
    change: found(/^\/Users\?filter/, { id: '1', userName: 'bjensen@example.com' }),
  },
];
