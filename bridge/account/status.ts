import type { Ground } from './core.ts';
import type { Page } from './hooks.ts';

/** The version that the health report was recorded of (research note, section 2.4). */
const VERSION = { build: '209163', version: '2.9.16' } as const;

const TEN_MINUTES = 600_000;

/** RFC 3339 in UTC and whole seconds. */
const stamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * What the bridge that a customer runs tells of itself beside SCIM: that it lives, to anybody, and how its parts are, to
 * whoever has the token (research note, sections 2.1 and 2.4). Whether the cache is there is nothing that it simulates.
 *
 * @param admit lets a valid token in, also while provisioning is switched off
 */
export function createPages(
  { state, clock }: Ground,
  admit: (authorization: string | undefined) => void,
): readonly Page[] {
  const report = (source: string, current: string) => {
    const now = clock.now();
    return { source, time: stamp(now), expires: stamp(now + TEN_MINUTES), state: current };
  };
  return [
    { path: '/', show: () => ({ status: 302, headers: { location: '/app' }, body: '' }) },
    {
      path: '/app',
      show: () => ({
        status: 200,
        body: 'The status page is not simulated; GET /health with the token tells the same.\n',
      }),
    },
    { path: '/ping', show: () => ({ status: 200, body: 'pong\n' }) },
    {
      path: '/health',
      show(authorization) {
        admit(authorization);
        // I247: the watcher has nothing to connect to while provisioning is switched off.
        const watcher = state.facts.provisioning ? 'healthy' : 'disconnected';
        const reports = [
          report('ConfirmationWatcher', watcher),
          ...['RedisCache', 'SCIMServer', 'StartProvisionWatcher'].map(source => report(source, 'healthy')),
        ];
        const isHealthy = reports.every(each => each.state === 'healthy');
        // Q30: the code of a report that is not healthy.
        return { status: isHealthy ? 200 : 503, body: { ...VERSION, reports, retrievedAt: stamp(clock.now()) } };
      },
    },
  ];
}
