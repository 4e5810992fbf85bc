import { suggest } from '../../text/suggest.ts';

/** Characters of something sent that are shown in a message about it. */
const SHOWN = 80;

/** A value that was sent, as JSON and not too long, for a message. */
export function quote(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > SHOWN ? `${json.slice(0, SHOWN)}…` : json;
}

/** What a name that is unknown may have been meant to be. */
export const near = (name: string, known: readonly string[]): string => suggest(name.slice(0, SHOWN), known);
