/**
 * Names that the help tells of tables, written down here so that the help need not load them; a test holds each list against
 * its table.
 */

/** What `list` can list. */
export const LISTS = ['clauses', 'checks', 'defects', 'variants', 'rules', 'scenarios', 'dialects'] as const;

/** Formats of a report. */
export const FORMATS = ['text', 'json', 'html', 'junit', 'ctrf', 'har', 'markdown', 'github'] as const;

export const PROFILES = [
  'rfc',
  'jumpcloud',
  '1password',
  '1password-self-hosted',
  '1password-hosted',
  'okta',
  'entra',
] as const;

/** Shells whose command lines can be completed. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** How binding the checks of a run are at least. */
export const LEVELS = ['must', 'should'] as const;

/** Ways in which a 1Password account is provisioned. */
export const ACCOUNTS = ['self-hosted', 'hosted'] as const;

/** Plans of a 1Password account. */
export const PLANS = ['business', 'msp'] as const;

/** How answers of a 1Password account look. */
export const WIRES = ['normal', 'observed'] as const;

/** Text of every `--profile` of a judgement. */
export const WEIGHTS = `what weighs how much: ${PROFILES.join(', ')}`;
