/** `npm run property -- --cases 10000 --seed 1`: a long run of the property test. */
import { parseArgs } from 'node:util';
import { compareWithModel } from './compare.ts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string' } } });
const seed = values.seed === undefined ? Date.now() % 2_147_483_647 : Number(values.seed);
process.stdout.write(`seed ${seed}\n`);
await compareWithModel(Number(values.cases), { seed });
process.stdout.write(`${values.cases} cases: the bridge and the model agree\n`);
