import { suggest } from '../text/suggest.ts';
import { CROWD } from './step.ts';

type Kind = 'person' | 'group';

/** A mistake without its place. */
export interface Mistaken {
  readonly code:
    'id' | 'empty' | 'unknown-person' | 'unknown-group' | 'wrong-kind' | 'taken' | 'gone' | 'rule' | 'value' | 'order';
  /** The word that is wrong. */
  readonly word?: string;
  readonly message: string;
}

/** The aliases that are known at one point of a story. Each call gives what is wrong with the name. */
export interface Names {
  add(name: string, kind: Kind): readonly Mistaken[];
  /** `acting`: it has to be there still; expectations may look back. */
  need(name: string, kind: Kind, acting: boolean): readonly Mistaken[];
  /** A person or a group. */
  any(name: string): readonly Mistaken[];
  remove(name: string): void;
}

/** @param hasCrowd whether the story asks for a crowd */
export function createNames(hasCrowd: boolean): Names {
  const kinds = new Map<string, Kind>(hasCrowd ? [[CROWD, 'person']] : []);
  const gone = new Set<string>();
  const unknown = (name: string, kind: Kind, known: readonly string[]): readonly Mistaken[] => [
    {
      code: `unknown-${kind}`,
      word: name,
      message: `there is no ${kind} "${name}" up to here; ${hint(name, kind, known)}`,
    },
  ];
  const named = (kind: Kind): readonly string[] => [...kinds].filter(([, of]) => of === kind).map(([of]) => of);
  return {
    add(name, kind) {
      if (name === CROWD) {
        return [{ code: 'taken', word: name, message: `"${CROWD}" stands for the crowd; use another name` }];
      }
      if (!/^[a-z][\w-]*$/i.test(name)) {
        const message = `"${name}" is no name for a story to use; write letters and digits, such as ada`;
        return [{ code: 'value', word: name, message }];
      }
      if (kinds.has(name)) {
        return [{ code: 'taken', word: name, message: `"${name}" is in use already; use another name` }];
      }
      kinds.set(name, kind);
      return [];
    },
    need(name, kind, acting) {
      const found = kinds.get(name);
      if (found === undefined) return unknown(name, kind, named(kind));
      if (found !== kind) {
        const message = `"${name}" is a ${found}, and a ${kind} belongs here`;
        return [{ code: 'wrong-kind', word: name, message }];
      }
      return acting && gone.has(name)
        ? [{ code: 'gone', word: name, message: `the ${kind} "${name}" was deleted by an earlier step` }]
        : [];
    },
    any: name => (kinds.has(name) ? [] : unknown(name, 'person', [...kinds.keys()])),
    remove: name => void gone.add(name),
  };
}

function hint(name: string, kind: Kind, known: readonly string[]): string {
  const near = suggest(name, known);
  if (near !== '') return near.replace(/^ \(|\)$/g, '').replace(/mean (.+)\?/, 'mean "$1"?');
  if (known.length > 0) return `known: ${known.join(', ')}`;
  return kind === 'person' ? 'hire somebody first' : 'create a group first';
}
