/** Letters that do not decompose into a base letter and a mark, and how addresses usually write them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** German writes its umlauts out in addresses. */
export const GERMAN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** Ukrainian letters in Latin script, after the national table of 2010, without its rules for word beginnings. */
export const UKRAINIAN: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'y',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ь: '',
  ю: 'iu',
  я: 'ia',
};

/**
 * A name as it stands in an address: lower-case ASCII letters, digits and hyphens; blanks and apostrophes go. Letters
 * with marks lose the marks unless `letters` says otherwise.
 */
export function asciiName(name: string, letters: Readonly<Record<string, string>> = {}): string {
  return name
    .toLowerCase()
    .normalize('NFC')
    .replace(/\p{Letter}/gu, letter => letters[letter] ?? LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9-]/g, '');
}
