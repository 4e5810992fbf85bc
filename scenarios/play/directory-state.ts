import type { DirectoryState } from '../../reports/record/event.ts';
import { DirectoryError } from '../../simulator/directory/error.ts';
import type { Person } from '../../simulator/directory/model.ts';
import { CROWD } from '../step.ts';
import type { Actor } from './actor.ts';
import type { Cast } from './cast.ts';

/** People and groups that are told of one by one, and members of one group; the others are counted. */
const TOLD = 12;

/** What the identity provider has, in short: whom the story calls by a name comes before the crowd. */
export function directoryState(admin: Actor, cast: Pick<Cast, 'aliasOf'>): DirectoryState {
  const people = admin.people();
  const groups = admin.groups();
  const application = applicationOf(admin);
  const byId = new Map(people.map(person => [person.id, person]));
  const isOfCrowd = (id: string): number => (cast.aliasOf(id) === CROWD ? 1 : 0);
  const named = (id: string): string => {
    const alias = cast.aliasOf(id);
    return alias === undefined || alias === CROWD ? localPart(byId.get(id)) : alias;
  };
  const link = (id: string) => {
    const linked = application && admin.linkOf(id);
    return linked !== undefined && { link: linked };
  };
  const namedFirst = (ids: readonly string[]) => ids.toSorted((one, other) => isOfCrowd(one) - isOfCrowd(other));
  return {
    provisioning: application?.active ?? false,
    people: namedFirst(people.map(({ id }) => id))
      .slice(0, TOLD)
      .flatMap(id => {
        const person = byId.get(id);
        return person ? { name: named(id), email: person.email, state: stateOf(person), ...link(id) } : [];
      }),
    peopleCount: people.length,
    groups: groups.slice(0, TOLD).map(({ id, name, members }) => ({
      name: cast.aliasOf(id) ?? name,
      displayName: name,
      bound: application?.boundGroups.includes(id) ?? false,
      members: namedFirst(members).slice(0, TOLD).map(named),
      memberCount: members.length,
      ...link(id),
    })),
    groupCount: groups.length,
  };
}

/** The application, where there still is one. */
function applicationOf(admin: Actor) {
  try {
    return admin.application();
  } catch (error) {
    if (error instanceof DirectoryError) return undefined;
    throw error;
  }
}

const localPart = (person: Person | undefined): string => person?.email.replace(/@.*$/, '') ?? '';

const WORDS = { STAGED: 'staged', ACTIVATED: 'active', SUSPENDED: 'suspended' } as const;

const stateOf = ({ state, passwordExpired }: Person): string =>
  state === 'ACTIVATED' && passwordExpired ? 'password expired' : WORDS[state];
