import { expect } from 'chai';
import { createBridge, serveBridge } from '../bridge/index.ts';
import { isObject, resourcesOf } from '../scim/message/list.ts';
import type { JsonObject, Send } from '../scim/wire/message.ts';
import { createTransport } from '../scim/wire/transport.ts';
import { faultSeeds, playStory } from '../simulator/faults/story.test.ts';

const TOKEN = 'faults-2b7d4c19e06f';

/** A story on a bridge of its own, and what the bridge holds at its end. */
async function ending(seed: number, share: number): Promise<{ state: unknown; met: number }> {
  const { url, close } = await serveBridge(createBridge({ tokens: [TOKEN] }));
  const transport = createTransport({ baseUrl: url });
  const send: Send = request =>
    transport.send({ ...request, headers: { ...request.headers, authorization: `Bearer ${TOKEN}` } });
  try {
    const { met } = await playStory({ send, seed, share });
    return { state: await stateOf(send), met: met.length };
  } finally {
    await transport.close();
    await close();
  }
}

/** People without their ids and times, and the names of those in each group. */
async function stateOf(send: Send): Promise<unknown> {
  const read = async (path: string): Promise<readonly JsonObject[]> =>
    resourcesOf((await send({ method: 'GET', path: `${path}?count=200`, headers: {} })).json);
  const users = await read('/Users');
  const names = new Map(users.map(({ id, userName }) => [id, userName]));
  return {
    users: users.map(({ id: _id, meta: _meta, groups: _groups, ...user }) => JSON.stringify(user)).sort(),
    groups: (await read('/Groups'))
      .map(({ displayName, members }) => [
        displayName,
        (Array.isArray(members) ? members : [])
          .map(member => (isObject(member) ? names.get(member['value']) : ''))
          .sort(),
      ])
      .map(group => JSON.stringify(group))
      .sort(),
  };
}

describe('provisioning to the bridge over a way with trouble on it', () => {
  it(`ends as without any, for ${faultSeeds().length} seeds`, async () => {
    const { state } = await ending(0, 0);
    let troubles = 0;
    for (const seed of faultSeeds()) {
      const ended = await ending(seed, 0.1);
      expect(ended.state, `seed ${seed}`).to.deep.equal(state);
      troubles += ended.met;
    }
    expect(troubles).to.be.greaterThan(10 * faultSeeds().length);
  });
});
