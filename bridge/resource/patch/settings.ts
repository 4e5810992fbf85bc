import type { WriteSettings } from '../write.ts';

/** Where service providers differ in how they take a PATCH. */
export interface PatchSettings extends WriteSettings {
  /**
   * What `remove` does with a value list: takes out the listed values, takes out all as the text of RFC 7644 section
   * 3.5.2.2 has it, or refuses. Default: listed.
   */
  readonly removeValue: 'listed' | 'all' | 'refuse';
  /** What `replace` does when its value filter matches nothing. Default: refuse with `noTarget`. */
  readonly unmatchedReplace: 'refuse' | 'create';
  /** What to do with an operation whose path names nothing in the schema. Default: refuse with `invalidPath`. */
  readonly unknownPath: 'refuse' | 'ignore';
  /** What to do with an operation whose path is readOnly. Default: refuse with `mutability`. */
  readonly readOnlyPath: 'refuse' | 'ignore';
}

/** Strict where the text is clear; what identity providers send beyond it passes. */
export const defaultSettings: PatchSettings = {
  removeValue: 'listed',
  unmatchedReplace: 'refuse',
  unknownPath: 'refuse',
  readOnlyPath: 'refuse',
  unknownAttributes: 'ignore',
  missingSchemas: 'refuse',
  booleanText: 'accept',
};
