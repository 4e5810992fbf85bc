import { loadControl } from '../harness/load-control.ts';
import { connectControl } from '../scim/control-client.ts';
import type { Control } from '../scim/target.ts';
import type { ControlFlags } from './control-options.ts';
import { secretOf } from './credential-options.ts';
import { UsageError, type Io } from './io.ts';

/**
 * Does something with the control that the flags name, or with none.
 *
 * @throws UsageError for flags that do not go together, ControlModuleError for a module that cannot be used,
 * ControlConnectionError and BaseUrlError for a control API that cannot be reached
 */
export async function withControl<T>(
  flags: ControlFlags,
  io: Io,
  work: (given: { readonly control?: Control }) => Promise<T>,
): Promise<T> {
  const { controlModule: file, controlUrl: url, controlTokenEnv, controlTokenFile } = flags;
  const hasToken = controlTokenEnv !== undefined || controlTokenFile !== undefined;
  if (file !== undefined && (url !== undefined || hasToken)) {
    throw new UsageError(
      '--control-module and --control-url exclude each other, and a module has no --control-token-…',
    );
  }
  if (file !== undefined) return work({ control: await loadControl(file) });
  if (url === undefined) {
    if (hasToken) throw new UsageError('--control-token-…: say of which control API, with --control-url');
    return work({});
  }
  const token = secretOf('--control-token', controlTokenEnv, controlTokenFile, io);
  const { control, close } = await connectControl({ url, token });
  try {
    return await work({ control });
  } finally {
    await close();
  }
}

/** @throws UsageError for flags of a control where there is nothing that they could be about */
export function refuseControl({ controlModule, controlUrl, controlTokenEnv, controlTokenFile }: ControlFlags): void {
  const named = [
    controlModule !== undefined && '--control-module',
    controlUrl !== undefined && '--control-url',
    (controlTokenEnv ?? controlTokenFile) !== undefined && '--control-token-…',
  ].filter(Boolean);
  if (named.length === 0) return;
  throw new UsageError(`${named.join(', ')} without --target: our own bridge with --account has a control of its own`);
}
