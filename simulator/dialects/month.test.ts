import { expect } from 'chai';
import { createProvider, type Provider } from '../provider.test.ts';
import { dialects } from './index.ts';
import { transcriptOf } from './transcript.test.ts';

/** What the service provider holds in the end that a directory knows of: who is active, and which groups there are. */
const outcome = ({ users, groups }: Provider) => ({
  users: [...users.values()].map(({ userName, active }) => [userName, active]),
  groups: [...groups.values()].map(({ displayName }) => displayName),
});

describe('a month in each dialect', () => {
  for (const dialect of dialects) {
    it(`ends with Ben alone, inactive, and Ada as the dialect leaves her: ${dialect.id}`, async () => {
      const provider = createProvider();
      await transcriptOf(dialect, provider);
      const ada = dialect.deletesAfter === undefined ? [['ada.king@orbital.example', false]] : [];
      expect(outcome(provider)).to.deep.equal({ users: [...ada, ['ben@orbital.example', false]], groups: [] });
    });
  }
});
