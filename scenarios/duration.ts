const UNITS: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Milliseconds of "90 seconds", "1 hour", "2 days"; undefined for what is no duration. */
export function durationOf(text: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d{1,6}) (second|minute|hour|day)s?$/.exec(text.trim()) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  return ms > 0 ? ms : undefined;
}

/** A duration as it is written, in the largest unit that it is a whole number of. */
export function durationText(ms: number): string {
  const [unit, length] = Object.entries(UNITS)
    .toReversed()
    .find(([, each]) => ms % each === 0) ?? ['second', 1000];
  const number = ms / length;
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
