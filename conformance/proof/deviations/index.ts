import { commonDeviations, observedDeviations } from './either-account.ts';
import type { DeclaredDeviation } from './deviation.ts';
import { hostedDeviations, hostedNormalDeviations, hostedObservedDeviations } from './hosted.ts';
import { selfHostedDeviations, selfHostedNormalDeviations, selfHostedObservedDeviations } from './self-hosted.ts';

export type { DeclaredDeviation } from './deviation.ts';

/** All that the simulated 1Password breaks of the RFC: by who runs it, and by how answers look. */
export const declaredDeviations: Readonly<
  Record<'self-hosted' | 'hosted', Readonly<Record<'normal' | 'observed', readonly DeclaredDeviation[]>>>
> = {
  'self-hosted': {
    normal: [...commonDeviations, ...selfHostedDeviations, ...selfHostedNormalDeviations],
    observed: [...commonDeviations, ...observedDeviations, ...selfHostedDeviations, ...selfHostedObservedDeviations],
  },
  hosted: {
    normal: [...commonDeviations, ...hostedDeviations, ...hostedNormalDeviations],
    observed: [...commonDeviations, ...observedDeviations, ...hostedDeviations, ...hostedObservedDeviations],
  },
};
