/** A process of `npm run exploration`: explores what it is sent, one after the other. */
import { exploreWith } from './explore-one.ts';
import { STEPS } from './exploration-table.ts';
import { provisioningDefects } from './index.ts';

/** One defect with one seed. */
interface Order {
  readonly id: string;
  readonly seed: number;
}

async function explored({ id, seed }: Order): Promise<void> {
  const defect = provisioningDefects.find(each => each.id === id);
  process.send?.({ id, seed, explored: await exploreWith(defect, { seed, steps: STEPS }) });
}

process.on('message', (order: Order) => void explored(order));
process.send?.('ready');
