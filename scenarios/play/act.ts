import type { Json, JsonObject } from '../../reports/record/exchange.ts';
import { createClient } from '../../scim/client.ts';
import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { Connection, Control } from '../../scim/target.ts';
import type { HttpResponse, Send } from '../../scim/wire/message.ts';
import type { OperationResult } from '../../simulator/admin.ts';
import type { Step } from '../step.ts';
import { NotApplicable, controlled, offered, type Actor } from './actor.ts';
import { differences } from './attributes.ts';
import type { Cast } from './cast.ts';
import { filled, withPlaces } from './fill.ts';
import type { StoryClock, Way } from './way.ts';

/** What steps act on. */
export interface Stage {
  readonly admin: Actor;
  readonly cast: Cast;
  /** Past the identity provider. */
  readonly send: Send;
  /** The same without a credential. */
  readonly anonymous: Send;
  /** What steps answered, later ones over earlier ones. */
  readonly answer: Json | undefined;
  /** Sends everything from now on to another address of the server, with another token. */
  readonly reconnect: (connection: Connection) => void;
  readonly control: Control | undefined;
  readonly clock: StoryClock | undefined;
  readonly way: Way | undefined;
}

/** What a step did. */
export interface Act {
  readonly operations: readonly OperationResult[];
  /** Where it answers something. */
  readonly answer?: Json;
}

/**
 * Does what a step says.
 * @throws DirectoryError and IntegrationError where the identity provider refuses, ControlError where the account does,
 * NotApplicable where there are no means
 */
export async function act(step: Step, stage: Stage): Promise<Act> {
  const { admin, cast, send, control } = stage;
  switch (step.verb) {
    case 'sync':
      return { operations: await admin.sync() };
    case 'import':
    case 'account':
    case 'ask':
    case 'preview': {
      const answer = await answerOf(step, stage);
      return { operations: [], ...(answer !== undefined && { answer }) };
    }
    case 'reconnect':
      await reconnect(stage);
      break;
    case 'wait':
      if (!stage.clock) throw new NotApplicable('time cannot be moved here');
      await controlled(control, 'advance')({ ms: step.ms });
      stage.clock.advance(step.ms);
      break;
    case 'fault':
      if (!stage.way) throw new NotApplicable('no trouble can be made on the way to this target');
      stage.way.trouble(step.fault, withPlaces(step.on, stage), step.times);
      break;
    case 'present':
    case 'present-group':
    case 'vanish':
    case 'vanish-group':
      await actOnTarget(step, cast, send);
      break;
    default:
      await actInConsole(step, stage);
  }
  return { operations: [] };
}

/** Does what answers something; undefined for an act that gives nothing. */
async function answerOf(
  step: Extract<Step, { verb: 'import' | 'account' | 'ask' | 'preview' }>,
  stage: Stage,
): Promise<Json | undefined> {
  const { admin, cast, control } = stage;
  switch (step.verb) {
    case 'ask':
      return answerTo(step, stage);
    case 'preview':
      return plainly((await offered(admin, 'preview')(step.person && cast.id(step.person))) ?? {});
    case 'import': {
      const { matched, unmatched, created, failed } = await offered(admin, 'importUsers')({ create: step.create });
      return {
        matched: matched.length,
        unmatched: unmatched.length,
        created: created.length,
        failed: failed.length,
      };
    }
    case 'account': {
      const does: (given: never) => Promise<unknown> = controlled(control, step.act);
      const person = step.of === '' ? {} : { person: cast.links(step.of).at(-1) ?? cast.person(step.of).email };
      const given: unknown = { ...person, ...filled(step.given, stage) };
      const answer = await does(given as never);
      return answer === undefined ? undefined : plainly(answer);
    }
  }
}

const plainly = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

async function reconnect({ admin, answer, reconnect: move }: Stage): Promise<void> {
  const { url, token } = isObject(answer) ? answer : {};
  if (typeof url !== 'string' || typeof token !== 'string') throw new NotApplicable('the account gave no address');
  await offered(admin, 'configure')({ token });
  move({ url, token });
}

/** Sends what the story itself asks, and says what came. */
async function answerTo(step: Extract<Step, { verb: 'ask' }>, stage: Stage): Promise<Json> {
  const [, method = '', path = ''] = /^(\S+) (.*)$/s.exec(withPlaces(step.line, stage)) ?? [];
  const token = step.token === undefined ? undefined : withPlaces(step.token, stage);
  const type = 'application/scim+json';
  const sent = {
    method,
    path: encodeURI(path).replaceAll('+', '%2B'),
    headers: { accept: type, ...(step.body && { 'content-type': type }) },
    ...(step.body && { json: filled(step.body, stage) }),
  };
  const send = token === undefined ? stage.send : stage.anonymous;
  const authorization = token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` };
  const {
    status = 0,
    headers,
    json,
  } = await send({
    ...sent,
    ...(step.at !== undefined && { base: baseOf(withPlaces(step.at, stage)) }),
    headers: { ...sent.headers, ...authorization },
  });
  const [challenge = ''] = (headers['www-authenticate'] ?? '').split(' ');
  return { status, ...(challenge !== '' && { challenge }), ...(json !== undefined && { body: json }) };
}

/** Path of an address, which is whole or from the root of the server. */
export const baseOf = (address: string): string =>
  new URL(address, 'http://server.example').pathname.replace(/\/$/, '');

async function actInConsole(step: Step, stage: Stage): Promise<void> {
  const { admin, cast } = stage;
  switch (step.verb) {
    case 'hire':
    case 'change':
    case 'join':
    case 'leave':
    case 'suspend':
    case 'reactivate':
    case 'dismiss':
      return actOnPeople(step, admin, cast);
    case 'create-group':
    case 'rename-group':
    case 'touch-group':
    case 'delete-group':
    case 'bind':
    case 'unbind':
      return actOnGroup(step, admin, cast);
    default:
      return actOnIntegration(step, stage);
  }
}

async function actOnIntegration(step: Step, stage: Stage): Promise<void> {
  const { admin } = stage;
  switch (step.verb) {
    case 'manage-groups':
      return admin.setManageGroups(step.on);
    case 'activate':
    case 'deactivate':
      return admin[step.verb]();
    case 'configure':
      return offered(admin, 'configure')(filled({ ...step.given }, stage));
    case 'reauthenticate':
      return offered(admin, 'configure')({ token: 'another token' });
    case 'map': {
      const { mapping } = step;
      const rows = offered(admin, 'mapping')().filter(({ target }) => target !== mapping.target);
      return offered(admin, 'setMapping')([...rows, mapping]);
    }
    case 'unmap':
      return offered(admin, 'setMapping')(offered(admin, 'mapping')().filter(({ target }) => target !== step.target));
    case 'restore-mapping':
      return offered(admin, 'restoreMapping')();
    case 'delete-application': {
      const deleteApplication = offered(admin, 'deleteApplication');
      const { id } = admin.application();
      // An identity provider has one application at least: another takes the place of what is deleted.
      await offered(admin, 'addApplication')({ name: 'Another' });
      return deleteApplication(id, step.count);
    }
    default:
  }
}

type OnPeople = Extract<Step, { verb: 'hire' | 'change' | 'join' | 'leave' | 'suspend' | 'reactivate' | 'dismiss' }>;

async function actOnPeople(step: OnPeople, admin: Actor, cast: Cast): Promise<void> {
  if (step.verb === 'hire') return cast.hire(step.person, step.details);
  for (const person of cast.ids(step.person)) {
    if (step.verb === 'change') await admin.change(person, cast.completed(step.details));
    else if ('groups' in step) for (const group of step.groups) await admin[step.verb](person, cast.id(group));
    else await admin[step.verb](person);
  }
}

type OnGroup = Extract<
  Step,
  { verb: 'create-group' | 'rename-group' | 'touch-group' | 'delete-group' | 'bind' | 'unbind' }
>;

async function actOnGroup(step: OnGroup, admin: Actor, cast: Cast): Promise<void> {
  switch (step.verb) {
    case 'create-group':
      return cast.createGroup(step.group, step.name);
    case 'rename-group':
      await admin.renameGroup(cast.id(step.group), cast.marked(step.name));
      return;
    case 'touch-group': {
      const { id, description } = cast.group(step.group);
      await offered(admin, 'changeGroup')(id, { description: `${description}.` });
      return;
    }
    case 'delete-group':
      return admin.deleteGroup(cast.id(step.group));
    case 'bind':
    case 'unbind':
      return admin[step.verb](cast.id(step.group));
  }
}

type OnTarget = Extract<Step, { verb: 'present' | 'present-group' | 'vanish' | 'vanish-group' }>;

/** Makes or removes something past the identity provider; what the target does not do that way is no story for it. */
async function actOnTarget(step: OnTarget, cast: Cast, send: Send): Promise<void> {
  const client = createClient(send);
  switch (step.verb) {
    case 'present': {
      const { email, firstname, lastname } = cast.person(step.person);
      const names = { name: { givenName: firstname, familyName: lastname } };
      const user = { schemas: [USER], userName: email, ...names, active: true, ...step.attributes };
      const made = demand(await client.create('/Users', user), 201, `a user for ${step.person} could not be made`);
      const lost = differences(made, step.attributes);
      if (lost.length > 0)
        throw new NotApplicable(`the service provider does not keep what is sent: ${lost.join('; ')}`);
      cast.seen(step.person, made);
      return;
    }
    case 'present-group': {
      const members = step.members.map(person => ({ value: cast.seenId(person) }));
      const group = { schemas: [GROUP], displayName: cast.group(step.group).name, members };
      cast.seen(
        step.group,
        demand(await client.create('/Groups', group), 201, `the group ${step.group} could not be made`),
      );
      return;
    }
    case 'vanish':
    case 'vanish-group': {
      const [alias, endpoint] = step.verb === 'vanish' ? [step.person, '/Users'] : [step.group, '/Groups'];
      const removed = await client.remove(endpoint, cast.seenId(alias));
      if (removed.status !== 204) {
        throw new NotApplicable(`${alias} could not be removed from the service provider: answered ${removed.status}`);
      }
      if ((await client.read(endpoint, cast.seenId(alias))).status !== 404) {
        throw new NotApplicable(`the service provider keeps ${alias} in spite of a DELETE`);
      }
    }
  }
}

/** @throws NotApplicable for another answer */
function demand({ status, json, failure }: HttpResponse, wanted: number, what: string): JsonObject {
  if (status === wanted && isObject(json)) return json;
  throw new NotApplicable(`${what}: answered ${status ?? failure?.message ?? 'nothing'}`);
}
