import type { Json } from '../../scim/wire/message.ts';
import type { Context } from '../run/context.ts';
import { metaOf } from '../run/shown.ts';

const hasFraction = (date: Json | undefined): boolean => typeof date === 'string' && /\.\d*[1-9]/.test(date);

/**
 * Whether a provider that showed the date counts in less than seconds: only such a one can be held to what happens within
 * one. A date that falls on a whole second by chance is held against that of one more user.
 */
export async function isPrecise({ given, stored }: Context, date: Json | undefined): Promise<boolean> {
  if (hasFraction(date)) return true;
  if (typeof date !== 'string' || !date.includes('.')) return false;
  const { id } = await given.user();
  return hasFraction(metaOf(await stored('/Users', id))['lastModified']);
}
