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
  const { document, section } = placeOf(id);
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

/** How many clauses the catalogue has in each document that these come from, by section; rules of a vendor in one number. */
export function catalogueOf(ids: readonly ClauseId[]): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const documents = new Set(ids.map(placeOf).map(({ document }) => document));
  const counts: Record<string, Record<string, number>> = {};
  for (const id of [...Object.keys(requirements), ...Object.keys(rules)] as ClauseId[]) {
    const { document, section } = placeOf(id);
    if (!documents.has(document)) continue;
    const sections = (counts[document] ??= {});
    const name = isRequirement(id) ? section : '';
    sections[name] = (sections[name] ?? 0) + 1;
  }
  return counts;
}

const placeOf = (id: ClauseId): { readonly document: string; readonly section: string } =>
  isRequirement(id) ? requirements[id] : { document: documentOf(id), section: rules[id].section };

const softening: ReadonlySet<string> = new Set(['warning', 'observation', 'not-judged']);

/** What makes a profile count on a clause: its own line about it, or a rule that belongs to it. */
function sourceOf(id: ClauseId, profile: Profile): string | undefined {
  const written = profile.table.find(({ clause }) => clause === id);
  if (written) return written.source;
  return isRequirement(id) || severityOf(id, profile) === 'none' ? undefined : `${id}: ${rules[id].title}`;
}
