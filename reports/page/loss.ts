import type { Report } from '../writers/report.ts';

/** What is said first of a target that was lost; nothing where it was not. What never answered did not stop either. */
export function lossOf({ footer, exchanges, target }: Pick<Report, 'footer' | 'exchanges' | 'target'>): string {
  const since = footer?.lostSince ?? '';
  if (since === '') return '';
  const hasAnswered = exchanges.some(({ response }) => response.status !== undefined);
  const why = exchanges.findLast(({ response }) => response.failure)?.response.failure?.message;
  const reason = why === undefined ? '' : `: ${why}`;
  return hasAnswered
    ? `The target stopped answering at ${since}${reason}.`
    : `The target never answered${reason}. To find out why: scimulator doctor ${target}`;
}
