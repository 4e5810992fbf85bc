import type { JsonObject } from '../../scim/wire/message.ts';
import { expectSuccess, idOf, isSuccess, listed, lookUp, sendWrite, Trouble } from './answer.ts';
import { attempt, type Attempted, type Effect, type Subject } from './attempt.ts';
import { newUser } from './merge.ts';
import { addTo, groupLookUp, sendName } from './push-group.ts';
import { setInactive, userLook } from './push-user.ts';
import type { PushContext } from './push.ts';

/** Answers to a DELETE that say the service provider deletes nobody (W-2). */
const NO_DELETION = new Set([404, 405, 501]);

/** What the test user and the test group are called in events: neither is in the directory. */
const TEST_USER: Subject = { type: 'user', id: '', username: 'test user' };
const TEST_GROUP: Subject = { type: 'user_group', id: '', name: 'test group' };

/** The reads that settings are checked with: lists that come, with ids that are text (JC-Q39). @throws Trouble */
export async function checkConnection({ client, dialect, view }: PushContext): Promise<Effect> {
  const { manageGroups } = view.application();
  for (const { endpoint, query, findsNobody } of dialect.probes(view.id)) {
    if (endpoint === '/Groups' && !manageGroups) continue;
    const what = `the connection test on ${endpoint} failed`;
    const resources = listed(await client.list(endpoint, query), what);
    for (const resource of resources) idOf(resource, what);
    if (findsNobody && resources.length > 0) {
      throw new Trouble(`${what}: a filter that nobody fits was answered with ${resources.length}`);
    }
  }
  return 'done';
}

/**
 * The requests of an activation (JC-Q8). A prebuilt connector only reads; a custom one makes, changes and deletes a test
 * user and, where groups are managed, a test group (W-2, W-7, W-12).
 * @throws Trouble when one of them fails; what the test had made by then is deleted all the same
 */
export async function testConnection(context: PushContext): Promise<Effect> {
  const { client, connector, dialect, settings, testEmail, view } = context;
  if (!connector.testsWithUser) return checkConnection(context);
  listed(await client.list('/Users', { startIndex: 1, count: 1 }), 'the connection test on /Users failed');
  const email = testEmail();
  const taken = await lookUp(
    client,
    userLook(email, { attribute: 'userName', notFoundIsMiss: false, asks: dialect.lookUps.user }),
  );
  if (taken) {
    throw new Trouble(`the address of the test user, ${email}, is taken at the service provider; give another one`);
  }
  const body = testUser(email, settings.testUser);
  const user = await createTest('/Users', body, TEST_USER, context);
  let failure: unknown;
  try {
    await changeTestUser(user, body, context);
    if (view.application().manageGroups) await testGroup(user, context);
  } catch (error) {
    failure = error;
  }
  await deleteTestUser(user, context);
  if (failure) throw failure;
  return 'done';
}

/** The user that a test makes: a marked name (JC-Q9), and what every user needs. */
const testUser = (email: string, name: string): JsonObject =>
  newUser([
    { path: ['userName'], value: email },
    { path: ['name', 'givenName'], value: name },
    { path: ['name', 'familyName'], value: 'Test' },
    { path: ['displayName'], value: `${name} Test` },
    { path: ['emails'], value: [{ value: email, type: 'work', primary: true }] },
    // As with everybody of whom nothing else is known (JC-31b, JC-31d).
    { path: ['locale'], value: 'en-US' },
    { path: ['preferredLanguage'], value: 'en-US' },
  ]);

async function createTest(
  endpoint: '/Users' | '/Groups',
  body: JsonObject,
  subject: Subject,
  { client, tell }: PushContext,
): Promise<string> {
  const isUser = endpoint === '/Users';
  const what = isUser ? 'the test user could not be created' : 'the test group could not be created';
  let id = '';
  await attempt(tell, isUser ? 'user_create_provision' : 'group_create_provision', subject, async () => {
    const response = await client.create(endpoint, body);
    expectSuccess(response, what);
    id = idOf(response.json, what);
    return { effect: 'done' };
  });
  return id;
}

async function changeTestUser(id: string, body: JsonObject, { client, dialect, tell }: PushContext): Promise<void> {
  const changed = [{ path: ['name', 'familyName'] as const, value: 'Changed' }];
  await attempt(tell, 'user_update_provision', TEST_USER, async () => {
    const what = 'the test user could not be changed';
    for (const write of dialect.update({ held: { ...body, id }, values: changed, active: true, wanting: changed })) {
      expectSuccess(await sendWrite(client, '/Users', id, write, what), what);
    }
    return { effect: 'done' };
  });
}

/** Creates, fills, renames and deletes a group: managing groups takes all of it (W-7). @throws Trouble */
async function testGroup(user: string, context: PushContext): Promise<void> {
  const { client, dialect, settings, testEmail, tell } = context;
  const name = settings.testGroup;
  const kept = await lookUp(client, groupLookUp(name, context));
  if (kept) throw new Trouble(`there is a group "${name}" at the service provider already; delete it or name another`);
  const id = await createTest('/Groups', dialect.create.group(name, ''), TEST_GROUP, context);
  const members = [{ value: user, display: testEmail() }];
  let failure: unknown;
  try {
    await attempt(tell, 'group_update_provision', TEST_GROUP, async () => {
      await addTo({ id, displayName: name, members: () => members }, members, context);
      await sendName({ id, displayName: `${name} (changed)`, members: () => members }, context);
      return { effect: 'done' };
    });
  } catch (error) {
    failure = error;
  }
  await attempt(tell, 'group_delete_provision', TEST_GROUP, async () => {
    expectSuccess(await client.remove('/Groups', id), 'the test group could not be deleted');
    return { effect: 'done' };
  });
  if (failure) throw failure;
}

/** Deletes the test user, or sets it inactive where users cannot be deleted (W-2). @throws Trouble */
async function deleteTestUser(id: string, context: PushContext): Promise<void> {
  let isDeleted = true;
  const remove = async (): Promise<Attempted> => {
    const response = await context.client.remove('/Users', id);
    isDeleted = isSuccess(response);
    if (!NO_DELETION.has(response.status ?? 0)) expectSuccess(response, 'the test user could not be deleted');
    return { effect: 'done' };
  };
  await attempt(context.tell, 'user_delete_provision', TEST_USER, remove);
  if (!isDeleted) await attempt(context.tell, 'user_deprovision', TEST_USER, async () => setInactive(id, context));
}
