import type { Check } from '../run/check.ts';
import { expect } from '../run/expect.ts';
import { serves } from '../run/facts.ts';
import { onEachType, succeeded } from '../run/steps.ts';

/** GET by id (RFC 7644 section 3.4.1). */
export const read = [
  {
    id: 'read.by-id',
    title: 'A resource can be read by its id',
    clause: 'RFC7644-3.4.1-01',
    applies: [],
    ...onEachType(async ({ scim }, endpoint, { id }) => {
      const answer = await scim.read(endpoint, id);
      expect.status(answer, 200);
      expect.equal(expect.object(answer)['id'], id, 'the resource with id', answer);
    }),
  },
  {
    id: 'read.unknown',
    title: 'A resource that does not exist is answered with 404',
    clause: 'RFC7644-3.4.1-02',
    also: ['RFC7644-3.12-12'],
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id } = await given.user();
      succeeded(await scim.read('/Users', id), 'read.by-id');
      expect.status(await scim.read('/Users', given.unknownId()), 404);
    },
  },
] as const satisfies readonly Check[];
