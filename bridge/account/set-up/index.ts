import type { RuleId } from '../../../conformance/clauses/index.ts';
import { ControlError, type Connection } from '../../../scim/target.ts';
import type { AccountSettings, Draft } from '../model.ts';
import { admitToBridge, admitToHosted, refuseBridge } from './admit.ts';
import { checkAdministrator, checkHosted, type Requirements, type SetUpRequest } from './preconditions.ts';
import type { Admission, BuiltInGroup, Holds, SetUpState, SetUpStep } from './state.ts';

export { publicMailDomains, type Requirements, type SetUpRequest } from './preconditions.ts';
export type { Admission, BuiltInGroup, SetUpState, SetUpStep } from './state.ts';

/** How set-up is made. */
export interface SetUpOptions {
  /** Makes a token; never the same twice. */
  readonly issue: () => string;
  /** How long a migration takes, in milliseconds. Default: 10 minutes; the vendor only says that it may take some time. */
  readonly migrationTakes?: number;
  /** Where identity providers reach the bridge and the hosted service. */
  readonly urls?: { readonly bridge: string; readonly hosted: string };
  /** Rules that do not hold. For tests that have to see themselves fail. */
  readonly without?: ReadonlySet<RuleId>;
}

type Act<Rest extends readonly unknown[]> = (state: SetUpState, now: number, ...rest: Rest) => SetUpStep;

/** Set-up, credentials and migration of provisioning: pure functions over `SetUpState`. Each act throws `ControlError`. */
export interface SetUp {
  /** An account without provisioning. */
  readonly initial: SetUpState;
  /** Gives the account a bridge of one's own. 403, 409 */
  readonly setUpBridge: Act<[request: SetUpRequest]>;
  /** A new token for the bridge, which works once its session file is loaded. 409 */
  readonly regenerate: Act<[]>;
  /** Loads the session file that belongs to the new token. */
  readonly reload: Act<[]>;
  /** Stops the bridge and throws its credential away. */
  readonly removeBridge: Act<[]>;
  /** Sets hosted provisioning up where there is no bridge. 403, 409 */
  readonly setUpHosted: Act<[request: SetUpRequest, account: Requirements]>;
  /** Turns hosted provisioning off. 409 */
  readonly turnOff: Act<[]>;
  /** Starts the move from the bridge to hosted provisioning. 403, 409 */
  readonly migrate: Act<[request: SetUpRequest, account: Requirements]>;
  /** The administrator leaves the page on which the migration was started. */
  readonly leavePage: Act<[]>;
  /** What has fallen due: the end of a migration. */
  readonly settle: Act<[]>;
  /** When a migration that runs will be done, in milliseconds. */
  readonly nextDue: (state: SetUpState) => number | undefined;
  /** Whether the bridge or the hosted service takes a token. */
  readonly admit: (state: SetUpState, door: 'bridge' | 'hosted', token: string, now: number) => Admission;
  /** Whether people may be managed with the command-line tool (OP-52). 403 */
  readonly checkCli: (state: SetUpState, setting: AccountSettings['cliWithHosted']) => void;
}

const defaultUrls = { bridge: 'https://scim.example.com', hosted: 'https://provisioning.1password.com/scim/v2' };

/** Makes the set-up of provisioning; OP-5 to OP-9, OP-45a, OP-45b and OP-48 to OP-53 live here. */
export function setUpProvisioning({
  issue,
  migrationTakes = 10 * 60 * 1000,
  urls = defaultUrls,
  without,
}: SetUpOptions): SetUp {
  const holds: Holds = rule => !without?.has(rule);

  const settle: SetUp['settle'] = (state, now) => {
    const { hosted, migration } = state;
    if (hosted !== 'migrating' || !migration || now < migration.doneAt) return step(state, now);
    const note = noted('migration-done', 'OP-50a', 'clock', 'The account has moved to hosted provisioning.');
    return withManagers({ ...state, hosted: 'on' }, migration.doneAt, migration.startedBy, note);
  };

  /** OP-45a, OP-45b; the group outlives hosted provisioning, so it is made once. */
  const withManagers = (state: SetUpState, at: number, by: string, note: Draft, connection?: Connection): SetUpStep => {
    const group: BuiltInGroup = { name: 'Provision Managers', members: holds('OP-45b') ? [] : [by] };
    const makes = state.provisionManagers || !holds('OP-45a') ? [] : [group];
    return step({ ...state, provisionManagers: true }, at, { notes: [note], makes, ...(connection && { connection }) });
  };

  return {
    initial: { hosted: 'never', beta: false, provisionManagers: false },

    setUpBridge(state, now, { by }) {
      checkAdministrator(by, holds);
      const gone = refuseBridge(state, holds);
      if (gone && !gone.served) throw new ControlError(409, gone.detail, gone.rule);
      if (state.hosted === 'migrating') throw new ControlError(409, 'The account is moving to hosted provisioning.');
      if (state.bridge) throw new ControlError(409, 'The account has a bridge; regenerate its credentials instead.');
      const token = issue();
      const note = noted('set-up', 'OP-7', 'administrator', 'A SCIM bridge was set up.');
      return step({ ...state, bridge: { tokens: [token] } }, now, {
        notes: [note],
        connection: { url: urls.bridge, token },
      });
    },

    regenerate(state, now) {
      const { hosted, bridge } = state;
      if (hosted === 'on' || hosted === 'migrating') {
        const detail = 'Credentials of hosted provisioning cannot be rotated; turn it off and set it up again.';
        if (holds('OP-6a')) throw new ControlError(409, detail, 'OP-6a');
        const token = issue();
        return step({ ...state, credential: { token, issuedAt: now } }, now, {
          connection: { url: urls.hosted, token },
        });
      }
      if (!bridge) throw new ControlError(409, 'There is no bridge whose credentials could be regenerated.');
      const token = issue();
      const note = noted('credential', 'OP-5a', 'administrator', 'The bearer token was regenerated.');
      return step({ ...state, bridge: { tokens: holds('OP-5a') ? [] : bridge.tokens, waiting: token } }, now, {
        notes: [note],
        connection: { url: urls.bridge, token },
      });
    },

    reload(state, now) {
      const token = state.bridge?.waiting;
      if (token === undefined || !holds('OP-5b')) return step(state, now);
      const note = noted('credential', 'OP-5b', 'administrator', 'The session file of the new token was loaded.');
      return step({ ...state, bridge: { tokens: [token] } }, now, { notes: [note] });
    },

    removeBridge(state, now) {
      const { bridge, ...rest } = state;
      if (!bridge) return step(state, now);
      const note = noted('credential', 'OP-53', 'administrator', 'The SCIM bridge was stopped and removed.');
      return step(rest, now, { notes: [note] });
    },

    setUpHosted(state, now, request, account) {
      checkAdministrator(request.by, holds);
      if (state.hosted === 'on' || state.hosted === 'migrating') {
        throw new ControlError(409, 'Hosted provisioning is set up already; turn it off before setting it up again.');
      }
      if (state.hosted === 'never' && state.bridge) {
        throw new ControlError(409, 'The account has a SCIM bridge; migrate it to hosted provisioning instead.');
      }
      const beta = checkHosted('setUp', request, account, holds);
      const token = holds('OP-6c') ? issue() : (state.credential?.token ?? issue());
      const note = noted('set-up', 'OP-6c', 'administrator', 'Hosted provisioning was set up with a new token.');
      const { migration: _, ...rest } = state;
      const next: SetUpState = { ...rest, hosted: 'on', beta, credential: { token, issuedAt: now } };
      return withManagers(next, now, request.by.id, note, { url: urls.hosted, token });
    },

    turnOff(state, now) {
      if (state.hosted !== 'on') throw new ControlError(409, 'Hosted provisioning is not on.');
      const note = noted(
        'turned-off',
        'OP-6c',
        'administrator',
        'Hosted provisioning was turned off; its token ended.',
      );
      return step({ ...state, hosted: 'off' }, now, { notes: [note] });
    },

    migrate(state, now, request, account) {
      checkAdministrator(request.by, holds);
      const { hosted, bridge } = state;
      if (hosted !== 'never' || !bridge) {
        const detail = bridge ? `Its hosted provisioning is ${hosted} already.` : 'Set hosted provisioning up instead.';
        throw new ControlError(409, `Only an account on its own SCIM bridge migrates. ${detail}`, 'OP-48a');
      }
      const beta = checkHosted('migrate', request, account, holds);
      const changes = holds('OP-49a');
      const token = changes ? issue() : (bridge.tokens[0] ?? issue());
      const note = noted('migration-started', 'OP-49a', 'administrator', 'The move to hosted provisioning began.');
      const migration = {
        startedAt: now,
        doneAt: now + migrationTakes,
        startedBy: request.by.id,
        page: 'open',
      } as const;
      return step({ ...state, hosted: 'migrating', beta, credential: { token, issuedAt: now }, migration }, now, {
        notes: [note],
        connection: { url: changes ? urls.hosted : urls.bridge, token },
      });
    },

    leavePage(state, now) {
      const { migration } = state;
      if (!migration) return step(state, now);
      const doneAt = holds('OP-50a') ? migration.doneAt : Infinity;
      return step({ ...state, migration: { ...migration, page: 'left', doneAt } }, now);
    },

    settle,

    nextDue: ({ hosted, migration }) => (hosted === 'migrating' ? migration?.doneAt : undefined),

    admit(state, door, token, now) {
      const settled = settle(state, now).state;
      return (door === 'bridge' ? admitToBridge : admitToHosted)(settled, token, now, holds);
    },

    checkCli({ hosted }, setting) {
      if (hosted === 'never' || hosted === 'off' || setting === 'allow' || !holds('OP-52')) return;
      throw new ControlError(
        403,
        'People are not managed with the command-line tool while hosted provisioning is on.',
        'OP-52',
      );
    },
  };
}

const step = (
  state: SetUpState,
  at: number,
  more: Partial<Pick<SetUpStep, 'notes' | 'makes' | 'connection'>> = {},
): SetUpStep => ({ state, at, notes: [], makes: [], ...more });

type AccountStep = Extract<Draft, { readonly kind: 'account' }>['step'];

const noted = (what: AccountStep, rule: RuleId, cause: Draft['cause'], says: string): Draft => ({
  kind: 'account',
  step: what,
  rule,
  cause,
  says,
});
