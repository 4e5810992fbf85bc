import type { Dialect } from './dialect.ts';
import { jumpcloud } from './jumpcloud.ts';
import { plain } from './plain.ts';

export type { Dialect } from './dialect.ts';
export { jumpcloud } from './jumpcloud.ts';
export { plain } from './plain.ts';

/** Every dialect there is. */
export const dialects: readonly Dialect[] = [jumpcloud, plain];
