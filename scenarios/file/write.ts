import { stringify } from 'yaml';
import { durationText } from '../duration.ts';
import type { Expectation, WireEvent } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import type { Step } from '../step.ts';

type Members = Readonly<Record<string, unknown>>;

/** A story as a file: `readScenario` reads the same story from it. */
export function writeScenario({
  id,
  title,
  proves,
  people,
  idp,
  because,
  account,
  connector,
  atOnce,
  steps,
  expect,
}: Scenario): string {
  const file = {
    id,
    title,
    proves: [...proves],
    ...(people !== undefined && { people }),
    ...(idp && { idp: [...idp] }),
    ...given('because', because),
    ...(account && { account: [...account] }),
    ...given('connector', connector),
    ...given('at-once', atOnce),
    steps: steps.map(writtenStep),
    ...(expect.length > 0 && { expect: expect.map(writtenExpectation) }),
  };
  return stringify(file, { collectionStyle: 'any', lineWidth: 0, flowCollectionPadding: false });
}

function writtenStep(step: Step): string | Members {
  const written = (STEPS[step.verb] as (step: Step) => string | Members)(step);
  if (!step.attempt && !step.ifOffered) return written;
  return {
    ...(typeof written === 'string' ? { do: written } : written),
    ...(step.attempt && { attempt: true }),
    ...(step.ifOffered && { 'if-offered': true }),
  };
}

/** An object that is left out where it says nothing. */
const some = (name: string, members: object): Members => (Object.keys(members).length > 0 ? { [name]: members } : {});
const given = (name: string, value: unknown): Members => (value === undefined ? {} : { [name]: value });
const bare = ({ verb }: Step): string => verb;
const ofPerson = ({ verb, person }: { readonly verb: string; readonly person: string }): Members => ({
  [verb]: person,
});
const ofGroup = ({ verb, group }: { readonly verb: string; readonly group: string }): Members => ({ [verb]: group });

const STEPS: { readonly [Verb in Step['verb']]: (step: Step & { readonly verb: Verb }) => string | Members } = {
  hire: ({ person, details }) => ({ hire: person, ...some('with', details) }),
  change: ({ person, details }) => ({ change: person, with: details }),
  join: ({ person, groups }) => ({ join: person, groups: [...groups] }),
  leave: ({ person, groups }) => ({ leave: person, groups: [...groups] }),
  suspend: ofPerson,
  reactivate: ofPerson,
  dismiss: ofPerson,
  vanish: ofPerson,
  'create-group': ({ group, name }) => ({ 'create-group': group, name }),
  'rename-group': ({ group, name }) => ({ 'rename-group': group, name }),
  'delete-group': ofGroup,
  'touch-group': ofGroup,
  bind: ofGroup,
  unbind: ofGroup,
  'vanish-group': ofGroup,
  'manage-groups': ({ on }) => ({ 'manage-groups': on }),
  activate: bare,
  deactivate: bare,
  reauthenticate: bare,
  sync: bare,
  'restore-mapping': bare,
  watch: bare,
  reconnect: bare,
  configure: ({ given: form }) => ({ configure: form }),
  preview: ({ verb, person }) => (person === undefined ? verb : { [verb]: person }),
  ask: ({ line, body, token, at }) => ({
    ask: line,
    ...given('with', body),
    ...given('token', token),
    ...given('at', at),
  }),
  map({ mapping }) {
    const { target, kind } = mapping;
    if (kind === 'constant') return { map: target, constant: mapping.value };
    if (kind === 'expression') return { map: target, expression: mapping.expression };
    return kind === 'custom' ? { map: target, custom: mapping.source } : { map: target, field: mapping.source };
  },
  unmap: ({ target }) => ({ unmap: target }),
  import: ({ create }) => ({ import: create ? 'create' : 'link' }),
  'delete-application': ({ count }) => ({ 'delete-application': count }),
  present: ({ person, attributes }) => ({ present: person, ...some('with', attributes) }),
  'present-group': ({ group, members }) => ({
    'present-group': group,
    ...(members.length > 0 && { members: [...members] }),
  }),
  account: ({ act, of, given: takes }) => ({ account: act, ...(of !== '' && { of }), ...some('with', takes) }),
  wait: ({ ms }) => ({ wait: durationText(ms) }),
  fault: ({ fault, on, times }) => ({ fault, ...(on !== '*' && { on }), ...(times !== 1 && { times }) }),
  expect: ({ expectations }) => ({ expect: expectations.map(writtenExpectation) }),
};

const writtenExpectation = (expectation: Expectation): Members => ({
  ...(EXPECTATIONS[expectation.kind] as (expectation: Expectation) => Members)(expectation),
  ...given('rule', expectation.rule),
});

const EXPECTATIONS: {
  readonly [Kind in Expectation['kind']]: (expectation: Expectation & { readonly kind: Kind }) => Members;
} = {
  'account-is': ({ person, states }) => ({ account: person, is: states.length === 1 ? states[0] : [...states] }),
  'account-has': ({ person, attributes }) => ({ account: person, has: attributes }),
  'account-mirrors': ({ person, mirrors }) => ({ account: person, mirrors }),
  'account-state': ({ person, state }) => ({ account: person, state }),
  'group-exists': ({ group }) => ({ group, is: 'present' }),
  'group-absent': ({ group }) => ({ group, is: 'absent' }),
  'group-named': ({ group }) => ({ group, is: 'named' }),
  'group-has': ({ group, person }) => ({ member: person, of: group }),
  'group-lacks': ({ group, person }) => ({ 'no-member': person, of: group }),
  'wire-sends': ({ event }) => ({ sends: writtenEvent(event) }),
  'wire-never': ({ event }) => ({ never: writtenEvent(event) }),
  'wire-count': ({ event, times }) => ({ sends: writtenEvent(event), times }),
  'wire-order': ({ events }) => ({ 'in-order': events.map(writtenEvent) }),
  event: ({ event, about, success, times }) => ({
    logs: event,
    ...given('about', about),
    ...given('success', success),
    ...given('times', times),
  }),
  mail: ({ mail, person, times }) => ({ mail, to: person, ...given('times', times) }),
  cites: ({ cited, about }) => ({ cites: cited, ...given('about', about) }),
  refused: ({ refused }) => ({ refused }),
  answer: ({ attributes }) => ({ answer: attributes }),
};

function writtenEvent(event: WireEvent): Members {
  switch (event.what) {
    case 'creates':
    case 'updates':
      return {
        [event.what]: event.person,
        ...some('mirrors', event.mirrors ?? {}),
        ...some('carries', event.carries ?? {}),
      };
    case 'creates-group':
    case 'deletes-group':
      return { [event.what]: event.group };
    case 'adds-member':
      return { 'adds-member': event.person, to: event.group };
    case 'removes-member':
      return { 'removes-member': event.person, from: event.group };
    case 'requests':
      return { request: event.line, ...some('carries', event.carries ?? {}), ...given('headers', event.headers) };
    default:
      return { [event.what]: event.person };
  }
}
