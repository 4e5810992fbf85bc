import { rules, type RuleId } from '../../conformance/clauses/index.ts';
import type { ControlActName } from '../../scim/control-acts.ts';
import type { Control } from '../../scim/target.ts';
import { listed, type Expectation } from '../expectation.ts';
import { becauses, type Scenario } from '../scenario.ts';

/** What a story is played with, as far as it decides what applies. */
export interface Setting {
  readonly idp?: string;
  /** Profile that the requests of the identity provider are held to. */
  readonly idpProfile?: string;
  readonly account?: string;
  readonly control?: Control | undefined;
}

/** Acts after which an account is another one for every story that follows. */
const UPENDING: ReadonlySet<ControlActName> = new Set([
  'addPerson',
  'addGroup',
  'setMembers',
  'setPermissions',
  'selectGroups',
  'unselectGroups',
  'setRole',
  'setDomains',
  'setProvisioning',
  'regenerateToken',
  'restart',
  'removeBridge',
  'bounce',
  'setUp',
  'turnOff',
  'migrate',
  'setUnlock',
  'reset',
]);

/** Whether a story leaves the account other than it was, so that it has to be put back. */
export const upends = ({ steps }: Scenario): boolean =>
  steps.some(step => step.verb === 'account' && UPENDING.has(step.act));

/** What a story is held to: an account that moves to hosted provisioning begins as one and ends as the other. */
export const settingOf = ({ steps }: Scenario, setting: Setting): Setting =>
  steps.some(step => step.verb === 'account' && step.act === 'migrate') ? { ...setting, account: '' } : setting;

/** Why a story is none for what it is played with; undefined where it is one. */
export function unfit(scenario: Scenario, { idp, account, control }: Setting): string | undefined {
  if (idp !== undefined && scenario.idp?.includes(idp) === false) {
    const why = scenario.because ? `: ${becauses[scenario.because]}` : '';
    return `a story of ${listed(scenario.idp)}, and ${idp} is played${why}`;
  }
  if (scenario.account && (account === undefined || !scenario.account.some(each => each === account))) {
    return `a story of an account that is ${scenario.account.join(' or ')}${account === undefined ? '' : `, and this one is ${account}`}`;
  }
  if (control && upends(scenario) && !(control.snapshot && control.restore)) {
    return 'the control of the target cannot put the account back as it was, and the story changes it for good';
  }
  return undefined;
}

/** Profiles of rules that are no identity provider's. */
const ACCOUNTS: ReadonlySet<string> = new Set(['hosted', 'self-hosted', 'sso']);

/** Identity providers that have rules of their own. */
const RULED: ReadonlySet<string> = new Set(
  Object.values(rules)
    .flatMap(({ profiles }) => profiles.split(','))
    .filter(profile => !ACCOUNTS.has(profile)),
);

/**
 * Why an expectation says nothing about what is played: what an identity provider sends and logs is held to rules of its
 * own, and an account to those of its profile. What the service provider makes of it is to be the same whoever sends it.
 */
export function foreignTo(
  { kind }: Expectation,
  rule: RuleId,
  { idp = '', idpProfile = '', account = '' }: Setting,
): string | undefined {
  const profiles = rules[rule].profiles.split(',');
  const accounts = profiles.filter(profile => profile === 'hosted' || profile === 'self-hosted');
  if (account !== '' && accounts.length > 0 && rules[rule].side === 'sp' && !accounts.some(each => each === account)) {
    return `${rule} is a rule of ${listed(accounts)}, and the account is ${account}`;
  }
  if (!kind.startsWith('wire-') && kind !== 'event' && kind !== 'cites') return undefined;
  const owners = profiles.filter(profile => RULED.has(profile));
  const isForeign = RULED.has(idpProfile) && owners.length > 0 && !owners.includes(idpProfile);
  return isForeign ? `${rule} is a rule of ${listed(owners)}, and ${idp} is played` : undefined;
}
