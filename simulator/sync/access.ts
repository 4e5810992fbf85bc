import type { RuleId } from '../../conformance/clauses/index.ts';
import type { DirectoryView } from '../directory/directory.ts';
import type { Application, Person } from '../directory/model.ts';
import type { JumpCloudSettings } from './settings.ts';

/** Whether a rule is in force. All are, except in the tests that prove each of them. */
export type Follows = (rule: RuleId) => boolean;

/** The directory as one application sees it, and who has access to that application. */
export interface ApplicationView extends Pick<
  DirectoryView,
  'person' | 'group' | 'groupName' | 'people' | 'groupsOf' | 'isMember'
> {
  readonly id: string;
  application(): Application;
  isBound(group: string): boolean;
  /** Ids of the bound groups a person is in: what gives them access (JC-11). */
  boundGroupsOf(person: string): readonly string[];
  /** Whether a person's state lets their account be active: neither staged nor suspended, password not expired. */
  isUsable(person: Person): boolean;
  /** Whether a person's account is to be active now: they are there, their state allows it, a bound group gives access. */
  isEntitled(person: string): boolean;
}

/** What an application sees of a directory depends on. */
export interface ViewOptions {
  readonly settings: Pick<JumpCloudSettings, 'expiredPassword'>;
  /** Whether the service provider has groups: none are managed otherwise (JC-51). */
  readonly hasGroups: boolean;
  readonly follows: Follows;
}

/** What the rules of access make of a directory for one of its applications. */
export function viewOf(
  directory: DirectoryView,
  id: string,
  { settings, hasGroups, follows }: ViewOptions,
): ApplicationView {
  const { expiredPassword } = settings;
  const { person, group, groupName, people, groupsOf, isMember } = directory;
  const isBound = (each: string): boolean => directory.isBound(each, id);
  const boundGroupsOf = (each: string): readonly string[] => groupsOf(each).filter(isBound);
  const isUsable = ({ state, passwordExpired }: Person): boolean =>
    (state === 'ACTIVATED' || (state === 'STAGED' && !follows('JC-Q16'))) &&
    !(passwordExpired && expiredPassword === 'inactive' && follows('JC-Q15'));
  return {
    person,
    group,
    groupName,
    people,
    groupsOf,
    isMember,
    id,
    application() {
      const application = directory.application(id);
      return hasGroups || !follows('JC-51') ? application : { ...application, manageGroups: false };
    },
    isBound,
    boundGroupsOf,
    isUsable,
    isEntitled(each) {
      const known = person(each);
      return known !== undefined && isUsable(known) && (!follows('JC-11') || boundGroupsOf(each).length > 0);
    },
  };
}
