import { hire, join } from '../../scenarios/step.ts';

/** How the histories of defects begin. */
export const joined = [hire('ada'), join('ada', 'eng')] as const;
export const bothJoined = [...joined, hire('ben'), join('ben', 'eng')] as const;
