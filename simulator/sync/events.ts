import type { RuleId } from '../../conformance/clauses/index.ts';
import type { Operation } from '../admin.ts';
import type { Application } from '../directory/model.ts';
import type { Happening, IntegrationEventType, ProvisioningEventType } from '../insights/event.ts';
import type { InsightsLog } from '../insights/log.ts';
import type { Follows } from './access.ts';
import type { Tell } from './attempt.ts';
import { isAboutConnection, isAboutGroups, type ConnectionKind } from './operation.ts';

/** What an operation is an attempt at, where it never came to one. */
const EVENTS = {
  'test-connection': 'idm_integration_activate',
  'check-connection': 'idm_integration_update',
  'check-credentials': 'idm_integration_reauth',
  'provision-user': 'user_create_provision',
  'update-user': 'user_update_provision',
  'deactivate-user': 'user_deprovision',
  'delete-user': 'user_delete_provision',
  'ensure-group': 'group_create_provision',
  'rename-group': 'group_update_provision',
  'delete-group': 'group_delete_provision',
  'add-member': 'group_update_provision',
  'remove-member': 'group_update_provision',
} as const satisfies Readonly<Record<Operation['kind'], IntegrationEventType | ProvisioningEventType>>;

/** The rule that has each event recorded. */
const RULES = {
  idm_integration_activate: 'JC-4',
  idm_integration_update: 'JC-5',
  idm_integration_reauth: 'JC-6a',
  idm_integration_delete: 'JC-7d',
  user_create_provision: 'JC-53b',
  user_update_provision: 'JC-53c',
  user_deprovision: 'JC-53d',
  user_delete_provision: 'JC-53e',
  user_lookup_provision: 'JC-53f',
  group_create_provision: 'JC-53g',
  group_update_provision: 'JC-53h',
  group_delete_provision: 'JC-53i',
} as const satisfies Readonly<Record<IntegrationEventType | ProvisioningEventType, RuleId>>;

/** Puts what one integration does into the log. */
export interface IntegrationEvents {
  readonly tell: Tell;
  /** What an admin tried; a reason where it failed (JC-4, JC-5, JC-6a, JC-7d). */
  onIntegration(type: IntegrationEventType, reason?: string): void;
  /** An operation of the connection ended. */
  onChecked(kind: ConnectionKind, reason: string): void;
  /** Operations that were dropped before they were tried (JC-Q42). */
  onDropped(operations: readonly Operation[], reason: string): void;
}

/** Events of the integration of an application. */
export function createEvents(log: InsightsLog, application: () => Application, follows: Follows): IntegrationEvents {
  const record = (
    happening: Omit<Happening, 'application' | 'idm_client_id' | 'event_type'>,
    type: keyof typeof RULES,
  ) => {
    if (
      !follows(RULES[type]) ||
      (type.startsWith('idm_') && !follows('JC-53a')) ||
      (!happening.success && !follows('JC-54a'))
    )
      return;
    const { id, name, displayLabel } = application();
    const about = { application: { id, name, display_label: displayLabel }, idm_client_id: id };
    const { error_message: _message, ...silenced } = happening;
    log.record({ event_type: type, ...(follows('JC-54b') ? happening : { ...silenced, success: true }), ...about });
  };
  const failed = (reason: string) => (reason === '' ? { success: true } : { success: false, error_message: reason });
  const onIntegration = (type: IntegrationEventType, reason = '') => record({ by: 'admin', ...failed(reason) }, type);
  return {
    tell(type, resource, { trouble, problems = [], changes = [] }) {
      const message = trouble?.message ?? problems.join('; ');
      record(
        {
          by: 'system',
          success: trouble === undefined,
          resource,
          ...(message !== '' && { error_message: message }),
          ...(changes.length > 0 && { changes }),
          ...(trouble?.status !== undefined && {
            message_chain: { response_code: trouble.status, response_message: trouble.message },
          }),
        },
        type,
      );
    },
    onIntegration,
    onChecked: (kind, reason) => onIntegration(EVENTS[kind], reason),
    onDropped(operations, reason) {
      for (const { kind, person = '', group = '' } of operations) {
        if (isAboutConnection(kind)) onIntegration(EVENTS[kind], reason);
        else record({ by: 'system', ...failed(reason), resource: resourceOf(kind, person, group) }, EVENTS[kind]);
      }
    },
  };
}

const resourceOf = (kind: Operation['kind'], person: string, group: string): NonNullable<Happening['resource']> =>
  isAboutGroups(kind) ? { type: 'user_group', id: group } : { type: 'user', id: person };
