import { ControlError, type Control } from '../../scim/target.ts';
import { groupOf, personOf, type Desk, type Offer } from './desk.ts';
import { peopleOf, readSsoAction, type SsoAction, type SsoPerson } from './sso/index.ts';
import { viewAccount } from './view.ts';

/** What administrators and people do about Unlock with SSO. */
export function ssoControl(desk: Desk, offer: Offer): Required<Pick<Control, 'setUnlock' | 'switchToSso' | 'unlock'>> {
  const { state, clock, core, sso } = desk;
  const known = (key: string): SsoPerson => {
    const { id } = personOf(desk, key);
    const found = peopleOf(viewAccount(state, core())).find(person => person.id === id);
    if (!found) throw new ControlError(404, `nobody of the account has the id ${id}`);
    return found;
  };
  const idOf = (key: string): string => groupOf(desk, key).id;
  /** Groups are named by id or name, as everywhere; one that is gone can still be taken out of the policy by its id. */
  const withIds = (action: SsoAction): SsoAction => {
    if (action.do === 'add-group') return { ...action, group: idOf(action.group) };
    if (action.do === 'choose' && action.excluded) return { ...action, excluded: action.excluded.map(idOf) };
    if (action.do !== 'remove-group' && action.do !== 'edit-grace') return action;
    const { policy } = state.sso;
    const isSetUp = policy.value === 'selected-groups' && policy.groups.some(({ group }) => group === action.group);
    return action.group === undefined || isSetUp ? action : { ...action, group: idOf(action.group) };
  };
  return {
    setUnlock: offer(action => {
      state.sso = sso.configure(state.sso, withIds(readSsoAction(action)), clock.now());
      const says = `Unlock with SSO: ${action.do}`;
      state.note({ kind: 'account', step: 'policy', rule: 'OP-71', cause: 'administrator', says });
    }),
    switchToSso: offer(({ person }) => desk.takeSso(sso.switchOver(state.sso, known(person), clock.now()), 'person')),
    unlock: offer(({ person }) => {
      const { deadline, ...standing } = sso.standing(state.sso, known(person), clock.now());
      return { ...standing, ...(deadline !== undefined && { deadline: new Date(deadline).toISOString() }) };
    }),
  };
}
