import type { Law } from './law.ts';
import type { Cause, Ground, MailKind, Person } from './model.ts';
import type { State } from './state.ts';

/** What a mail is sent on. */
export type Occasion =
  | 'invited' // by provisioning, again after an invitation was taken back too
  | 'invited-by-hand'
  | 'not-accepted' // for as long as the profile waits before it reminds
  | 'address-proposed' // by the identity provider
  | 'address-asked'; // by the person

interface Row {
  readonly on: Occasion;
  readonly kind: MailKind;
  /** Undefined: nobody to send it to. */
  readonly to: (person: Person) => string | undefined;
  readonly rule: Ground;
}

const own = ({ address }: Person): string => address;
const proposed = ({ pendingAddress }: Person): string | undefined => pendingAddress;

/** Every mail there is. The confirmation of an address change goes to the new address (P-MAIL over C116487). */
const mails: readonly Row[] = [
  { on: 'invited', kind: 'invitation', to: own, rule: 'OP-13b' },
  { on: 'invited-by-hand', kind: 'invitation', to: own, rule: 'P-ADD' },
  { on: 'not-accepted', kind: 'reminder', to: own, rule: 'OP-14a' },
  { on: 'address-proposed', kind: 'address-confirmation', to: proposed, rule: 'OP-32a' },
  { on: 'address-asked', kind: 'address-confirmation', to: proposed, rule: 'P-MAIL' },
];

/** Sends what an occasion calls for. */
export type Post = (on: Occasion, person: Person, cause: Cause) => void;

export function createPost({ on: holds }: Law, state: State): Post {
  const rows = mails.filter(({ rule }) => holds(rule));
  return (on, person, cause) => {
    for (const { kind, to, rule } of rows.filter(row => row.on === on)) {
      const address = to(person);
      if (address !== undefined) state.mail({ kind, to: address, person: person.id, rule }, cause);
    }
  };
}
