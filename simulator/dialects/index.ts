import type { Dialect } from './dialect.ts';
import { entra, entraAadoptscim062020 } from './entra.ts';
import { jumpcloud } from './jumpcloud.ts';
import { okta, oktaOin } from './okta.ts';
import { plain } from './plain.ts';

export type { Dialect, GroupChange, Member, Write } from './dialect.ts';
export { jumpcloud } from './jumpcloud.ts';
export { plain } from './plain.ts';

/** Every dialect there is. */
export const dialects: readonly Dialect[] = [jumpcloud, okta, oktaOin, entra, entraAadoptscim062020, plain];
