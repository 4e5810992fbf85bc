import type { Column } from './people-columns.ts';

/** Tells a mistake in a cell. */
type Wrong = (message: string) => void;

/** A column that says a part of a list. */
export type PartColumn = Extract<Column, { readonly kind: 'address' | 'phone' | 'attribute' | 'group' }>;

/** The lists of somebody, gathered from the cells of a row: parts in columns of their own, or a whole list as JSON. */
export interface Lists {
  part(column: PartColumn, cell: string, wrong: Wrong): void;
  whole(field: string, cell: string, wrong: Wrong): void;
  /** Names of groups, and the lists that a system user has. */
  done(): { readonly groups: readonly string[]; readonly members: Readonly<Record<string, unknown>> };
}

/** The lists that parts belong to. */
export const LIST_OF = {
  address: 'addresses',
  phone: 'phoneNumbers',
  attribute: 'attributes',
  group: 'groups',
} as const satisfies Record<PartColumn['kind'], string>;

/** Of a row without cells so far. Entries come in the order of their first cell that holds something. */
export function createLists(): Lists {
  const addresses = new Map<string, Record<string, string>>();
  const phones: object[] = [];
  const attributes = new Map<number, { name: string; value: string; wrong: Wrong }>();
  const groups: string[] = [];
  const whole = new Map<string, { readonly list: readonly unknown[]; readonly wrong: Wrong }>();

  return {
    part(column, cell, wrong) {
      if (cell === '') return;
      if (column.kind === 'group') groups.push(cell);
      else if (column.kind === 'phone') phones.push({ type: column.type, number: cell });
      else if (column.kind === 'address') {
        const address = addresses.get(column.type) ?? { type: column.type };
        addresses.set(column.type, address);
        if (address[column.member] !== undefined) wrong('another column says the same; leave one out');
        address[column.member] = cell;
      } else {
        const attribute = attributes.get(column.number) ?? { name: '', value: '', wrong };
        attribute[column.part] = cell;
        attributes.set(column.number, attribute);
      }
    },
    whole(field, cell, wrong) {
      const list = listIn(cell);
      if (list) whole.set(field, { list, wrong });
      else wrong('the cell holds no list as JSON; write one such as [], or leave it empty');
    },
    done() {
      for (const { name, wrong } of attributes.values()) {
        if (name === '') wrong('a custom attribute has a value and no name; fill in the column of its name');
      }
      const parts: Record<string, readonly unknown[]> = {
        addresses: [...addresses.values()],
        phoneNumbers: phones,
        attributes: [...attributes].sort(([a], [b]) => a - b).map(([, { name, value }]) => ({ name, value })),
        groups,
      };
      const all: Record<string, readonly unknown[]> = { ...parts };
      for (const [field, { list, wrong }] of whole) {
        if (parts[field]?.length) wrong('other columns say the same; leave either out');
        all[field] = list;
        if (field === 'groups' && !areNames(list)) wrong('groups are names, as text; write ["Engineering"]');
      }
      const { groups: named = [], ...members } = all;
      return { groups: areNames(named) ? named : [], members };
    },
  };
}

/** Whether a list holds names of groups and nothing else. */
export const areNames = (list: unknown): list is readonly string[] =>
  Array.isArray(list) && list.every(name => typeof name === 'string' && name !== '');

function listIn(cell: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(cell);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
