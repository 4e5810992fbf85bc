import type { AccountOptions } from '../../bridge/index.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { same, text } from './passage.ts';
import type { Seen, Shown } from './world.ts';

/** Where SCIM and the account do not agree. */
export function disagreements({ people, groups }: Seen, shown: Shown, wire: AccountOptions['wire']): readonly string[] {
  const faults: string[] = [];
  const ids = (of: readonly { readonly id?: unknown }[]): readonly string[] => of.map(({ id }) => text(id)).toSorted();
  const members = people.filter(({ role }) => role !== 'guest');
  if (!same(ids(members), ids(shown.users)))
    faults.push(`SCIM shows the people ${ids(shown.users).join(' ')}, not ${ids(members).join(' ')}`);
  for (const { id, address, state } of members) {
    const user = shown.users.find(user => user['id'] === id);
    const active = state !== 'suspended' && state !== 'transfer-suspended';
    if (user?.['active'] !== active)
      faults.push(`${address} is ${state}, and active: ${JSON.stringify(user?.['active'])}`);
    if (user?.['userName'] !== address) faults.push(`${address} is shown as ${JSON.stringify(user?.['userName'])}`);
  }
  const managed = groups.filter(group => group.managed);
  if (!same(ids(managed), ids(shown.groups)))
    faults.push(`SCIM shows the groups ${ids(shown.groups).join(' ')}, not ${ids(managed).join(' ')}`);
  const visible = new Set(members.map(({ id }) => id));
  for (const { id, name, members } of managed) {
    const group = shown.groups.find(group => group['id'] === id);
    if (group?.['displayName'] !== name) faults.push(`${name} is shown as ${JSON.stringify(group?.['displayName'])}`);
    const held = Array.isArray(group?.['members'])
      ? (group['members'] as readonly JsonObject[]).map(({ value }) => ({ id: value }))
      : [];
    if (wire === 'normal' && !same(ids(held), members.filter(one => visible.has(one)).toSorted())) {
      faults.push(`${name} is shown with ${ids(held).join(' ')}, not ${members.join(' ')}`);
    }
  }
  return faults;
}
