import { startBetterAuth } from './better-auth.ts';
import { startScimmy } from './scimmy.ts';

/** Servers that none of us wrote, by the name that `npm run findings` takes. */
export const thirdPartyServers = { scimmy: startScimmy, 'better-auth': startBetterAuth } as const;
