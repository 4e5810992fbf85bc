import { filterValue } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { traitOf, valuesAt } from '../run/attributes.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { filtered, memberIds } from '../run/steps.ts';
import { NotApplicable } from '../run/violation.ts';
import { familyOf } from './family.ts';
import { expectOnly, expectWithout } from './projection-oracle.ts';

const parts = ['name.middleName', 'emails.type', 'addresses.locality', `${ENTERPRISE_USER}:manager.value`] as const;

const onGroups = [serves('User'), serves('Group')] as const;

/** A group with two members, as a read shows it. @throws NotApplicable where members are not shown */
const membership = async ({ shared }: Context) =>
  shared('projected group', async ({ given, stored }) => {
    const users = [await given.user(), await given.user()];
    const { id, name } = await given.group({ members: users.map(user => ({ value: user.id })) });
    const whole = await stored('/Groups', id);
    if (memberIds(whole).length !== users.length) {
      throw new NotApplicable('a group does not show the members it was made with');
    }
    return { id, name, whole };
  });

/** Projections of parts of attributes, and of groups (RFC 7644 section 3.9). */
export const projectionParts = [
  {
    id: 'projection.excluded-parts',
    title: 'excludedAttributes leaves a sub-attribute out and its siblings in',
    clause: 'RFC7644-3.9-08',
    also: ['RFC7644-3.10-01'],
    applies: [serves('User')],
    cases: (facts: Facts) =>
      parts
        .filter(path => traitOf(facts, 'User', path))
        .map(path => ({ name: path.replace(ENTERPRISE_USER, 'enterprise'), path })),
    async run(context: Context, { path }: Case & { readonly path: string }) {
      const ann = (await familyOf(context)).residents.find(({ key }) => key === 'ann');
      if (!ann || valuesAt(ann.stored, path).length === 0) throw new NotApplicable(`users have no ${path} here`);
      const answer = await context.scim.read('/Users', ann.id, { query: { excludedAttributes: [path] } });
      expect.status(answer, 200);
      expectWithout({ facts: context.facts, whole: ann.stored, shown: expect.object(answer) }, [path]);
    },
  },
  {
    id: 'projection.group',
    title: 'attributes limits what is shown of a group',
    clause: 'RFC7644-3.9-03',
    also: ['RFC7644-3.9-04'],
    applies: onGroups,
    cases: () => ['displayName', 'members', 'members.value'].map(name => ({ name })),
    async run(context: Context, { name }: Case) {
      const { id, whole } = await membership(context);
      const answer = await context.scim.read('/Groups', id, { query: { attributes: [name] } });
      expect.status(answer, 200);
      expectOnly({ facts: context.facts, type: 'Group', whole, shown: expect.object(answer) }, [name]);
    },
  },
  {
    id: 'projection.default-group',
    title: 'An entry of a list of groups shows what a read of it shows',
    clause: 'RFC7644-3.9-01',
    also: ['RFC7644-3.4-02'],
    applies: [...onGroups, supports('filter')],
    async run(context: Context) {
      const { id, name, whole } = await membership(context);
      const page = await filtered(context, '/Groups', `displayName eq ${filterValue(name)}`);
      const shown = page.resources.find(entry => entry['id'] === id);
      if (!shown) throw new NotApplicable('the list does not hold the group it was asked for');
      expectWithout({ facts: context.facts, type: 'Group', whole, shown }, []);
    },
  },
] as const satisfies readonly Check[];
