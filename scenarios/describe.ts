import { durationText } from './duration.ts';
import { listed } from './expectation.ts';
import type { Details, Step } from './step.ts';

/** A step as one line for a reader: "ada joins eng and ops". */
export function describeStep(step: Step): string {
  return step.attempt ? `an attempt: ${describe(step)}` : describe(step);
}

function describe(step: Step): string {
  switch (step.verb) {
    case 'hire':
      return `${step.person} is hired${withDetails(step.details)}`;
    case 'join':
    case 'leave':
      return `${step.person} ${step.verb}s ${listed(step.groups)}`;
    case 'change':
      return `the record of ${step.person} is edited${withDetails(step.details)}`;
    case 'create-group':
      return `the group ${step.group} is created as "${step.name}"`;
    case 'rename-group':
      return `the group ${step.group} is renamed to "${step.name}"`;
    case 'manage-groups':
      return `management of groups is switched ${step.on ? 'on' : 'off'}`;
    case 'map':
      return `${step.mapping.target} is mapped`;
    case 'unmap':
      return `the mapping of ${step.target} is removed`;
    case 'import':
      return `the users of the service provider are imported${step.create ? ', new people included' : ''}`;
    case 'delete-application':
      return `the application is deleted, the admin typing ${step.count}`;
    case 'present':
      return `the service provider has a user for ${step.person} already${withDetails(step.attributes)}`;
    case 'present-group':
      return `the service provider has the group ${step.group} already${step.members.length > 0 ? `, with ${listed(step.members)}` : ''}`;
    case 'account':
      return `on the account: ${step.act}${step.of === '' ? '' : ` ${step.of}`}${withDetails(step.given)}`;
    case 'wait':
      return `${durationText(step.ms)} pass`;
    case 'fault':
      return `${step.times === 1 ? 'the next request' : `the next ${step.times} requests`}${step.on === '*' ? '' : ` ${step.on}`} will meet trouble: ${step.fault}`;
    default:
      return SENTENCES[step.verb](step);
  }
}

type Rest = Exclude<
  Step['verb'],
  | 'hire'
  | 'join'
  | 'leave'
  | 'change'
  | 'create-group'
  | 'rename-group'
  | 'manage-groups'
  | 'map'
  | 'unmap'
  | 'import'
  | 'delete-application'
  | 'present'
  | 'present-group'
  | 'account'
  | 'wait'
  | 'fault'
>;

const ofPerson = (words: string) => (step: Step) => `${'person' in step ? step.person : ''} ${words}`;
const ofGroup = (words: string) => (step: Step) => `the group ${'group' in step ? step.group : ''} ${words}`;

const SENTENCES: { readonly [Verb in Rest]: (step: Step) => string } = {
  suspend: ofPerson('is suspended'),
  reactivate: ofPerson('is reactivated'),
  dismiss: ofPerson('is deleted from the directory'),
  vanish: ofPerson('is gone at the service provider'),
  'delete-group': ofGroup('is deleted'),
  bind: ofGroup('is bound to the application'),
  unbind: ofGroup('is unbound from the application'),
  'touch-group': ofGroup('gets another description'),
  'vanish-group': ofGroup('is gone at the service provider'),
  activate: () => 'provisioning is switched on',
  deactivate: () => 'provisioning is switched off',
  reauthenticate: () => 'the integration gets another token',
  sync: () => 'the changes are sent',
  'restore-mapping': () => 'the default mappings are restored',
  watch: () => 'from here on requests, events and mails are looked at',
  expect: () => 'a look at the service provider',
};

function withDetails(details: Details | Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(details).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return parts.length > 0 ? `: ${listed(parts)}` : '';
}
