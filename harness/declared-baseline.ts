import { declaredDeviations } from '../conformance/proof/index.ts';
import { createBaseline, type Baseline } from './baseline.ts';

/** Stories that cannot end on an account where people confirm a new address themselves, and nobody is there to do so. */
const waiting = [{ scenario: 'address-swap', reason: 'OP-32b: a new address shows when the person has confirmed it' }];

/** What a simulated 1Password is known to break of the RFC, as a baseline without an end. */
export const declaredBaseline = (
  profile: keyof typeof declaredDeviations,
  wire: keyof (typeof declaredDeviations)['hosted'],
): Baseline => createBaseline([...declaredDeviations[profile][wire], ...waiting], '');
