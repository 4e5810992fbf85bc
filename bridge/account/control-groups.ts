import { ControlError, type AccountGroup, type Control } from '../../scim/target.ts';
import { groupOf, personOf, type Desk, type Offer } from './desk.ts';
import type { GroupRecord } from './state.ts';

type GroupControl = Required<
  Pick<Control, 'addGroup' | 'setMembers' | 'setPermissions' | 'selectGroups' | 'unselectGroups' | 'groups'>
>;

/** What administrators do about groups. */
export function groupControl(desk: Desk, offer: Offer): GroupControl {
  const { state, core } = desk;
  const view = ({ id }: GroupRecord): AccountGroup => core().groups.view(groupOf(desk, id));
  /** A group that is named twice is one. */
  const named = (keys: readonly string[]): readonly GroupRecord[] => [...new Set(keys.map(key => groupOf(desk, key)))];
  const ids = (keys: readonly string[]): readonly string[] => keys.map(key => personOf(desk, key).id);

  return {
    addGroup: offer(({ name, members = [], permissions = [] }) => {
      if (name.trim() === '') throw new ControlError(400, 'a group takes a name that is not blank');
      return view(core().groups.add(name, ids(members), permissions, 'administrator'));
    }),
    setMembers: offer(({ group, members }) => {
      const record = groupOf(desk, group);
      core().groups.setMembers(record, ids(members));
      return view(record);
    }),
    setPermissions: offer(({ group, permissions }) => {
      const record = groupOf(desk, group);
      core().groups.setPermissions(record, permissions);
      return view(record);
    }),
    selectGroups: offer(({ groups }) => {
      const records = named(groups);
      core().groups.select(records);
      return records.map(view);
    }),
    unselectGroups: offer(({ groups }) => {
      const records = named(groups);
      for (const record of records) core().groups.unselect(record, 'OP-37a');
      return records.map(view);
    }),
    groups: offer(() => [...state.groups.values()].map(record => core().groups.view(record))),
  };
}
