import type { AccountOptions } from '../../bridge/index.ts';
import type { AccountMail } from '../../scim/target.ts';
import { beginsHosted, key, same, serviceAt, text, type Entry, type Passage } from './passage.ts';
import { DAY } from './steps.ts';
import type { Seen } from './world.ts';

/** Which rules may explain which mail. */
const explained: Readonly<Record<string, readonly string[]>> = {
  invitation: ['OP-13b', 'P-ADD'],
  reminder: ['OP-14a'],
  'address-confirmation': ['OP-32a', 'P-MAIL'],
};

/** Every mail has an occasion and a rule, and every occasion its mail. */
export function faultsOfMail({ account, before, after, news, bouncing }: Passage): readonly string[] {
  const faults: string[] = [];
  const fresh = after.outbox.slice(before.outbox.length);
  if (!same(after.outbox.slice(0, before.outbox.length), before.outbox)) faults.push('the outbox was rewritten');
  const isNoted = ({ number, kind, person, rule }: AccountMail): boolean =>
    news.some(
      entry =>
        entry.kind === 'mail' &&
        entry['mail'] === number &&
        entry['mailKind'] === kind &&
        entry['person'] === person &&
        entry.rule === rule,
    );
  for (const mail of fresh) {
    const { kind, to, rule, delivered, at } = mail;
    const name = `${kind} to ${to}`;
    if (!explained[kind]?.includes(rule)) faults.push(`${name} is explained by ${rule}`);
    if (!isNoted(mail)) faults.push(`${name} is not in the journal`);
    if (delivered === bouncing.has(key(to))) faults.push(`${name} was ${delivered ? '' : 'not '}delivered`);
    if (kind === 'reminder') faults.push(...faultsOfReminder(mail, account, after));
    if (at > after.now) faults.push(`${name} is of the future`);
  }
  const invited = news
    .filter(entry => entry.kind === 'person' && entry['to'] === 'invited')
    .map(entry => text(entry['person']));
  const proposed = news
    .filter(entry => entry.kind === 'address' && entry['step'] === 'proposed')
    .map(entry => text(entry['person']));
  const sent = (kind: string): readonly string[] => fresh.filter(mail => mail.kind === kind).map(mail => mail.person);
  if (!same(sent('invitation').toSorted(), invited.toSorted()))
    faults.push(`invited were ${invited.join(', ')}, and mail went to ${sent('invitation').join(', ')}`);
  if (!same(sent('address-confirmation').toSorted(), proposed.toSorted()))
    faults.push('mails on addresses do not fit the changes that were proposed');
  if (serviceAt(account, after.journal).hosted === 'on') faults.push(...missingReminders(after));
  return faults;
}

const lastInvitation = (person: string, mails: readonly AccountMail[]): AccountMail | undefined =>
  mails.findLast(mail => mail.kind === 'invitation' && mail.person === person);

/** A reminder comes two days after an invitation, once; of one that is older than hosted provisioning, when that begins. */
function faultsOfReminder(
  { number, to, person, at }: AccountMail,
  account: AccountOptions,
  { outbox, journal }: Seen,
): readonly string[] {
  const earlier = outbox.filter(mail => mail.number < number);
  const invitation = lastInvitation(person, earlier);
  if (!invitation) return [`${to} was reminded of nothing`];
  const again = earlier.some(
    mail => mail.kind === 'reminder' && mail.person === person && mail.number > invitation.number,
  );
  const due = Date.parse(invitation.at) + 2 * DAY;
  const begun = (journal as readonly Entry[]).find(beginsHosted)?.at;
  const noted = (journal as readonly Entry[]).findIndex(entry => entry.kind === 'mail' && entry['mail'] === number);
  const before = (journal as readonly Entry[]).slice(0, noted);
  const state = before.findLast(entry => entry.kind === 'person' && entry['person'] === person)?.['to'];
  const isDue = account.profile === 'hosted' || begun !== undefined;
  const when = begun === undefined ? due : Math.max(due, Date.parse(begun));
  return [
    ...(isDue ? [] : [`${to} was reminded by a bridge`]),
    ...(state === 'invited' ? [] : [`${to} was reminded when ${text(state)}`]),
    ...(again ? [`${to} was reminded twice`] : []),
    ...(Date.parse(at) === when ? [] : [`${to} was reminded at ${at} of an invitation of ${invitation.at}`]),
  ];
}

function missingReminders({ people, outbox, now }: Seen): readonly string[] {
  return people
    .filter(({ state }) => state === 'invited')
    .flatMap(({ id, address }) => {
      const invitation = lastInvitation(id, outbox);
      if (!invitation || Date.parse(invitation.at) + 2 * DAY > Date.parse(now)) return [];
      const reminded = outbox.some(
        mail => mail.kind === 'reminder' && mail.person === id && mail.number > invitation.number,
      );
      return reminded ? [] : [`${address} was never reminded`];
    });
}
