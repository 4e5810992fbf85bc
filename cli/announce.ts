import { DOMAIN } from '../conformance/index.ts';
import { planOf, type Plan } from '../harness/plan.ts';
import type { Care } from '../harness/run.ts';
import { isLoopback } from '../harness/target.ts';
import { labelled } from '../reports/writers/index.ts';
import type { CareFlags } from './care-options.ts';
import { UsageError, type Io } from './io.ts';

/** Hard limits on another machine, where the user names none: about twice what a large target takes. */
const FAR = { maxRequests: 12_000, maxUsers: 2500 } as const;

/** How the run treats its target: limits as given, and some on any machine but this one. */
export function careOf(url: string, flags: CareFlags): Care {
  const { emailDomain, maxUsers, maxRequests, rate, large, readOnly, forbid } = flags;
  return {
    ...(isLoopback(url) ? {} : FAR),
    ...(emailDomain !== undefined && { emailDomain }),
    ...(maxUsers !== undefined && { maxUsers }),
    ...(maxRequests !== undefined && { maxRequests }),
    ...(rate !== undefined && { rate }),
    ...(large && { large }),
    ...(readOnly && { readOnly }),
    ...(forbid && { forbid }),
  };
}

/**
 * Prints the plan where one is asked for and before anything is sent to another machine.
 * @returns whether the run goes on.
 * @throws UsageError when the target is another machine and nobody said `--yes`.
 */
export function announce(url: string, flags: CareFlags, io: Io, only?: readonly string[]): boolean {
  const care = careOf(url, flags);
  const text = planText(url, care, planOf(url, care, only), io.width ?? 100);
  if (flags.plan) {
    io.out(text);
    return false;
  }
  if (isLoopback(url)) return true;
  io.err(text);
  if (flags.yes) return true;
  const { host } = new URL(url);
  throw new UsageError(`nothing was sent to ${host} yet; add --yes to agree to this plan, --plan to see it alone`);
}

function planText(url: string, care: Care, plan: Plan, width: number): string {
  const { maxUsers, maxRequests, rate, readOnly = false, large = isLoopback(url), emailDomain = DOMAIN } = care;
  const figure = (count: number) => count.toLocaleString('en-US');
  const about = (count: number, most: number | undefined, flag: string) =>
    `about ${figure(count)}${most === undefined ? '' : `, at most ${figure(most)} (${flag})`}`;
  const made = readOnly
    ? [['changes', 'none: only GET, and POST to .search, are sent (--read-only)']]
    : [
        ['users', `${about(plan.users, maxUsers, '--max-users')}; most are removed again within a second or two`],
        ['groups', `about ${figure(plan.groups)}, of ${large ? 'up to hundreds of' : 'a few dozen'} members`],
        ['names', 'carry the mark of the run; nothing else on the target is changed'],
        ['addresses', `end in ${emailDomain}${emailDomain === DOMAIN ? ', a domain that receives no mail' : ''}`],
        ['stays', 'nothing; where DELETE only suspends, every user that was made stays, suspended'],
      ];
  const rows = [
    ['checks', `${plan.checks}, about ${plan.topics.join(', ')}`],
    [
      'requests',
      `${about(plan.requests, maxRequests, '--max-requests')}${rate === undefined ? '' : `, ${rate} a second at most`}`,
    ],
    ...made,
  ];
  const lines = rows.flatMap(([name = '', value = '']) => labelled(`  ${name.padEnd(10)} `, value, width));
  return `plan for ${url}\n${lines.join('\n')}\n  The figures are those of the reference bridge; targets differ.\n`;
}
