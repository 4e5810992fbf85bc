import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { Blocked } from '../run/violation.ts';

const CORE = new Set(['User', 'Group']);

/** Where resource types live (RFC 7644 section 3.2). */
export const endpoints = [
  {
    id: 'endpoints.plural',
    title: 'The endpoint of a resource type of its own is its name with an s',
    clause: 'RFC7644-3.2-02',
    applies: [],
    cases: ({ resourceTypes = [] }) =>
      resourceTypes.flatMap(({ name }) => (typeof name === 'string' && !CORE.has(name) ? [{ name }] : [])),
    async run({ scim, facts }, { name }) {
      const endpoint = facts.resourceTypes?.find(type => type['name'] === name)?.['endpoint'];
      if (typeof endpoint !== 'string') throw new Blocked('discovery.resource-type-members', `${name} has no endpoint`);
      const answer = await scim.list('/ResourceTypes');
      const last = endpoint.replace(/\/+$/, '').split('/').at(-1);
      expect.that(last === `${name}s`, `the endpoint /${name}s`, show(endpoint), answer);
    },
  },
] as const satisfies readonly Check[];
