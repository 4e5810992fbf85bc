import type { FuzzReport } from './fuzz.ts';
import { toCurl } from './shrink.ts';

/** Characters of a request that are printed. */
const LONG = 3000;

/** A report as text: the seed, the histogram, and what was found. */
export function print({ seed, sent, statuses, past, slowest, onceSlow, growth, finding }: FuzzReport): string {
  const bars = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => {
      const share = count / sent;
      return `  ${status}  ${String(count).padStart(7)}  ${(100 * share).toFixed(1).padStart(5)} %  ${'#'.repeat(Math.ceil(share * 60))}`;
    });
  const lines = [
    `seed ${seed}, ${sent} requests, ${(100 * past).toFixed(1)} % past authentication and parsing`,
    ...bars,
    `most CPU of one request: ${slowest === 0 ? 'under 100' : slowest.toFixed(0)} ms, over the limit once but not again: ${onceSlow.length}; heap grown by ${(growth / 1_048_576).toFixed(1)} MiB`,
    ...onceSlow.map(told => `  ${told}`),
  ];
  if (!finding) return `${lines.join('\n')}\n`;
  const { number, fault, reply, stack, request, reproduction } = finding;
  lines.push('', `FOUND at request ${number}: ${fault}`);
  if (reply) lines.push(`answer: ${reply.status} ${reply.text.slice(0, 500)}`);
  if (stack !== undefined) lines.push(stack);
  lines.push(
    reproduction.length === 0
      ? 'Sent again one by one the same requests do not show it. It was:'
      : `Shortest reproduction, on a fresh bridge (${reproduction.length} requests):`,
    ...(reproduction.length === 0 && request ? [request] : reproduction)
      .map(toCurl)
      .map(line => (line.length > LONG ? `${line.slice(0, LONG)}… (${line.length} characters)` : line)),
  );
  return `${lines.join('\n')}\n`;
}
