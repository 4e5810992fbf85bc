import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { isWritable, type DeclaredAttribute } from './declared.ts';
import { DOMAIN } from './template.ts';

/** One certificate for tests, DER in base64 (RFC 7643 section 4.1.2); its key was thrown away. */
const CERTIFICATE =
  'MIIBbjCCARWgAwIBAgIUY+gW8s3VqWP3uvI+isgnOpOmA8EwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjIwMjEwMzdaGA8yMTI2MTAy' +
  'OTAyMTAzN1owDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKYka7AYPpjYfsQH8ZlYN8/5n6o1AuQNjqw66uSdcvAJKa+zvo/3' +
  '9UvZ9aQuBhYLGkwO2/fG7IvyL0JXzjMSpBCjUzBRMB0GA1UdDgQWBBSwV+Zx3RUdvAZDfUXv60KBcfxoyzAfBgNVHSMEGDAWgBSwV+Zx3RUdvAZDfUXv' +
  '60KBcfxoyzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIEpbioCQcAPIG3CXKduU2luZExMhEfRCy8uZFgoirwT6AiAr7bzlPJkHb04Z' +
  'PIINgcnFitF/1uhe510Ulz8/gVRi3g==';

/** Text in the form that RFC 7643 section 4.1 prescribes for the attribute; two of each, so that one can replace another. */
const forms: readonly (readonly [name: RegExp, first: string, second: string])[] = [
  [/country$/i, 'US', 'FR'],
  [/locale$/i, 'en-US', 'fr-FR'],
  [/language$/i, 'en', 'fr'],
  [/time-?zone$/i, 'Europe/Paris', 'America/New_York'],
  [/phone|fax/i, 'tel:+1-201-555-0123', 'tel:+1-201-555-0199'],
  [/postalCode$/i, '97403', '97404'],
];

/** Makes names that nothing else on the target has; addresses and URLs end in its domain, a reserved one by default. */
export type Unique = ((label: string) => string) & { readonly domain?: string };

/**
 * A value for the attribute, in the JSON form of its type; `turn` picks one of two that differ. Undefined where none can be
 * given: a reference to a resource, a complex attribute without anything writable, an unknown type.
 */
export function sampleOf(attribute: DeclaredAttribute, unique: Unique, turn: 0 | 1 = 0): Json | undefined {
  const one = singleOf(attribute, unique, turn);
  return one !== undefined && attribute.multiValued ? [one] : one;
}

function singleOf(attribute: DeclaredAttribute, unique: Unique, turn: 0 | 1): Json | undefined {
  const { type, name, path, canonicalValues, referenceTypes, subAttributes } = attribute;
  const canonical = canonicalValues[Math.min(turn, canonicalValues.length - 1)];
  switch (type) {
    case 'string':
      return canonical ?? textOf(path, name, unique, turn);
    case 'boolean':
      return turn === 0;
    case 'integer':
      return 7 + turn;
    case 'decimal':
      return 1.5 + turn;
    case 'dateTime':
      return `202${turn}-02-03T04:05:06Z`;
    case 'binary':
      return turn === 0 || /certificate/i.test(path) ? CERTIFICATE : 'c2NpbXVsYXRvcg==';
    case 'reference':
      return referenceTypes.length > 0 && !referenceTypes.some(kind => /^(?:external|uri)$/i.test(kind))
        ? undefined
        : `https://${unique.domain ?? DOMAIN}/${unique('page')}`;
    case 'complex':
      return complexOf(subAttributes, unique, turn);
    default:
      return undefined;
  }
}

function textOf(path: string, name: string, unique: Unique, turn: 0 | 1): string {
  if (/e-?mail/i.test(path) && !/display|type/i.test(name)) return `${unique('mail')}@${unique.domain ?? DOMAIN}`;
  const form = forms.find(([pattern]) => pattern.test(name) || (name === 'value' && pattern.test(path)));
  if (form) return form[1 + turn] as string;
  return unique(turn === 0 ? 'First' : 'Second');
}

/** A label of which nothing says what it may be: a provider may keep to a vocabulary that it publishes nowhere. */
const isUnknownLabel = ({ name, canonicalValues }: DeclaredAttribute): boolean =>
  name === 'type' && canonicalValues.length === 0;

/** Every writable part; `primary` is left to checks of its own, and what cannot be given is left out. */
function complexOf(parts: readonly DeclaredAttribute[], unique: Unique, turn: 0 | 1): JsonObject | undefined {
  const entries = parts
    .filter(part => isWritable(part) && !['primary', '$ref', 'display'].includes(part.name) && !isUnknownLabel(part))
    .map(part => [part.name, sampleOf(part, unique, turn)] as const)
    .filter((entry): entry is readonly [string, Json] => entry[1] !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The same reduced to what the schema demands, or to the most telling part. */
export function minimalOf(attribute: DeclaredAttribute, unique: Unique): Json | undefined {
  if (attribute.type !== 'complex') return sampleOf(attribute, unique);
  const demanded = attribute.subAttributes.filter(({ required }) => required);
  const value = attribute.subAttributes.filter(({ name }) => name === 'value');
  const parts = demanded.length > 0 ? demanded : value.length > 0 ? value : attribute.subAttributes.slice(0, 1);
  return sampleOf({ ...attribute, subAttributes: parts }, unique);
}
