/** The outside world of a command, handed in so that commands can be tested without a process. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly color: boolean;
  /** A person watches stderr: a status line may be redrawn there. */
  readonly interactive: boolean;
  /** Columns of the terminal, where there is one. */
  readonly width: number | undefined;
  /** Waits for a key of the person at the terminal; absent where nobody is there. */
  key?(): Promise<void>;
  /** Asks that person something, and gives the line they answer; absent where nobody is there. */
  ask?(question: string): Promise<string>;
}

/** The user's mistake: what, where, and what to do instead. Exit code 2. */
export class UsageError extends Error {
  readonly code = 'usage';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}
