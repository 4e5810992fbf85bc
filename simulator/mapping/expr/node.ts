interface Placed {
  /** Code points before the word that errors point at. */
  readonly at: number;
}

export interface Literal extends Placed {
  readonly kind: 'literal';
  readonly value: null | boolean | bigint | number | string | Uint8Array;
}

/** A variable, or a member of the context. */
export interface Name extends Placed {
  readonly kind: 'name';
  readonly name: string;
}

/** The element that a predicate looks at: `#`, or `#index` and `#acc`. */
export interface Pointer extends Placed {
  readonly kind: 'pointer';
  readonly name: string;
}

export interface Unary extends Placed {
  readonly kind: 'unary';
  readonly operator: string;
  readonly operand: Node;
}

export interface Binary extends Placed {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Node;
  readonly right: Node;
}

/** `object.name`, `object[key]` and, when optional, the same behind `?.`. */
export interface Member extends Placed {
  readonly kind: 'member';
  readonly object: Node;
  readonly key: Node;
  readonly optional: boolean;
}

/** Where an optional member that meets nil ends. */
export interface Chain extends Placed {
  readonly kind: 'chain';
  readonly node: Node;
}

export interface Slice extends Placed {
  readonly kind: 'slice';
  readonly object: Node;
  readonly from: Node | undefined;
  readonly to: Node | undefined;
}

/** A function of the table, or of the caller. */
export interface Call extends Placed {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Node[];
}

/** A function that evaluates its predicate once for each element. */
export interface Loop extends Placed {
  readonly kind: 'loop';
  readonly name: string;
  readonly list: Node;
  readonly predicate: Node | undefined;
  readonly extra: Node | undefined;
}

/** `object.name(...)`: dates and durations have methods. */
export interface MethodCall extends Placed {
  readonly kind: 'method';
  readonly object: Node;
  readonly name: string;
  readonly args: readonly Node[];
  readonly optional: boolean;
}

export interface Conditional extends Placed {
  readonly kind: 'conditional';
  readonly condition: Node;
  readonly then: Node;
  readonly otherwise: Node;
}

export interface Let extends Placed {
  readonly kind: 'let';
  readonly name: string;
  readonly value: Node;
  readonly body: Node;
}

/** The value is that of the last. */
export interface Sequence extends Placed {
  readonly kind: 'sequence';
  readonly nodes: readonly Node[];
}

export interface List extends Placed {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface MapLiteral extends Placed {
  readonly kind: 'map';
  readonly pairs: readonly { readonly key: Node; readonly value: Node }[];
}

/** What the parser makes of a source. */
export type Node =
  | Literal
  | Name
  | Pointer
  | Unary
  | Binary
  | Member
  | Chain
  | Slice
  | Call
  | Loop
  | MethodCall
  | Conditional
  | Let
  | Sequence
  | List
  | MapLiteral;
