/** Why an integration refuses something. The codes are stable. */
export type IntegrationErrorCode =
  /** The Base URL is missing, no URL, or without https (JC-3). */
  | 'base-url'
  /** A version of SCIM other than 2.0 (JC-Q43). */
  | 'scim-version'
  /** A custom connector is tested with an address of the admin's (W-3). */
  | 'test-email'
  /** The service provider behind the connector has no groups (JC-51). */
  | 'no-groups'
  /** The mapping of userName cannot be removed (JC-28a). */
  | 'required-mapping'
  /** A row of the mappings with an unknown field or a faulty expression. */
  | 'mapping'
  /** Something is asked of an integration that is switched off. */
  | 'inactive'
  /** An import broke off. */
  | 'import';

/** An admin's mistake about an integration, or an import that broke off. The message says what would be right. */
export class IntegrationError extends Error {
  readonly code: IntegrationErrorCode;
  constructor(code: IntegrationErrorCode, message: string) {
    super(message);
    this.name = 'IntegrationError';
    this.code = code;
  }
}
