import {
  isRequirement,
  levelOf,
  requirements,
  rules,
  sentenceOf,
  type ClauseId,
} from '../conformance/clauses/index.ts';
import { profiles, severityOf, type Profile } from '../conformance/index.ts';
import type { ClauseSnapshot } from '../reports/record/index.ts';

/** Where the rules of a prefix come from. */
const documents = { JC: 'JumpCloud', OP: '1Password', IDP: 'Identity providers' } as const;

const documentOf = (id: ClauseId): string =>
  Object.entries(documents).find(([prefix]) => id.startsWith(`${prefix}-`))?.[1] ?? '';

/** What a clause says and weighs today, as the header of a record keeps it. */
export function snapshotOf(id: ClauseId): ClauseSnapshot {
  const { document, section } = isRequirement(id)
    ? requirements[id]
    : { document: documentOf(id), section: rules[id].section };
  const needed = Object.fromEntries(
    profiles.flatMap(profile => {
      const source = sourceOf(id, profile);
      return source === undefined ? [] : [[profile.id, { severity: severityOf(id, profile), source }] as const];
    }),
  );
  const softened = isRequirement(id) && softening.has(requirements[id].stance) ? requirements[id].stanceReason : '';
  return {
    document,
    section,
    level: levelOf(id),
    sentence: sentenceOf(id),
    ...(Object.keys(needed).length > 0 && { needed }),
    ...(softened !== '' && { softened }),
  };
}

const softening: ReadonlySet<string> = new Set(['warning', 'observation', 'not-judged']);

/** What makes a profile count on a clause: its own line about it, or a rule that belongs to it. */
function sourceOf(id: ClauseId, profile: Profile): string | undefined {
  const written = profile.table.find(({ clause }) => clause === id);
  if (written) return written.source;
  return isRequirement(id) || severityOf(id, profile) === 'none' ? undefined : `${id}: ${rules[id].title}`;
}
