import type { AccountOptions } from '../../bridge/index.ts';
import { profiles, settleAccount } from '../../bridge/account/profiles.ts';
import { transitions } from '../../bridge/account/transitions.ts';
import type { AccountPerson, Control } from '../../scim/target.ts';
import { faultsOfGroups } from './oracle-groups.ts';
import { faultsOfMail } from './oracle-mail.ts';
import { key, same, serviceAt, targetOf, text, wrongOf, type Passage } from './passage.ts';

/** The name of a row of the table of transitions. */
export const rowName = ({ from, event, to, by, when = {} }: (typeof transitions)[number]): string =>
  [from, event, 'by', by, 'to', to, ...Object.values(when).map(value => `(${value})`)].join(' ');

/** Rows of the table that count for an account under a profile, by what the journal says of a transition. */
function rowsOf(account: AccountOptions, profile: AccountOptions['profile']): ReadonlyMap<string, string> {
  const { settings } = settleAccount({ ...account, profile });
  const values: Readonly<Record<string, unknown>> = { ...settings, afterSignUp: profiles[profile].afterSignUp };
  const counts = transitions.filter(({ when = {} }) =>
    Object.entries(when).every(([name, value]) => values[name] === value),
  );
  return new Map(counts.map(row => [`${row.from} ${row.event} ${row.to} ${row.by} ${row.rule}`, rowName(row)]));
}

/** Acts of people themselves; all others are those of administrators. */
const own: ReadonlySet<keyof Control> = new Set([
  'accept',
  'confirmAddress',
  'changeOwnAddress',
  'completeRecovery',
  'switchToSso',
]);

/**
 * What of a passage no account may do; empty when all is well. Of the account's own code it reads the table of transitions
 * and nothing else.
 *
 * @param met told of each row of that table that was gone through
 */
export function faultsOf(passage: Passage, met: (row: string) => void): readonly string[] {
  return [
    ...faultsOfReply(passage),
    ...faultsOfCauses(passage),
    ...faultsOfAddresses(passage),
    ...faultsOfDomains(passage),
    ...faultsOfStates(passage, met),
    ...faultsOfWatcher(passage),
    ...faultsOfAttributes(passage),
    ...faultsOfBystanders(passage),
    ...faultsOfGroups(passage),
    ...faultsOfMail(passage),
  ];
}

/** Answers: refused when switched off, a fault of the server only where one is documented, and no effect when refused. */
function faultsOfReply({ account, step, reply, before, after, news }: Passage): readonly string[] {
  const { status, isScim } = reply;
  const { isOn, hosted } = serviceAt(account, before.journal);
  const off = account.profile === 'self-hosted' && hosted !== 'on' ? 500 : 403;
  const isGone = hosted === 'on' || hosted === 'off';
  const documented =
    isScim && (status === 500 ? isGone || (!isOn && off === 500) : status === 503 && hosted === 'migrating');
  const isRefused = status >= 400;
  const moved = !same([before.people, before.groups], [after.people, after.groups]);
  const effects = news.filter(({ cause, step: what }) => cause !== 'clock' && what !== 'unlocked');
  const migrated = news.some(entry => entry['step'] === 'migration-done');
  const told = effects.map(({ says }) => says).join('; ');
  return wrongOf(
    [status >= 500 && !documented, `answered ${status}: ${JSON.stringify(reply.json)}`],
    [isScim && !isOn && !isRefused, `provisioning is off, and ${step.do} was answered ${status}`],
    [step.do === 'wrong-token' && status !== 401 && !documented, `a wrong token was answered ${status}`],
    [isRefused && effects.length > 0 && !migrated, `refused with ${status}, and yet: ${told}`],
    [isRefused && moved && news.length === 0, `refused with ${status}, and something changed`],
  );
}

/** Whoever acts is the cause; the clock may always have been. What a migration brings with it is of whoever began it. */
function faultsOfCauses({ step, reply, news }: Passage): readonly string[] {
  const cause = reply.isScim ? 'provisioning' : step.do === 'act' && own.has(step.act) ? 'person' : 'administrator';
  const migrated = news.findIndex(entry => entry['step'] === 'migration-done');
  const isTime = step.do === 'act' && step.act === 'advance';
  return news
    .filter(
      (entry, at) =>
        entry.cause !== 'clock' &&
        (isTime || entry.cause !== cause) &&
        !(migrated >= 0 && at > migrated && entry.kind === 'group'),
    )
    .map(({ says, cause: by }) => `${step.do} caused, as of ${by}: ${says}`);
}

/** No address comes in by provisioning whose domain is not allowed. */
function faultsOfDomains({ news, domains, after }: Passage): readonly string[] {
  if (domains === 'any') return [];
  const allowed = new Set(domains.map(key));
  const given = news.flatMap(entry => {
    if (entry.cause !== 'provisioning') return [];
    if (entry['step'] === 'proposed') return [text(entry['to'])];
    return entry['event'] === 'create'
      ? after.people.filter(({ id }) => id === entry['person']).map(({ address }) => address)
      : [];
  });
  return given.filter(address => !allowed.has(key(address.split('@')[1]))).map(address => `${address} is not allowed`);
}

/** One person for each address, and always an owner who can act. */
function faultsOfAddresses({ after: { people } }: Passage): readonly string[] {
  const taken = new Map<string, AccountPerson>();
  const faults: string[] = [];
  for (const person of people) {
    const other = taken.get(key(person.address));
    if (other) faults.push(`${other.id} and ${person.id} both have ${person.address}`);
    taken.set(key(person.address), person);
  }
  const isOwned = people.some(({ role, state }) => role === 'owner' && state === 'active');
  return isOwned ? faults : [...faults, 'nobody is an active owner'];
}

/** Every state is reached by transitions of the table, one after the other, as the journal tells them. */
function faultsOfStates(
  { account, step, before, after, news }: Passage,
  met: (row: string) => void,
): readonly string[] {
  const faults: string[] = [];
  let rows = rowsOf(account, serviceAt(account, before.journal).hosted === 'on' ? 'hosted' : account.profile);
  const states = new Map(before.people.map(({ id, state }) => [id, state]));
  for (const entry of news) {
    if (entry['step'] === 'migration-done') rows = rowsOf(account, 'hosted');
    if (entry.kind !== 'person') continue;
    const [id, from, event, to] = [entry['person'], entry['from'], entry['event'], entry['to']].map(text) as Told;
    const state = states.get(id) ?? 'none';
    if (state !== from) faults.push(`${entry.says}: it was ${state}`);
    states.set(id, to);
    const row = rows.get(`${from} ${event} ${to} ${entry.cause} ${entry.rule}`);
    if (row !== undefined) met(row);
    else if (event !== 'add')
      faults.push(`the table has no ${from} ${event} by ${entry.cause} to ${to} (${entry.rule})`);
    else if (step.do !== 'act' || step.act !== 'addPerson') faults.push(`${step.do} put somebody in by hand`);
  }
  const is = new Map(after.people.map(person => [person.id, person]));
  for (const [id, state] of states) {
    const shown = is.get(id)?.state ?? 'removed';
    if (shown !== state) faults.push(`${id} is ${shown}, and the journal says ${state}`);
  }
  for (const { id, address } of after.people) if (!states.has(id)) faults.push(`${address} came from nowhere`);
  return faults;
}

type Told = [id: string, from: string, event: string, to: string];

const isSuspended = ({ state }: AccountPerson): boolean => state === 'suspended' || state === 'transfer-suspended';

/** The watcher rests while the bridge is locked or provisioning is switched off; a migration confirms whoever waits. */
function faultsOfWatcher({ account, after, news }: Passage): readonly string[] {
  const isMigrated = news.some(entry => entry['step'] === 'migration-done');
  const confirmed = news.filter(({ cause, ...entry }) => cause === 'clock' && entry['event'] === 'confirm');
  return confirmed.flatMap(({ number, says }) => {
    const { isOn, isLocked } = serviceAt(account, after.journal.slice(0, number - 1));
    return wrongOf([!isMigrated && (!isOn || isLocked), `${says}, by a watcher that rests`]);
  });
}

/** What else is known of people changes as the journal says, and addresses only when the person has confirmed it. */
function faultsOfAttributes({ step, before, after, news }: Passage): readonly string[] {
  const was = new Map(before.people.map(person => [person.id, person]));
  const act = step.do === 'act' ? step.act : undefined;
  return after.people.flatMap(now => {
    const then = was.get(now.id);
    if (!then) return [];
    const told = news.filter(entry => entry['person'] === now.id);
    const steps = new Set(told.filter(({ kind }) => kind === 'address').map(entry => text(entry['step'])));
    const isConfirmed = act === 'confirmAddress' && steps.has('confirmed');
    const isMoved = ['proposed', 'withdrawn', 'confirmed'].some(step => steps.has(step));
    const isAsleep = isSuspended(then) && isSuspended(now);
    const waits = now.pendingAddress ?? 'nothing';
    return wrongOf(
      [then.address !== now.address && !isConfirmed, `${then.address} became ${now.address}, which nobody confirmed`],
      [then.pendingAddress !== now.pendingAddress && !isMoved, `${now.address} waits for ${waits}, and nobody said so`],
      [isAsleep && then.pendingAddress !== now.pendingAddress, `${now.address} is suspended, and waits for ${waits}`],
      [then.name !== now.name && !told.some(({ kind }) => kind === 'name'), `${then.name} is now ${now.name}`],
      [then.role !== now.role && act !== 'setRole', `${then.address} became ${now.role}`],
    );
  });
}

/** A step changes the one it is about; provisioning changes no guest, and nobody when it is about groups. */
function faultsOfBystanders(passage: Passage): readonly string[] {
  const { step, reply, before, after, news } = passage;
  const { person, group } = targetOf(passage);
  if (!reply.isScim && person === undefined && group === undefined) return [];
  const timed = new Set(news.filter(({ cause }) => cause === 'clock').map(entry => entry['person']));
  const is = new Map(after.people.map(one => [one.id, one]));
  const touched = before.people.filter(one => !timed.has(one.id) && !same(one, is.get(one.id)));
  const isOut = ({ id, role }: AccountPerson): boolean => id !== person || (reply.isScim && role === 'guest');
  return touched.filter(isOut).map(({ address }) => `${step.do} touched ${address}, whom it is not about`);
}
