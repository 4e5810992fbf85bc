import { durationText } from './duration.ts';
import { listed } from './expectation.ts';
import type { Details, Step } from './step.ts';

/** A step as one line for a reader: "ada joins eng and ops". */
export function describeStep(step: Step): string {
  const told = step.attempt ? `an attempt: ${describe(step)}` : describe(step);
  return step.ifOffered ? `${told}, where that can be done` : told;
}

/** The table is by verb, so a sentence only ever gets a step of its verb. */
const describe = (step: Step): string => (SENTENCES[step.verb] as (step: Step) => string)(step);

const ofPerson =
  (words: string) =>
  ({ person }: { readonly person: string }) =>
    `${person} ${words}`;
const ofGroup =
  (words: string) =>
  ({ group }: { readonly group: string }) =>
    `the group ${group} ${words}`;

const SENTENCES: { readonly [Verb in Step['verb']]: (step: Step & { readonly verb: Verb }) => string } = {
  hire: ({ person, details }) => `${person} is hired${withDetails(details)}`,
  join: ({ person, groups }) => `${person} joins ${listed(groups)}`,
  leave: ({ person, groups }) => `${person} leaves ${listed(groups)}`,
  change: ({ person, details }) => `the record of ${person} is edited${withDetails(details)}`,
  suspend: ofPerson('is suspended'),
  reactivate: ofPerson('is reactivated'),
  dismiss: ofPerson('is deleted from the directory'),
  'create-group': ({ group, name }) => `the group ${group} is created as "${name}"`,
  'rename-group': ({ group, name }) => `the group ${group} is renamed to "${name}"`,
  'delete-group': ofGroup('is deleted'),
  bind: ofGroup('is bound to the application'),
  unbind: ofGroup('is unbound from the application'),
  'touch-group': ofGroup('gets another description'),
  'manage-groups': ({ on }) => `management of groups is switched ${on ? 'on' : 'off'}`,
  activate: () => 'provisioning is switched on',
  deactivate: () => 'provisioning is switched off',
  reauthenticate: () => 'the integration gets another token',
  configure: ({ given }) => `the form of the integration is filled in${withDetails({ ...given })}`,
  preview: ({ person }) => `the preview of ${person ?? 'the mappings'} is looked at`,
  reconnect: () => 'the integration gets the address and the token that the account gave',
  sync: () => 'the changes are sent',
  map: ({ mapping }) => `${mapping.target} is mapped`,
  unmap: ({ target }) => `the mapping of ${target} is removed`,
  'restore-mapping': () => 'the default mappings are restored',
  import: ({ create }) => `the users of the service provider are imported${create ? ', new people included' : ''}`,
  'delete-application': ({ count }) => `the application is deleted, the admin typing ${count}`,
  present: ({ person, attributes }) =>
    `the service provider has a user for ${person} already${withDetails(attributes)}`,
  'present-group': ({ group, members }) =>
    `the service provider has the group ${group} already${members.length > 0 ? `, with ${listed(members)}` : ''}`,
  vanish: ofPerson('is gone at the service provider'),
  'vanish-group': ofGroup('is gone at the service provider'),
  account: ({ act, of, given }) => `on the account: ${act}${of === '' ? '' : ` ${of}`}${withDetails(given)}`,
  ask: ({ line, token, at }) =>
    `past the identity provider: ${line}${at === undefined ? '' : ' at another address'}${token === undefined ? '' : token === '' ? ', with no token' : ', with another token'}`,
  wait: ({ ms }) => `${durationText(ms)} pass`,
  fault: ({ fault, on, times }) =>
    `${times === 1 ? 'the next request' : `the next ${times} requests`}${on === '*' ? '' : ` ${on}`} will meet trouble: ${fault}`,
  watch: () => 'from here on requests, events and mails are looked at',
  expect: () => 'a look at the service provider',
};

function withDetails(details: Details | Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(details).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return parts.length > 0 ? `: ${listed(parts)}` : '';
}
