import type { InsightsEventType } from '../../simulator/insights/event.ts';

const types: { readonly [Type in InsightsEventType]: true } = {
  user_create_provision: true,
  user_update_provision: true,
  user_deprovision: true,
  user_delete_provision: true,
  user_lookup_provision: true,
  group_create_provision: true,
  group_update_provision: true,
  group_delete_provision: true,
  idm_integration_activate: true,
  idm_integration_update: true,
  idm_integration_reauth: true,
  idm_integration_delete: true,
  user_create: true,
  user_update: true,
  user_delete: true,
  user_suspended: true,
  user_unsuspended: true,
  user_activated: true,
  group_create: true,
  group_update: true,
  group_delete: true,
  association_change: true,
  application_create: true,
  application_update: true,
  application_delete: true,
};

/** Every type of event that the log can hold. */
export const insightsTypes: readonly string[] = Object.keys(types);

/** Whether the log can hold events of this type. */
export const isInsightsType = (type: string): type is InsightsEventType => Object.hasOwn(types, type);
