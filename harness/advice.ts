import { rules } from '../conformance/clauses/index.ts';
import { fixOf, mattersTo } from '../conformance/index.ts';
import type { RunEvent, Verdict } from '../reports/record/index.ts';
import type { Session } from '../scim/wire/session.ts';

/** A verdict on a deviation, with what to change and what hangs on it; any other as it is. */
export function advised(verdict: Verdict): Verdict {
  const { check, clause, title, outcome, expected } = verdict;
  if (outcome !== 'fail' && (outcome !== 'observed' || expected === '')) return verdict;
  const fix = fixOf(check) ?? storyFix(title, clause);
  const matters = mattersTo(check);
  return { ...verdict, ...(fix !== undefined && { fix }), ...(matters && { matters: { ...matters } }) };
}

/** A session whose verdicts on deviations carry advice. */
export const advising = (session: Session): Session => ({
  ...session,
  emit: (event: RunEvent) =>
    session.emit(event.kind === 'verdict' ? { ...event, verdict: advised(event.verdict) } : event),
});

/** What to change, by the sentence of an expectation of a story, and whose turn it is. */
const storyFixes: readonly (readonly [pattern: RegExp, text: string])[] = [
  [
    /^the account of .+ is /,
    'Take active of the last PUT or PATCH, and a DELETE, as the state of the account, and show that state to GET and to filters; nothing else may switch it.',
  ],
  [
    /^the account has .+ as /,
    'Let the requests above move the account behind the endpoint through its states, and not only the resource that SCIM shows.',
  ],
  [
    /^the account of .+ has /,
    'Store each attribute that the last create or update sent, and keep those that it did not name; a read by id shows them at once.',
  ],
  [
    /is a member of/,
    'Keep everybody in the group whom an addition named and no removal took out: members change one by one, and no update of a user or rename of a group touches them.',
  ],
  [
    /is no member of/,
    'Take out of the group whoever a removal names, in both forms: members[value eq "..."], and path members with a list under value.',
  ],
  [/^the group .+ exists/, 'Keep the group under the id that its create gave out until a DELETE of that id.'],
  [/^there is no group/, 'Delete the group on DELETE /Groups/{id}, and find it by no filter from then on.'],
  [/^the group .+ has the name/, 'Take a new displayName of the group over, from PATCH and from PUT.'],
  [
    /^no request/,
    'The identity provider sends what it must not: find the change in the step before that set it off, and compare with the rule before anything is sent.',
  ],
  [
    /^(?:a request|in this order)/,
    'The identity provider leaves out, repeats or reorders a request that the rule wants: follow the step that should set it off.',
  ],
  [
    /^the log holds/,
    'Write the event when the operation has ended, one for each attempt, with success as the service provider answered.',
  ],
  [/ mail$/, 'Send the mail where the rule names it, once, and to the address that the account has at that time.'],
  [
    /^something is done for/,
    'Act as the rule says where the story meets its condition; its requests and changes are listed under the steps.',
  ],
  [/^the attempt is/, 'Check what the rule checks before the attempt takes effect, and say so in the answer.'],
  [/^the answer has/, 'Compute the answer from the state after the step, with the members that the expectation names.'],
];

function storyFix(title: string, clause: string): string | undefined {
  const advice = storyFixes.find(([pattern]) => pattern.test(title))?.[1];
  const rule = clause in rules ? rules[clause as keyof typeof rules] : undefined;
  if (advice === undefined || rule === undefined) return advice;
  const shown = rule.wire === '-' || rule.wire === 'none' ? '' : ` On the wire: ${rule.wire}.`;
  return `${advice} The rule wants that ${rule.then}.${shown}`;
}
