import type { DirectoryState, Exchange } from '../record/index.ts';
import { countOf } from '../writers/kind.ts';
import type { ReportStep } from '../writers/report.ts';
import { afterExchange, type EndpointState, type Resource } from './endpoint-state.ts';

/** Somebody, or a group, on both sides after a step; a side is empty where there is nothing of the name. */
export interface SidesRow {
  readonly name: string;
  readonly kind: 'person' | 'group';
  readonly directory: string;
  readonly endpoint: string;
  /** What stood there after the step before, where it was something else. */
  readonly was: { readonly directory?: string; readonly endpoint?: string };
}

/** Both sides after a step. */
export interface BothSides {
  readonly rows: readonly SidesRow[];
  readonly directory: string;
  readonly endpoint: string;
}

/** Members that are named one by one. */
const NAMED = 3;

/** `ada, ben and 20 more`; `nobody` for none. */
export function namesOf(names: readonly string[], count: number): string {
  const shown = names.slice(0, count <= NAMED + 1 ? NAMED + 1 : NAMED);
  const rest = count - shown.length;
  if (count === 0) return 'nobody';
  if (rest > 0) return `${shown.join(', ')}${shown.length > 0 ? ' and ' : ''}${rest.toLocaleString('en-US')} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Both sides after each step of a story: the directory as it was told, the service provider as its answers tell. */
export function sidesOf(
  steps: readonly { readonly step: ReportStep; readonly exchanges: readonly Exchange[] }[],
): readonly BothSides[] {
  const known = { people: new Map<string, Known>(), groups: new Map<string, Known>() };
  let directory: DirectoryState | undefined;
  let endpoint: EndpointState = new Map();
  let before: ReadonlyMap<string, SidesRow> = new Map();
  return steps.map(({ step, exchanges }) => {
    directory = step.directory ?? directory;
    endpoint = exchanges.reduce(afterExchange, endpoint);
    if (directory) learn(known, directory);
    const rows = rowsOf(known, directory, endpoint).map((row): SidesRow => {
      const old = before.get(`${row.kind} ${row.name}`);
      const { directory: had = '', endpoint: stood = '' } = old ?? {};
      return {
        ...row,
        was: {
          ...(had !== row.directory && { directory: had }),
          ...(stood !== row.endpoint && { endpoint: stood }),
        },
      };
    });
    before = new Map(rows.map(row => [`${row.kind} ${row.name}`, row]));
    return { rows, ...totals(directory, endpoint) };
  });
}

/** What somebody or a group was ever called, so that the other side is found after a rename too. */
interface Known {
  readonly links: Set<string>;
  readonly names: Set<string>;
}

function learn(known: { people: Map<string, Known>; groups: Map<string, Known> }, state: DirectoryState): void {
  const take = (map: Map<string, Known>, alias: string, name: string, link: string | undefined): void => {
    const entry = map.get(alias) ?? { links: new Set<string>(), names: new Set<string>() };
    entry.names.add(name.toLowerCase());
    if (link !== undefined) entry.links.add(link);
    map.set(alias, entry);
  };
  for (const { name, email, link } of state.people) take(known.people, name, email, link);
  for (const { name, displayName, link } of state.groups) take(known.groups, name, displayName, link);
}

function rowsOf(
  known: { readonly people: ReadonlyMap<string, Known>; readonly groups: ReadonlyMap<string, Known> },
  directory: DirectoryState | undefined,
  endpoint: EndpointState,
): readonly Omit<SidesRow, 'was'>[] {
  const find = (kind: Resource['endpoint'], { links, names }: Known) =>
    [...endpoint].filter(
      ([key, { endpoint: of, name }]) =>
        of === kind && (links.has(key.slice(kind.length + 1)) || names.has(name.toLowerCase())),
    );
  const nameOfId = new Map(
    [...known.people].flatMap(([alias, one]) =>
      find('Users', one).map(([key]) => [key.slice('Users/'.length), alias] as const),
    ),
  );
  const order = directory?.people.map(({ name }) => name) ?? [];
  // Of many only the first are told of: who is not among them is not gone.
  const isTold = (name: string, told: readonly { readonly name: string }[] = [], count = 0): boolean =>
    told.length === count || told.some(each => each.name === name);
  const people = inOrder(known.people, order).flatMap(([name, one]) => {
    if (!isTold(name, directory?.people, directory?.peopleCount)) return [];
    const person = directory?.people.find(each => each.name === name);
    return {
      name,
      kind: 'person' as const,
      directory: person?.state ?? '',
      endpoint: find('Users', one)
        .map(([, { active }]) => (active ? 'active' : 'inactive'))
        .join(' and '),
    };
  });
  const groups = [...known.groups].flatMap(([name, one]) => {
    if (!isTold(name, directory?.groups, directory?.groupCount)) return [];
    const group = directory?.groups.find(each => each.name === name);
    return {
      name,
      kind: 'group' as const,
      directory: group ? `${group.bound ? 'bound' : 'not bound'}: ${namesOf(group.members, group.memberCount)}` : '',
      endpoint: find('Groups', one)
        .map(([, { members }]) => {
          const named = [...members].flatMap(id => nameOfId.get(id) ?? []);
          return namesOf(
            named.sort((a, b) => order.indexOf(a) - order.indexOf(b)),
            members.size,
          );
        })
        .join('; and again: '),
    };
  });
  return [...people, ...groups];
}

/** Those of the directory first, in its order; then who is gone. */
const inOrder = (
  known: ReadonlyMap<string, Known>,
  order: readonly string[],
): readonly (readonly [string, Known])[] => [
  ...order.flatMap(name => {
    const one = known.get(name);
    return one ? [[name, one] as const] : [];
  }),
  ...[...known].filter(([name]) => !order.includes(name)),
];

function totals(
  directory: DirectoryState | undefined,
  endpoint: EndpointState,
): { readonly directory: string; readonly endpoint: string } {
  const all = [...endpoint.values()];
  const users = all.filter(({ endpoint }) => endpoint === 'Users');
  const inactive = users.filter(({ active }) => !active).length;
  return {
    directory: directory
      ? `${countOf({ one: 'person', many: 'people' }, directory.peopleCount)}, ${countOf({ one: 'group', many: 'groups' }, directory.groupCount)}, provisioning ${directory.provisioning ? 'on' : 'off'}`
      : 'not in the record',
    endpoint: `${countOf({ one: 'user', many: 'users' }, users.length)}${inactive > 0 ? ` (${inactive.toLocaleString('en-US')} inactive)` : ''}, ${countOf({ one: 'group', many: 'groups' }, all.length - users.length)}`,
  };
}
