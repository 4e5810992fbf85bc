import { expect } from 'chai';
import { jumpcloud, plain } from '../dialects/index.ts';
import { createProvider } from '../provider.test.ts';
import { faultKinds } from './faults.ts';
import { faultSeeds, playStory } from './story.test.ts';

describe('provisioning over a way with trouble on it', () => {
  for (const { dialect, inFlight, share } of [
    { dialect: jumpcloud, inFlight: 1, share: 0.1 },
    { dialect: jumpcloud, inFlight: 8, share: 0.1 },
    { dialect: plain, inFlight: 1, share: 0.1 },
    // So much that repeating a request is often not enough, and a later change has to bring it about.
    { dialect: jumpcloud, inFlight: 1, share: 0.5 },
  ]) {
    it(`ends as without any: ${dialect.title}, ${inFlight} at a time, ${100 * share} % of requests`, async () => {
      const calm = createProvider();
      await playStory({ send: calm.send, seed: 0, share: 0, dialect });
      const kinds = new Set<string>();
      for (const seed of faultSeeds()) {
        const provider = createProvider();
        const { met } = await playStory({ send: provider.send, seed, share, dialect, inFlight });
        expect(provider.state(), `seed ${seed}`).to.deep.equal(calm.state());
        for (const kind of met) kinds.add(kind);
      }
      expect(kinds).to.deep.equal(new Set(faultKinds));
    });
  }
});
