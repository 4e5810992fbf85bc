import { administered } from '../defects/me.ts';
import { empty, refusal, swallow, type Match } from '../hops.ts';
import type { Variant } from '../variant.ts';

const onMe: Match = ({ method, path }) => method === 'GET' && path === '/Me';

/** What is permitted of `/Me`. */
export const meVariants = [
  {
    id: 'me-answered',
    title: '/Me stands for a user and is answered by the provider itself',
    permittedBy: 'RFC 7644 section 3.11',
    hop: administered(),
  },
  {
    id: 'me-redirects',
    title: '/Me redirects to the user it stands for',
    permittedBy: 'RFC 7644 section 3.11',
    hop: () => swallow(onMe, () => empty(308, { location: 'https://provider.example/scim/v2/Users/administrator' })),
  },
  {
    id: 'me-stands-for-nobody',
    title: 'The credential stands for no resource: 403',
    permittedBy: 'RFC 7644 section 3.11',
    hop: () => swallow(onMe, () => refusal(403)),
  },
] as const satisfies readonly Variant[];
