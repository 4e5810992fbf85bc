import type { Account, AccountSettings } from './model.ts';
import type { Law } from './law.ts';

/** An e-mail address as far as it matters here: one @ with something on both sides and no blanks (OP-20b). */
export const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);

/** The part before the @ (OP-19a). */
export const localPart = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** The domain of an address, in lower case. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** What is wrong with domains that are to be allowed; undefined when nothing is. */
export function oddIn(domains: Account['domains']): string | undefined {
  if (domains === 'any') return undefined;
  const odd = domains.find(domain => !/^[\w-]+(?:\.[\w-]+)*$/.test(domain));
  if (odd === undefined && domains.length > 0) return undefined;
  const what = odd === undefined ? 'an empty list' : JSON.stringify(odd);
  return `domains are names such as example.com, or "any"; not ${what}`;
}

/** Addresses that differ only by case are one address (Q11). */
export const addressKey = (address: string): string => address.toLowerCase();

export const sameAddress = (one: string, other: string): boolean => addressKey(one) === addressKey(other);

/** Why an address may not be used in the account, in words for the client; undefined when it may. */
export type Objection = (address: string, domains: Account['domains']) => string | undefined;

/**
 * Domains that are not on the list, and on hosted those that anybody can have an address of (OP-33, OP-8b). Without a list
 * every other domain may be used.
 */
export function createObjection({ profile, settings, on }: Law): Objection {
  if (!on('OP-33')) return () => undefined;
  const closed = profile.refusesPublicDomains && on('OP-8b') ? publicOf(settings) : new Set<string>();
  return (address, domains) => {
    const domain = domainOf(address);
    if (closed.has(domain)) return `the domain ${domain} is a public one and cannot be used`;
    if (domains === 'any' || domains.some(one => one.toLowerCase() === domain)) return undefined;
    return `the domain ${domain} is not on the list of allowed domains; an administrator can add it`;
  };
}

const publicOf = ({ publicDomains }: AccountSettings): ReadonlySet<string> =>
  new Set(publicDomains.map(domain => domain.toLowerCase()));
