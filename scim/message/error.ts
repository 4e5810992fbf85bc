import type { Json, JsonObject } from '../wire/message.ts';
import { ERROR } from './urn.ts';

/** The error keywords of RFC 7644 table 9, each with the statuses it may stand under. */
export const scimTypes = {
  invalidFilter: [400],
  tooMany: [400],
  uniqueness: [409, 400],
  mutability: [400],
  invalidSyntax: [400],
  invalidPath: [400],
  noTarget: [400],
  invalidValue: [400],
  invalidVers: [400],
  sensitive: [403, 400],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type ScimType = keyof typeof scimTypes;

/** An error response (RFC 7644 section 3.12). `status` is text on the wire. */
export interface ErrorMessage extends JsonObject {
  readonly schemas: readonly string[];
  readonly status: string;
  readonly scimType?: ScimType;
  readonly detail: string;
}

/** A refusal with the status, keyword and words it is answered with. Its `detail` reaches the client. */
export class ScimError extends Error {
  readonly code = 'scim';
  readonly status: number;
  readonly scimType: ScimType | undefined;
  constructor(status: number, scimType: ScimType | undefined, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'ScimError';
    this.status = status;
    this.scimType = scimType;
  }

  /** The body it is answered with. */
  toMessage(): ErrorMessage {
    return {
      schemas: [ERROR],
      status: String(this.status),
      ...(this.scimType && { scimType: this.scimType }),
      detail: this.message,
    };
  }
}

/** True for a body that is an error message by its schema. */
export const isErrorMessage = (body: Json | undefined): body is ErrorMessage => declares(body, ERROR);

/** True when a body is an object whose `schemas` holds the URN, in any case. */
export function declares(body: Json | undefined, urn: string): body is JsonObject {
  return schemasOf(body).some(schema => schema.toLowerCase() === urn.toLowerCase());
}

/** The `schemas` of a body; empty when it has none, or is no object. */
export function schemasOf(body: Json | undefined): readonly string[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const schemas = (body as JsonObject)['schemas'];
  return Array.isArray(schemas) ? schemas.filter(schema => typeof schema === 'string') : [];
}
