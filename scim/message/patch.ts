import type { Json } from '../wire/message.ts';
import { PATCH_OP } from './urn.ts';

/** What an operation does, as RFC 7644 section 3.5.2 writes it. */
type Verb = 'add' | 'remove' | 'replace';

/** One operation of a PATCH (RFC 7644 section 3.5.2). Some clients write the verb with a capital. */
export interface PatchOperation {
  readonly op: Verb | Capitalize<Verb>;
  readonly path?: string;
  readonly value?: Json;
}

/** The body of a PATCH request. */
export const patchOp = (operations: readonly PatchOperation[]) => ({
  schemas: [PATCH_OP],
  Operations: operations.map(operation => ({ ...operation })),
});

/** A value as it stands in a filter: a JSON literal (RFC 7644 figure 1). */
export const filterValue = (value: Json): string => JSON.stringify(value);
