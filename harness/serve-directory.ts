import { setTimeout as delay } from 'node:timers/promises';
import { createBridge, listen, type ListenOptions } from '../bridge/index.ts';
import {
  createAdminApi,
  createSimulator,
  jumpcloud,
  type Organisation,
  type SimulatorOptions,
} from '../simulator/index.ts';
import { openPipe } from './provisioning-pipe.ts';
import type { TargetSettings } from './target.ts';

/** A simulated JumpCloud: who is in it, who may ask, and what it does at the start. */
export interface DirectorySettings extends ListenOptions {
  readonly apiKeys: readonly string[];
  /** Lets requests without an API key do everything. */
  readonly anonymous?: boolean;
  readonly seed: number;
  readonly organisation: Organisation;
  /** Whether groups and memberships are managed. */
  readonly manageGroups?: boolean;
  /** Whether provisioning is switched on at the start. */
  readonly active?: boolean;
  readonly settings?: SimulatorOptions['settings'];
  /** Told of what should not happen. */
  readonly onFault: (error: unknown) => void;
}

/** A simulated JumpCloud that listens. */
export interface ServedDirectory {
  /** `http://127.0.0.1:<port>`; the APIs lie below. */
  readonly url: string;
  /** Why provisioning is off although it was to be on; empty otherwise. */
  readonly trouble: string;
  /** Takes no further request, sends what is under way for a short time yet, then resolves. */
  close(): Promise<void>;
}

/** How long pushes under way may take once the server is to end, in milliseconds. */
const GRACE_MS = 1_000;

/**
 * Serves the admin API of a simulated JumpCloud that provisions to a target. It is bound to no group.
 * @throws BaseUrlError, ListenError, DirectoryError, SettingsError
 */
export async function serveDirectory(target: TargetSettings, options: DirectorySettings): Promise<ServedDirectory> {
  const { apiKeys, anonymous = false, seed, organisation, manageGroups = false, active = true, onFault } = options;
  const stop = new AbortController();
  const pipe = openPipe(target, stop.signal);
  const admin = createSimulator({
    dialect: jumpcloud,
    send: pipe.send,
    organisation,
    seed,
    manageGroups,
    retry: { sleep: (ms, signal) => pause(ms, [stop.signal, ...(signal ? [signal] : [])]) },
    ...(options.settings && { settings: options.settings }),
  });
  const { app, idle } = createAdminApi({ admin, apiKeys, anonymous, onFault });
  const { origin, close } = await listen(app, createBridge({ anonymous: true }).settings, options);
  if (active) admin.activate();
  const failed = (await admin.sync()).find(({ outcome }) => outcome === 'failed');
  return {
    url: origin,
    trouble: failed?.reason ?? '',
    async close() {
      const closed = close();
      await Promise.race([idle(), delay(GRACE_MS, undefined, { ref: false })]);
      stop.abort();
      await closed;
      await pipe.close();
    },
  };
}

/** Waits; ends early with any of the signals, which is no error. */
const pause = (ms: number, signals: readonly AbortSignal[]): Promise<void> =>
  delay(ms, undefined, { signal: AbortSignal.any([...signals]) }).catch(() => undefined);
