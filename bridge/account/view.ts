import type { Core } from './core.ts';
import type { Account } from './model.ts';
import type { State } from './state.ts';

/** The account as plain data. */
export function viewAccount({ people, groups, facts }: State, core: Core): Account {
  return {
    profile: facts.profile,
    plan: facts.plan,
    people: [...people.values()],
    groups: [...groups.values()].map(record => core.groups.view(record)),
    domains: facts.domains,
    publicDomains: core.law.settings.publicDomains,
    provisioning: facts.provisioning,
    hosted: facts.setUp.hosted,
  };
}
