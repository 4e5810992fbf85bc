/** What a connector asks for and offers (JC-Q45, JC-1a, JC-51). */
export interface Connector {
  readonly id: string;
  readonly title: string;
  /** Whether activation makes, changes and deletes a test user and group, for which an address is asked (W-2, W-3). */
  readonly testsWithUser: boolean;
  /** Whether the service provider has groups (JC-51). */
  readonly groups: boolean;
}

/** Every connector there is. The first is used where none is named. */
export const connectors = [
  { id: '1password', title: '1Password', testsWithUser: false, groups: true },
  { id: 'custom', title: 'Custom SCIM integration', testsWithUser: true, groups: true },
  { id: 'people-only', title: 'A service provider without groups', testsWithUser: false, groups: false },
] as const satisfies readonly Connector[];

export type ConnectorId = (typeof connectors)[number]['id'];

/** The connector of an id. */
export const connectorOf = (id: ConnectorId): Connector => connectors.find(each => each.id === id) ?? connectors[0];

/** What the form of an integration holds. Without a Base URL the pipe knows where to go, and who asks. */
export interface Connection {
  /** As typed: a slash at the end is kept (JC-2b). */
  readonly baseUrl?: string;
  /** Sent as bearer credential (JC-1b). */
  readonly token?: string;
  /** Of a user that is new at the service provider (W-3, W-4). */
  readonly testEmail?: string;
  /** Default 2.0. */
  readonly scimVersion?: string;
}
