import { expect } from 'chai';
import type { ProfileId } from './model.ts';
import { inWorld, TOKEN, type World } from './world.test.ts';

const get = async ({ origin }: World, path: string, token?: string) => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${origin}${path}`, { headers, redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
};

const on = async (profile: ProfileId, work: (world: World) => Promise<void>) => inWorld({ account: { profile } }, work);

describe('pages beside SCIM', () => {
  it('are open to anybody where they tell nothing', () =>
    on('self-hosted', async world => {
      expect(await get(world, '/')).to.include({ status: 302, location: '/app' });
      expect((await get(world, '/app')).status).to.equal(200);
      expect((await get(world, '/ping')).status).to.equal(200);
    }));

  it('tell the state of the parts to whoever has the token, which unlocks the bridge', () =>
    on('self-hosted', async world => {
      for (const token of [undefined, 'wrong']) expect((await get(world, '/health', token)).status).to.equal(401);
      const isUnlocked = async () => (await world.control.journal()).some(({ says }) => says.includes('unlocked'));
      expect(await isUnlocked()).to.equal(false);
      const { status, text } = await get(world, '/health', TOKEN);
      expect(await isUnlocked()).to.equal(true);
      const [time, expires] = ['2026-01-01T00:00:00Z', '2026-01-01T00:10:00Z'];
      const sources = ['ConfirmationWatcher', 'RedisCache', 'SCIMServer', 'StartProvisionWatcher'];
      const reports = sources.map(source => ({ source, time, expires, state: 'healthy' }));
      expect(status).to.equal(200);
      expect(JSON.parse(text)).to.deep.equal({ build: '209163', version: '2.9.16', reports, retrievedAt: time });
    }));

  it('are not healthy while provisioning is switched off', () =>
    on('self-hosted', async world => {
      await world.control.setProvisioning({ on: false });
      const { status, text } = await get(world, '/health', TOKEN);
      expect(status).to.equal(503);
      expect(text).to.include('"source":"ConfirmationWatcher"').and.include('"state":"disconnected"');
    }));

  it('are none of hosted provisioning', () =>
    on('hosted', async world => {
      for (const path of ['/', '/app', '/ping']) expect((await get(world, path, TOKEN)).status).to.equal(404);
    }));
});
