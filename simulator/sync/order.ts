/** Something that waits for its turn. */
interface Waiting<T> {
  readonly item: T;
  /** Its place in the order of adding. */
  readonly n: number;
  /** How many it still waits for. */
  waits: number;
  /** Those that wait for it. */
  readonly behind: Waiting<T>[];
  /** What it holds up until it is done. */
  readonly keys: readonly string[];
  state: 'waiting' | 'under way' | 'over';
}

/** What an item has to keep its place with. */
export interface Place {
  /** Items that share one of these go one after the other. */
  readonly keys: readonly string[];
  /** Items with these keys go first, and hold up nobody. */
  readonly after: readonly string[];
  /** Everything before goes first, everything behind waits. */
  readonly alone: boolean;
}

/** Items in an order that holds only where it has to: whatever shares no key may be under way at the same time. */
export interface Order<T> {
  add(item: T, place: Place): void;
  /** The first that may start now; undefined when all that is left waits for something under way. */
  take(): T | undefined;
  /** It is over: what waited for it may start. */
  done(item: T): void;
  /** Takes out what has not started, in order. */
  drop(concerns: (item: T) => boolean): readonly T[];
  /** What has not started, in the order of adding. */
  waiting(): readonly T[];
}

/** An empty order. Adding and taking cost the logarithm of what waits at most. */
export function createOrder<T extends object>(): Order<T> {
  const all = new Map<T, Waiting<T>>();
  /** The last one of each key that is not over. */
  const last = new Map<string, Waiting<T>>();
  const ready: Waiting<T>[] = [];
  let barrier: Waiting<T> | undefined;
  let added = 0;

  const end = (one: Waiting<T>) => {
    one.state = 'over';
    all.delete(one.item);
    for (const key of one.keys) if (last.get(key) === one) last.delete(key);
    if (barrier === one) barrier = undefined;
    for (const next of one.behind) {
      next.waits -= 1;
      if (next.waits === 0 && next.state === 'waiting') push(ready, next);
    }
  };
  return {
    add(item, { keys, after, alone }) {
      const one: Waiting<T> = { item, n: ++added, waits: 0, behind: [], keys, state: 'waiting' };
      const before = new Set(alone ? all.values() : [...keys, ...after].flatMap(key => last.get(key) ?? []));
      if (barrier) before.add(barrier);
      for (const other of before) other.behind.push(one);
      one.waits = before.size;
      all.set(item, one);
      for (const key of keys) last.set(key, one);
      if (alone) barrier = one;
      if (one.waits === 0) push(ready, one);
    },
    take() {
      for (let one = pop(ready); one; one = pop(ready)) {
        if (one.state !== 'waiting') continue;
        one.state = 'under way';
        return one.item;
      }
      return undefined;
    },
    done(item) {
      const one = all.get(item);
      if (one) end(one);
    },
    drop(concerns) {
      const dropped = [...all.values()].filter(({ item, state }) => state === 'waiting' && concerns(item));
      for (const one of dropped) end(one);
      return dropped.map(({ item }) => item);
    },
    waiting: () => [...all.values()].filter(({ state }) => state === 'waiting').map(({ item }) => item),
  };
}

/** A heap: the parent of `at` is at `(at - 1) >> 1` and never greater. */
function push<T>(heap: Waiting<T>[], one: Waiting<T>): void {
  let at = heap.length;
  heap.push(one);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (!parent || parent.n < one.n) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = one;
}

function pop<T>(heap: Waiting<T>[]): Waiting<T> | undefined {
  const first = heap[0];
  const moved = heap.pop();
  if (!first || !moved || first === moved) return first;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const goesRight = left !== undefined && right !== undefined && right.n < left.n;
    const child = goesRight ? right : left;
    if (!child || child.n > moved.n) break;
    heap[at] = child;
    at = 2 * at + (goesRight ? 2 : 1);
  }
  heap[at] = moved;
  return first;
}
