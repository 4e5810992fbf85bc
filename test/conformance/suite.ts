/**
 * The conformance checks as plain mocha tests: `npm run conformance`. `SCIM_URL` and `SCIM_TOKEN` name the target; without
 * them it is a reference bridge on a free port. `SCIMULATOR_ONLY` names checks, `patch.*` for example.
 */
import { randomBytes } from 'node:crypto';
import { createBridge, serveBridge } from '../../bridge/index.ts';
import { conformance } from '../../harness/mocha.ts';

const { SCIM_URL: url, SCIM_TOKEN: token, SCIMULATOR_ONLY: only } = process.env;
const options = only ? { only: only.split(',') } : {};

if (url) {
  conformance({ baseUrl: url, credential: token ? { kind: 'bearer', token } : { kind: 'none' } }, options);
} else {
  conformance(async () => {
    const own = randomBytes(24).toString('base64url');
    const { url: baseUrl, close } = await serveBridge(createBridge({ tokens: [own] }));
    return { target: { baseUrl, credential: { kind: 'bearer', token: own } }, stop: close };
  }, options);
}
