import type { Json } from '../record/index.ts';
import type { ReportVerdict } from '../writers/report.ts';

/** What of an exchange a judgement speaks about, as far as its words tell. */
export interface Marks {
  /** Members by name, at any depth. */
  readonly names: ReadonlySet<string>;
  /** Texts that are values. */
  readonly values: ReadonlySet<string>;
  readonly status: boolean;
  /** The words themselves, for names of header fields. */
  readonly words: string;
}

export const noMarks: Marks = { names: new Set(), values: new Set(), status: false, words: '' };

/** More of a text than this is a value that came along, and is not searched. */
const SEARCHED = 2_000;

/** Words that begin a sentence and are no attribute. */
const prose: ReadonlySet<string> = new Set([
  'status',
  'answer',
  'user',
  'group',
  'resource',
  'only',
  'nothing',
  'none',
]);

/** A status as judgements write it. */
const STATUS = /\bstatus [1-5]\d\d\b|^[1-5]\d\d\b/;

/** Reads from expected and actual which members, values, header fields or status a judgement is about. */
export function marksOf({ expected, actual }: Pick<ReportVerdict, 'expected' | 'actual'>): Marks {
  const texts = [expected.slice(0, SEARCHED), actual.slice(0, SEARCHED)];
  const words = texts.join('\n');
  const [asked = '', came = ''] = texts.map(text => STATUS.exec(text)?.[0] ?? '');
  // A success on the way to something else is not what the judgement is about.
  const status = asked !== '' || /\b(?:refus|error|answered)/.test(expected) || (came !== '' && !/2\d\d$/.test(came));
  const names = new Set(status ? ['scimType', 'detail'] : []);
  for (const text of texts) {
    // Written like a name: in camel case, with a $, as a path, or in front of a colon.
    for (const [name] of text.matchAll(/\$?[A-Za-z]\w{0,80}(?:\.\$?[A-Za-z]\w{0,80})*:?/g)) {
      const path = name.replace(':', '').split('.');
      const last = path.at(-1) ?? '';
      if (path.length > 1 || name.endsWith(':') || last.startsWith('$') || /[a-z][A-Z]/.test(last)) names.add(last);
    }
    const [first = ''] = /^[a-z]{4,80}(?![\w.])/.exec(text) ?? [];
    if (first !== '' && !prose.has(first)) names.add(first);
  }
  const values = new Set(Array.from(texts[1]?.matchAll(/"([^"\\\n]{2,300})"/g) ?? [], ([, value = '']) => value));
  return { names, values, status, words };
}

/** Whether the words name the header field: with its capitals where it is one word, as these occur in prose. */
export function marksField({ words }: Marks, name: string): boolean {
  const written = name === 'etag' ? 'ETag' : name.charAt(0).toUpperCase() + name.slice(1);
  const [text, wanted] = name.includes('-') ? [words.toLowerCase(), name] : [words, written];
  const at = text.indexOf(wanted);
  return at !== -1 && !/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + wanted.length));
}

/** Whether a member is one that a judgement speaks about. */
export const marksMember = ({ names, values }: Marks, name: string, value: Json): boolean =>
  names.has(name) || (typeof value === 'string' && values.has(value));

/** Deeper than this nobody looks for marks; what is there can be unfolded by hand. */
const DEEPEST = 100;

/** The objects and arrays that hold a marked member at any depth, to be shown unfolded. */
export function holders(value: Json, marks: Marks): ReadonlySet<Json> {
  const found = new Set<Json>();
  const look = (json: Json, depth: number): boolean => {
    if (typeof json !== 'object' || json === null || depth > DEEPEST) return false;
    let holds = false;
    for (const [name, member] of Object.entries(json)) {
      if (marksMember(marks, name, member)) holds = true;
      if (look(member, depth + 1)) holds = true;
    }
    if (holds) found.add(json);
    return holds;
  };
  look(value, 0);
  return found;
}
