import { isObject } from '../../scim/message/list.ts';
import type { Json } from '../../scim/wire/message.ts';
import { isShown, isWritable, type DeclaredAttribute } from './declared.ts';
import { memberOf } from './shown.ts';

/**
 * Whether what came back is what was sent, by the type of the attribute. A provider may bring a value into canonical form:
 * another case where `caseExact` is false, blanks trimmed, a telephone number without punctuation, a date in another zone.
 */
export function matches(attribute: DeclaredAttribute, sent: Json, came: Json | undefined): boolean {
  if (!Array.isArray(sent)) return one(attribute, sent, came);
  const elements = Array.isArray(came) ? (came as Json[]) : [];
  return (sent as Json[]).every(wanted => elements.some(element => one(attribute, wanted, element)));
}

function one(attribute: DeclaredAttribute, sent: Json, came: Json | undefined): boolean {
  const { type, caseExact, path, subAttributes } = attribute;
  if (isObject(sent)) {
    if (!isObject(came)) return false;
    return subAttributes
      .filter(part => isWritable(part) && isShown(part))
      .every(part => {
        const value = sent[part.name];
        return value === undefined || matches(part, value, memberOf(came, part.name));
      });
  }
  if (typeof sent !== 'string' || typeof came !== 'string') return sent === came;
  switch (type) {
    case 'dateTime':
      return Date.parse(sent) === Date.parse(came);
    case 'binary':
      return Buffer.from(sent, 'base64').equals(Buffer.from(came, 'base64'));
    case 'reference':
      return urlOf(sent) === urlOf(came);
    default:
      if (/phone|fax/i.test(path) && digits(sent) !== '') return digits(sent) === digits(came);
      return caseExact ? plain(sent) === plain(came) : plain(sent).toLowerCase() === plain(came).toLowerCase();
  }
}

const digits = (text: string) => text.replace(/\D/g, '');
const plain = (text: string) => text.normalize('NFC').trim();
const urlOf = (text: string) => (URL.canParse(text) ? new URL(text).href : text);
