import type { Control } from '../../scim/target.ts';
import { groupControl } from './control-groups.ts';
import { peopleControl } from './control-people.ts';
import { serviceControl } from './control-service.ts';
import { ssoControl } from './control-sso.ts';
import { createOffer, type Desk } from './desk.ts';

/** Everything that can be done to an account from behind. */
export function createControl(desk: Desk): Required<Control> {
  const offer = createOffer(desk);
  return {
    ...peopleControl(desk, offer),
    ...groupControl(desk, offer),
    ...serviceControl(desk, offer),
    ...ssoControl(desk, offer),
  };
}
