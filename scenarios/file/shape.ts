import type { Json } from '../../reports/record/exchange.ts';
import { insightsTypes } from './insights-types.ts';
import { connectors, type Connection, type ConnectorId } from '../../simulator/sync/connector.ts';
import { faultNames } from '../play/way.ts';
import { becauses, type AccountProfile, type Because } from '../scenario.ts';

type Members = Readonly<Record<string, Json>>;

/** A step as a file has it: one verb, and what goes with it; a word alone for what takes nothing. */
export interface FileStep {
  readonly hire?: string;
  readonly change?: string;
  readonly join?: string;
  readonly leave?: string;
  readonly suspend?: string;
  readonly reactivate?: string;
  readonly dismiss?: string;
  readonly 'create-group'?: string;
  readonly 'rename-group'?: string;
  readonly 'delete-group'?: string;
  readonly 'touch-group'?: string;
  readonly bind?: string;
  readonly unbind?: string;
  readonly 'manage-groups'?: boolean;
  readonly map?: string;
  readonly unmap?: string;
  readonly import?: 'link' | 'create';
  readonly 'delete-application'?: number;
  readonly present?: string;
  readonly 'present-group'?: string;
  readonly vanish?: string;
  readonly 'vanish-group'?: string;
  readonly account?: string;
  readonly ask?: string;
  readonly token?: string;
  readonly at?: string;
  readonly configure?: Readonly<Partial<Record<(typeof FORM)[number], string>>>;
  readonly preview?: string;
  readonly wait?: string;
  readonly fault?: string;
  readonly do?: string;
  readonly expect?: readonly FileExpectation[];
  readonly with?: Members;
  readonly groups?: readonly string[];
  readonly members?: readonly string[];
  readonly name?: string;
  readonly field?: string;
  readonly custom?: string;
  readonly constant?: string;
  readonly expression?: string;
  readonly of?: string;
  readonly on?: string;
  readonly times?: number;
  readonly attempt?: boolean;
  readonly 'if-offered'?: boolean;
}

/** An expectation as a file has it. */
export interface FileExpectation {
  readonly rule?: string;
  readonly account?: string;
  readonly is?: string | readonly string[];
  readonly has?: Members;
  readonly mirrors?: Readonly<Record<string, string>>;
  readonly state?: string;
  readonly group?: string;
  readonly member?: string;
  readonly 'no-member'?: string;
  readonly of?: string;
  readonly sends?: FileEvent;
  readonly never?: FileEvent;
  readonly 'in-order'?: readonly FileEvent[];
  readonly times?: number;
  readonly logs?: string;
  readonly about?: string;
  readonly success?: boolean;
  readonly mail?: string;
  readonly to?: string;
  readonly cites?: string;
  readonly refused?: boolean;
  readonly answer?: Members;
}

/** A kind of request as a file has it. */
export interface FileEvent {
  readonly creates?: string;
  readonly updates?: string;
  readonly activates?: string;
  readonly deactivates?: string;
  readonly deletes?: string;
  readonly 'creates-group'?: string;
  readonly 'deletes-group'?: string;
  readonly 'adds-member'?: string;
  readonly 'removes-member'?: string;
  readonly request?: string;
  readonly to?: string;
  readonly from?: string;
  readonly mirrors?: Readonly<Record<string, string>>;
  readonly carries?: Members;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A story as a file has it. */
export interface FileScenario {
  readonly id: string;
  readonly title: string;
  readonly proves: readonly string[];
  readonly people?: number;
  readonly idp?: readonly string[];
  readonly because?: Because;
  readonly account?: readonly AccountProfile[];
  readonly connector?: ConnectorId;
  readonly 'at-once'?: boolean;
  readonly steps: readonly (string | FileStep)[];
  readonly expect?: readonly FileExpectation[];
}

/** What the form of an integration holds. */
export const FORM = ['baseUrl', 'token', 'testEmail', 'scimVersion'] as const satisfies readonly (keyof Connection)[];

/** Steps that are a word alone. */
export const BARE = [
  'sync',
  'activate',
  'deactivate',
  'reauthenticate',
  'restore-mapping',
  'preview',
  'reconnect',
  'watch',
] as const;

const text = (description: string) => ({ description, type: 'string', minLength: 1 });
const texts = (description: string) => ({ description, type: 'array', items: { type: 'string', minLength: 1 } });
const whole = (description: string, minimum = 0) => ({ description, type: 'integer', minimum });
const flag = (description: string) => ({ description, type: 'boolean' });
const members = (description: string) => ({ description, type: 'object' });
const fields = (description: string) => ({
  description,
  type: 'object',
  additionalProperties: { type: 'string' },
});
const shape = (properties: object) => ({ type: 'object', additionalProperties: false, properties });

const event = shape({
  creates: text('A POST of a user with the address of this person'),
  updates: text("A PUT or PATCH of this person's user"),
  activates: text("A change of this person's user that sets active to true"),
  deactivates: text("A change of this person's user that sets active to false"),
  deletes: text("A DELETE of this person's user"),
  'creates-group': text('A POST of a group with the name of this group'),
  'deletes-group': text('A DELETE of this group'),
  'adds-member': text('This person is put into the group that `to` names'),
  'removes-member': text('This person is taken out of the group that `from` names'),
  request: text(
    'Any request that begins so: PATCH /Groups, * /Users/{ada}, GET /Users?filter=userName eq "{ada.email}"',
  ),
  to: text('A group'),
  from: text('A group'),
  mirrors: fields('Attributes of SCIM, and the field of the directory whose value stands there'),
  carries: members('Attributes of SCIM and what stands there; null for nothing'),
  headers: fields('Headers, in lower case, and how their values begin'),
});

const expectation = shape({
  rule: text('The rule it judges; the first that the story proves by default'),
  account: text('The user of this person: say is, has, mirrors or state'),
  is: {
    description:
      'What the user (active, inactive, absent), or the group (present, absent; named: there under its name in the directory) is; a list where several will do',
    type: ['string', 'array'],
    minLength: 1,
    items: { enum: ['active', 'inactive', 'absent', 'present', 'named'] },
  },
  has: { ...members('Attributes of SCIM and what stands there; null for nothing'), minProperties: 1 },
  mirrors: fields('Attributes of SCIM, and the field of the directory whose value stands there'),
  state: text('What the account behind the endpoint calls it: invited, pending, suspended; none for nobody'),
  group: text('This group: say is'),
  member: text('This person is in the group that `of` names'),
  'no-member': text('This person is not in the group that `of` names'),
  of: text('A group'),
  sends: event,
  never: event,
  'in-order': {
    description: 'The first of each is sent after the first of the one before',
    type: 'array',
    minItems: 2,
    items: event,
  },
  times: whole('How often exactly; with sends, logs and mail'),
  logs: { description: "An event of the identity provider's log", enum: insightsTypes },
  about: text('The person or group it is about'),
  success: flag('Whether it went well'),
  mail: text('A mail of the account: invitation, reminder, address-confirmation'),
  to: text('The person who gets it'),
  cites: text('Something was done for this rule'),
  refused: flag('Whether the attempt just before was refused'),
  answer: {
    ...members('What the last request, preview, import, or act on the account, answered'),
    minProperties: 1,
  },
});
const expectations = (description: string) => ({ description, type: 'array', items: expectation });

const step = shape({
  hire: text('Somebody new, by a name of the story; `with` says more'),
  change: text("Somebody's record is edited; `with` says what"),
  join: text('Somebody, or the crowd, joins `groups`'),
  leave: text('Somebody, or the crowd, leaves `groups`'),
  suspend: text('Somebody is suspended'),
  reactivate: text('Somebody is reactivated'),
  dismiss: text('Somebody is deleted from the directory'),
  'create-group': text('A new group, by a name of the story; `name` is what it is called'),
  'rename-group': text('A group is called `name` from now on'),
  'delete-group': text('A group is deleted'),
  'touch-group': text('A group gets another description'),
  bind: text('A group is bound to the application'),
  unbind: text('A group is unbound from the application'),
  'manage-groups': flag('Management of groups is switched on or off'),
  map: text('A SCIM attribute is mapped: to a field, custom attribute, constant or expression'),
  unmap: text('The mapping of a SCIM attribute is removed'),
  import: {
    description: 'The users of the service provider are read; create makes people of new ones',
    enum: ['link', 'create'],
  },
  'delete-application': whole('The application is deleted; the number is what the admin types when asked how many'),
  present: text('The service provider has a user for this person already; `with` says more'),
  'present-group': text('The service provider has this group already, with `members`'),
  vanish: text("This person's user is gone at the service provider"),
  'vanish-group': text('This group is gone at the service provider'),
  account: text(
    'Something is done to the account behind the endpoint: accept, confirm, suspend, advance; `of` names a person',
  ),
  ask: text('A request past the identity provider: GET /Users/{ada}; `with` is its body, `token` its credential'),
  token: { description: 'A bearer token; an empty text for none', type: 'string' },
  at: text('Another address of the same server'),
  configure: {
    ...fields('The form of the integration: baseUrl, token, testEmail, scimVersion'),
    propertyNames: { enum: FORM },
  },
  preview: text('The user that the mappings make of this person'),
  wait: text('Time passes on both sides: 90 seconds, 5 minutes, 2 days'),
  fault: { description: 'The next requests meet trouble; `on` says which, `times` how many', enum: faultNames },
  do: { description: 'The same as the word alone', enum: BARE },
  expect: expectations('A look in the middle of the story'),
  with: members('Fields of the directory, attributes of SCIM, or what an act takes'),
  groups: texts('Groups'),
  members: texts('People'),
  name: text('What a group is called'),
  field: text('A field of the directory'),
  custom: text('A custom attribute of the directory'),
  constant: text('A value'),
  expression: text('An expression over jcUser and providerUser'),
  of: text('A person'),
  on: text('The beginning of a request: POST /Users'),
  times: whole('How many requests', 1),
  attempt: flag('The step may be refused'),
  'if-offered': flag('The step is left out where there are no means for it'),
});

/** JSON Schema of a story; `schemas/scenario.schema.json` is the same, for editors. */
export const scenarioSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://scimulator.example/schemas/scenario.schema.json',
  title: 'A lifecycle story: what an admin does, and what has to be seen on the other side',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'proves', 'steps'],
  properties: {
    id: text('Lower-case words joined by hyphens'),
    title: text('One sentence'),
    proves: { ...texts('Rules that turn the story red when they are broken: JC-22, OP-26b'), minItems: 1 },
    people: whole('Size of the crowd, hired before the first step'),
    idp: { ...texts('Identity providers it is a story of; all by default'), minItems: 1 },
    because: { description: 'Why the other identity providers do not play it', enum: Object.keys(becauses) },
    account: {
      description: 'Profiles of the accounts it is a story of; all by default',
      type: 'array',
      minItems: 1,
      items: { enum: ['self-hosted', 'hosted'] },
    },
    connector: { description: 'Kind of the integration', enum: connectors.map(({ id }) => id) },
    'at-once': flag('Each change is sent as it is made once provisioning is on; otherwise steps sync send what waits'),
    steps: {
      description: 'What happens, in its order',
      type: 'array',
      minItems: 1,
      items: { if: { type: 'string' }, then: { enum: BARE }, else: step },
    },
    expect: expectations('What has to be seen after the last step'),
  },
} as const;
