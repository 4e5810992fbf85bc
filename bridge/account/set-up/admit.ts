import { createSecrets } from '../../../scim/wire/secret.ts';
import type { Admission, Holds, SetUpState } from './state.ts';

const isOne = (tokens: readonly string[], token: string): boolean => createSecrets(tokens)(token) >= 0;

const year = 365 * 24 * 60 * 60 * 1000;

/**
 * Whether the bridge of one's own serves a request. Once an account has come to hosted provisioning it never does again
 * (OP-48a, OP-48b).
 */
export function admitToBridge(state: SetUpState, token: string, now: number, holds: Holds): Admission {
  const gone = refuseBridge(state, holds);
  if (!state.bridge) return gone ?? unauthorized('OP-3b');
  if (!isOne(state.bridge.tokens, token)) return unauthorized(state.bridge.waiting === undefined ? 'OP-3b' : 'OP-5a');
  return waiting(state, now, holds) ?? gone ?? { served: true };
}

/** Why a bridge cannot work for this account; undefined if it can. */
export function refuseBridge({ hosted }: SetUpState, holds: Holds): Admission | undefined {
  const rule = hosted === 'off' ? 'OP-48b' : 'OP-48a';
  if (hosted === 'never' || hosted === 'migrating' || !holds(rule)) return undefined;
  const detail =
    hosted === 'off'
      ? 'The account was on hosted provisioning; turning that off does not bring the SCIM bridge back.'
      : 'The account is on hosted provisioning; a SCIM bridge cannot work with it.';
  return { served: false, status: 500, detail, rule };
}

/** Whether hosted provisioning serves a request: with its own token alone, which does not expire (OP-6b, OP-49b). */
export function admitToHosted(state: SetUpState, token: string, now: number, holds: Holds): Admission {
  const { hosted, credential, bridge, migration } = state;
  const own =
    credential !== undefined &&
    isOne([credential.token], token) &&
    (holds('OP-6b') || now < credential.issuedAt + year);
  const old = !holds('OP-49b') && isOne(bridge?.tokens ?? [], token);
  if (!credential || !(own || old)) return unauthorized('OP-3b');
  if (hosted === 'never' || hosted === 'off') return unauthorized('OP-6c');
  if (migration && !bridge && !holds('OP-53')) {
    return { served: false, status: 500, detail: 'The SCIM bridge is gone.', rule: 'OP-53' };
  }
  return waiting(state, now, holds) ?? { served: true };
}

function waiting({ hosted, migration }: SetUpState, now: number, holds: Holds): Admission | undefined {
  if (hosted !== 'migrating' || !migration || !holds('OP-50b')) return undefined;
  return {
    served: false,
    status: 503,
    detail: 'The account is moving to hosted provisioning; try again later.',
    retryAfter: Math.max(1, Math.ceil((migration.doneAt - now) / 1000)),
    rule: 'OP-50b',
  };
}

const unauthorized = (rule: 'OP-3b' | 'OP-5a' | 'OP-6c'): Admission => ({
  served: false,
  status: 401,
  detail: 'The bearer token is not one of this endpoint.',
  rule,
});
