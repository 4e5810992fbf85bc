import type { Draws } from './draw.ts';
import type { Person } from './model.ts';
import type { Position } from './positions.ts';
import type { GeneratorProfile } from './profile.ts';

/** Which group takes whom. */
interface GroupRule {
  readonly name: string;
  readonly description: string;
  readonly takes: (index: number, person: Person, position: Position, draws: Draws) => boolean;
}

function rulesOf({ departments, groups }: GeneratorProfile): readonly GroupRule[] {
  const { everyone, heads, contractors, more } = groups;
  const rules: readonly GroupRule[] = [
    { name: everyone, description: 'Everyone at the company', takes: () => true },
    ...(groups.departments ? departments : []).map(({ name, costCenter }) => ({
      name,
      description: `Department, ${costCenter}`,
      takes: (_index: number, { department }: Person) => department === name,
    })),
    { name: heads, description: 'Heads of departments', takes: (_index, _person, { place }) => place === 0 },
    ...more.map(({ name, description = '', share, departments }) => ({
      name,
      description,
      takes: (index: number, { department }: Person, _position: Position, draws: Draws) =>
        (departments?.includes(department) ?? true) && draws.spread(index, `group ${name}`) < share,
    })),
    {
      name: contractors,
      description: 'People who are not employed',
      takes: (_index, { employeeType }) => employeeType === 'Contractor',
    },
  ];
  return rules.filter(({ name }) => name !== '');
}

/** The groups of a profile, in order, whoever is in them. */
export const groupLayout = (profile: GeneratorProfile, suffix: string) =>
  rulesOf(profile).map(({ name, description }) => ({ name: suffixed(name, suffix), description }));

/** Names the groups of each person. */
export function createMemberships(
  profile: GeneratorProfile,
  suffix: string,
  draws: Draws,
): (index: number, person: Person, position: Position) => readonly string[] {
  const rules = rulesOf(profile);
  return (index, person, position) =>
    rules.filter(rule => rule.takes(index, person, position, draws)).map(({ name }) => suffixed(name, suffix));
}

const suffixed = (name: string, suffix: string): string => (suffix === '' ? name : `${name} ${suffix}`);
