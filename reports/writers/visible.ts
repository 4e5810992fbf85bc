/** Control characters, and those that turn the direction of writing: displays obey them, a reader does not see them. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with every character that a display would obey spelled out as `\u001b`; line ends and tabs stay. */
export const visible = (text: string): string =>
  text.replace(HIDDEN, char =>
    char === '\n' || char === '\t' ? char : `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
