/** An attempt at something at a service provider, by the name it has in Directory Insights (JC-53). */
export type ProvisioningEventType =
  | 'user_create_provision'
  | 'user_update_provision'
  | 'user_deprovision'
  | 'user_delete_provision'
  /** Only when a look-up that decides between create and update runs into a problem (JC-55). */
  | 'user_lookup_provision'
  | 'group_create_provision'
  | 'group_update_provision'
  | 'group_delete_provision';

/** What an admin tries to do to an integration (JC-53a). */
export type IntegrationEventType =
  'idm_integration_activate' | 'idm_integration_update' | 'idm_integration_reauth' | 'idm_integration_delete';

/** What an admin did in the directory (jumpcloud.md 3.4). */
export type AdminEventType =
  | 'user_create'
  | 'user_update'
  | 'user_delete'
  | 'user_suspended'
  | 'user_unsuspended'
  | 'user_activated'
  | 'group_create'
  | 'group_update'
  | 'group_delete'
  | 'association_change'
  | 'application_create'
  | 'application_update'
  | 'application_delete';

export type InsightsEventType = ProvisioningEventType | IntegrationEventType | AdminEventType;

/** One end of an association. */
interface Connected {
  readonly type: 'user' | 'user_group' | 'application';
  readonly object_id: string;
  readonly name: string;
}

/**
 * A Directory Insights event with the fields of jumpcloud.md 3.4. No real sample of a provisioning event is known, so which
 * fields one has is inferred (JC-Q40).
 */
export interface InsightsEvent {
  readonly id: string;
  readonly service: 'directory';
  readonly event_type: InsightsEventType;
  /** RFC 3339 in UTC with milliseconds. */
  readonly timestamp: string;
  readonly organization: string;
  /** False for an attempt that failed (JC-54b). */
  readonly success: boolean;
  /** Why it failed, or what was left out of something that went well (JC-Q33a). */
  readonly error_message?: string;
  readonly initiated_by: {
    readonly id: string;
    readonly type: 'admin' | 'system';
    readonly email?: string;
    readonly administrator?: boolean;
  };
  readonly resource?: {
    readonly type: 'user' | 'user_group' | 'application';
    readonly id: string;
    readonly name?: string;
    readonly username?: string;
  };
  readonly application?: { readonly id: string; readonly name: string; readonly display_label: string };
  readonly idm_client_id?: string;
  readonly changes?: readonly { readonly field: string; readonly from?: unknown; readonly to?: unknown }[];
  readonly association?: {
    readonly op: 'add' | 'remove';
    readonly action_source: string;
    readonly connection: { readonly from: Connected; readonly to: Connected };
  };
  readonly message_chain?: { readonly response_code: number; readonly response_message: string };
  readonly '@version': '1';
}

/** What is told of an event; the log adds the rest. */
export type Happening = Omit<
  InsightsEvent,
  'id' | 'service' | 'timestamp' | 'organization' | 'initiated_by' | '@version'
> & {
  readonly by: 'admin' | 'system';
};
