/** Data types of RFC 7643 section 2.3. */
export type AttributeType =
  'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'reference' | 'binary' | 'complex';
export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
export type Returned = 'always' | 'never' | 'default' | 'request';
export type Uniqueness = 'none' | 'server' | 'global';

/** One attribute with its characteristics (RFC 7643 section 7), written out whole: nothing is left to a default. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  readonly description: string;
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

/** A schema resource (RFC 7643 section 7). */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** A resource type (RFC 7643 section 6), its schemas resolved. */
export interface ResourceType {
  readonly name: string;
  /** Below the base URL: `/Users`. */
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[];
}

type Written = Partial<Omit<Attribute, 'name' | 'type'>>;

/** An attribute with the defaults of RFC 7643 section 2.2 filled in. */
export const attribute = (
  name: string,
  type: AttributeType,
  description: string,
  written: Written = {},
): Attribute => ({
  name,
  type,
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  description,
  ...written,
});

/** An attribute of type string; most are. */
export const string = (name: string, description: string, written: Written = {}): Attribute =>
  attribute(name, 'string', description, written);

/** A complex attribute. */
export const complex = (
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  written: Written = {},
): Attribute => attribute(name, 'complex', description, { ...written, subAttributes });

/**
 * A multi-valued complex attribute with the usual sub-attributes of RFC 7643 section 2.4: `value`, `display`, `type` and
 * `primary`.
 */
export const plural = (name: string, description: string, value: Attribute, types: readonly string[] = []): Attribute =>
  complex(
    name,
    description,
    [
      value,
      string('display', 'Name to show for the value.'),
      string('type', 'What the value is used for.', types.length > 0 ? { canonicalValues: types } : {}),
      attribute('primary', 'boolean', 'True for the one value that is preferred.'),
    ],
    { multiValued: true },
  );
