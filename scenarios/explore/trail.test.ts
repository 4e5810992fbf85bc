import { expect } from 'chai';
import { createGroup, dismiss, hire, join, leave, suspend, sync, type Step } from '../step.ts';
import { trailsOf } from './trail.ts';

const begun: readonly Step[] = [hire('ada'), createGroup('eng'), join('ada', 'eng'), sync()];

const ROWS: readonly (readonly [what: string, steps: readonly Step[], step: Step, trails: readonly string[]])[] = [
  ['what happened to a person last', [...begun, leave('ada', 'eng')], suspend('ada'), ['join, leave, suspend']],
  ['what happened to a group, and to whom', begun, join('ben', 'eng'), ['join', 'create-group, join of another, join']],
  ['that it was another group', begun, join('ada', 'ops'), ['hire, join elsewhere, join', 'join']],
  [
    'who had the address before',
    [...begun, dismiss('ada')],
    hire('ada-again', { email: 'ada' }),
    ['join, dismiss, hire again'],
  ],
  ['nothing of those it is not about', begun, suspend('ben'), ['suspend']],
];

describe('a trail', () => {
  for (const [what, steps, step, trails] of ROWS) {
    it(`tells ${what}`, () => expect(trailsOf(steps, step)).to.deep.equal(trails));
  }
});
