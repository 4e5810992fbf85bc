import type { Json } from '../wire/message.ts';
import type { Attribute } from './attribute.ts';

/** What each type of attribute takes as one value, in words. RFC 7643 section 2.3. */
export const typeWords = {
  string: 'a string',
  boolean: 'true or false',
  integer: 'a whole number',
  decimal: 'a number',
  dateTime: 'a date and time such as 2026-01-31T08:00:00Z',
  binary: 'a string',
  reference: 'a string',
  complex: 'an object',
} as const satisfies Record<Attribute['type'], string>;

/** Whether one value is of the type of its attribute, by itself: not what is inside an object, and not whether it is a list. */
export function isOfType({ type }: Pick<Attribute, 'type'>, value: Json): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'decimal':
      return typeof value === 'number';
    case 'complex':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'dateTime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    default:
      return typeof value === 'string';
  }
}
