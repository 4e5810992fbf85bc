import { ScimError } from '../../scim/message/error.ts';

/** 400 `invalidValue`: a value is missing, or does not fit its attribute. */
export const invalidValue = (detail: string): ScimError => new ScimError(400, 'invalidValue', detail);

/** 400 `invalidSyntax`: the body does not have the shape of the message it should be. */
export const invalidSyntax = (detail: string): ScimError => new ScimError(400, 'invalidSyntax', detail);

/** 400 `mutability`: the change clashes with the mutability of an attribute. */
export const mutability = (detail: string): ScimError => new ScimError(400, 'mutability', detail);

/** 400 `invalidPath`: the path of a PATCH operation is malformed or names nothing in the schema. */
export const invalidPath = (detail: string): ScimError => new ScimError(400, 'invalidPath', detail);

/** 400 `noTarget`: the path of a PATCH operation yields nothing to work on. */
export const noTarget = (detail: string): ScimError => new ScimError(400, 'noTarget', detail);

/** 400 `invalidFilter`: the filter breaks the grammar, or asks of an attribute what its type cannot answer. */
export const invalidFilter = (detail: string): ScimError => new ScimError(400, 'invalidFilter', detail);

/** 403 `sensitive`: the request would probe an attribute that is never returned (RFC 7644 section 7.5.2). */
export const sensitive = (path: string): ScimError =>
  new ScimError(403, 'sensitive', `"${path}" is never returned, so resources are not selected or sorted by it.`);
