import { createHash } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;

/** Whether the letters of an id are capitals, by type of the resource (research note, sections 2.6 and 3.6). */
const isUpper: Readonly<Record<string, boolean>> = { User: true, Group: false };

/** 26 characters in base32, as the ids of 1Password are; the same for the same text. */
export function base32Id(type: string, unique: string): string {
  const digest = createHash('sha256').update(unique).digest();
  let id = '';
  for (const byte of digest.subarray(0, LENGTH)) id += LETTERS[byte % LETTERS.length] ?? '';
  return isUpper[type] ? id.toUpperCase() : id;
}
