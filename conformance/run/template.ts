import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';

/**
 * How a body that the target takes differs from an ordinary one: members to add or to put in place, null for one to leave
 * out. Texts hold `${unique}` where nothing else on the target may have the same, and `${password}` for a password.
 */
export type Template = JsonObject;

/** Stands for a name that nothing else on the target has. */
export const UNIQUE = '${unique}';

/** Stands for a password that no output shows. */
export const PASSWORD = '${password}';

/** What takes the place of the marks. */
export interface Filling {
  unique(label: string): string;
  password(): string;
  /** Where addresses are; a reserved domain by default. */
  readonly domain?: string;
}

/** The members of a template with values in place of the marks; one template gets one unique name. */
export function filled(template: Template, filling: Filling): JsonObject {
  const text = JSON.stringify(template);
  const unique = text.includes(UNIQUE) ? filling.unique('made') : '';
  const password = text.includes(PASSWORD) ? filling.password() : '';
  const fill = (value: Json): Json => {
    if (typeof value === 'string') return value.replaceAll(UNIQUE, unique).replaceAll(PASSWORD, password);
    if (Array.isArray(value)) return value.map((entry: Json) => fill(entry));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member)]));
  };
  const whole = Object.fromEntries(Object.entries(template).map(([name, member]) => [name, fill(member)]));
  return atHome(whole, filling.domain ?? DOMAIN);
}

/** Addresses live below a top-level domain that RFC 2606 sets aside, so no mail ever leaves for one. */
export const DOMAIN = 'scimulator.example';

/** The value with the reserved domain replaced by that of the run, written as it was: in small, large or mixed letters. */
export function atHome<T extends Json>(value: T, domain: string): T {
  if (domain === DOMAIN) return value;
  const text = [plain, upper, capital].reduce(
    (so, written) => so.replaceAll(written(DOMAIN), written(domain)),
    JSON.stringify(value),
  );
  return JSON.parse(text) as T;
}

const plain = (text: string): string => text;
const upper = (text: string): string => text.toUpperCase();
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
