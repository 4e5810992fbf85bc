import { ExprError, type ExprErrorCode } from './error.ts';
import { lex } from './lexer.ts';
import { nameToken, type Token } from './token.ts';

/** Where the parser stands among the words of a source. */
export interface Cursor {
  readonly current: () => Token;
  readonly peek: () => Token;
  /** Answers the current word and goes on to the next. */
  readonly take: () => Token;
  readonly is: (kind: Token['kind'], text?: string) => boolean;
  /** Takes the current word if it is this one. */
  readonly skip: (kind: Token['kind'], text: string) => boolean;
  /** @throws ExprError if the current word is another. */
  readonly expect: (kind: Token['kind'], text?: string) => Token;
  /** @throws ExprError always: the current word, or the given one, cannot stand where it does. */
  readonly fail: (reason: string, at?: number, code?: ExprErrorCode) => never;
  readonly unexpected: () => never;
  /** Runs one level of nesting deeper. */
  readonly nested: <T>(run: () => T) => T;
  /** Whether `#` has a meaning here. */
  readonly inPredicate: () => boolean;
  readonly predicate: <T>(run: () => T) => T;
}

/** So deep may parentheses, branches and arguments nest. */
const MOST_NESTING = 500;

/** @throws ExprError when nothing can be read from the start */
export function createCursor(source: string): Cursor {
  const tokens = lex(source);
  const end: Token = tokens.at(-1) ?? { kind: 'end', text: '', at: 0 };
  let position = 0;
  let nesting = 0;
  let predicates = 0;
  const current = () => tokens[position] ?? end;
  const peek = () => tokens[position + 1] ?? end;
  const is = (kind: Token['kind'], text?: string) =>
    current().kind === kind && (text === undefined || current().text === text);
  const take = () => {
    const token = current();
    position++;
    refuseBroken();
    return token;
  };
  const fail = (reason: string, at: number = current().at, code: ExprErrorCode = 'syntax'): never => {
    throw new ExprError(source, { code, reason, offset: at });
  };
  // Mistakes are told in the order of the source.
  const refuseBroken = () => {
    if (is('broken')) fail(current().text);
  };
  refuseBroken();
  const unexpected = () => fail(`unexpected ${nameToken(current())}`);
  return {
    current,
    peek,
    take,
    is,
    fail,
    unexpected,
    skip: (kind, text) => is(kind, text) && take() !== undefined,
    expect(kind, text) {
      if (is(kind, text)) return take();
      const wanted = text ?? (kind === 'name' ? 'a name' : kind);
      return fail(`unexpected ${nameToken(current())}, expected ${text ? `'${wanted}'` : wanted}`);
    },
    nested(run) {
      if (nesting >= MOST_NESTING) fail(`the expression nests deeper than ${MOST_NESTING} levels`, undefined, 'budget');
      nesting++;
      const result = run();
      nesting--;
      return result;
    },
    inPredicate: () => predicates > 0,
    predicate(run) {
      predicates++;
      const result = run();
      predicates--;
      return result;
    },
  };
}
