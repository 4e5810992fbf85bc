import type * as FastCheck from 'fast-check';
import type { ControlActName } from '../../scim/control-acts.ts';

/** What is drawn for one step, before it is known who is there. Numbers stand for whoever is at that place, counted round. */
export interface Intent {
  readonly kind: Kind;
  readonly who: number;
  readonly what: number;
  readonly text: string;
}

/** What the means of a target allow beside the verbs of an admin. */
export interface Means {
  /** Acts of people and administrators on the account behind the endpoint. */
  readonly acts: readonly ControlActName[];
  /** Whether time can be moved. */
  readonly clock: boolean;
  /** Whether trouble can be made on the way. */
  readonly way: boolean;
}

/** Kinds of steps, and how often they are drawn where everything has been met as often as everything else. */
export const WEIGHTS = {
  hire: 5,
  'hire-again': 4,
  stage: 1,
  'create-group': 2,
  'create-again': 12,
  join: 16,
  'join-all': 2,
  leave: 9,
  edit: 10,
  clear: 1,
  move: 5,
  'let-expire': 2,
  unstage: 4,
  suspend: 10,
  reactivate: 12,
  dismiss: 3,
  'rename-group': 5,
  'delete-group': 4,
  'touch-group': 1,
  bind: 12,
  unbind: 4,
  'manage-groups': 2,
  activate: 10,
  deactivate: 3,
  reauthenticate: 1,
  map: 1,
  unmap: 1,
  'restore-mapping': 1,
  import: 1,
  present: 2,
  'present-group': 1,
  vanish: 1,
  account: 4,
  wait: 1,
  trouble: 1,
  refuse: 3,
} as const;

export type Kind = keyof typeof WEIGHTS;
export const kinds = Object.keys(WEIGHTS) as readonly Kind[];

const TEXTS = [
  'Analyst',
  'Ingénieure',
  '主任',
  "O'Neil",
  'von "Neu" Mann',
  'a\\b',
  'Zoë',
  'Ada  Byron',
  'x'.repeat(60),
];

/** Intents, each kind as often as its weight says. */
export const intents = (
  { array, constant, constantFrom, nat, oneof, record, string }: typeof FastCheck,
  weights: Readonly<Record<Kind, number>>,
  length: number,
): FastCheck.Arbitrary<readonly Intent[]> =>
  array(
    record({
      kind: oneof(...kinds.map(kind => ({ weight: weights[kind], arbitrary: constant(kind) }))),
      who: nat({ max: 999 }),
      what: nat({ max: 999 }),
      text: oneof(constantFrom(...TEXTS), string({ minLength: 1, maxLength: 12 }).map(readable)),
    }),
    { minLength: length, maxLength: length },
  );

/** Text that a name can be made of. */
const readable = (text: string): string => text.replace(/[^\w .,'()&-]/g, '').trim() || 'N';
