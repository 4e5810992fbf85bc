import { rules, type RuleId } from '../../conformance/clauses/index.ts';
import { settingsTable } from '../sync/settings.ts';

/** Where a rule lives in the code. */
export interface ImplementedRule {
  readonly id: RuleId;
  /** Below the folder of the simulator. */
  readonly home: string;
  /** File of its proof, in this folder. */
  readonly proof: string;
  /** Name of the setting that takes the other side, where sources conflict or a service provider may meet either. */
  readonly setting: string | undefined;
}

/** Files of rules, and the proofs they have. */
const HOMES = [
  {
    home: 'sync/connection.ts',
    proof: 'integration.test.ts',
    ids: ['JC-1b', 'JC-2a', 'JC-2b', 'JC-3', 'JC-Q43'],
  },
  {
    home: 'sync/activation.ts',
    proof: 'integration.test.ts',
    ids: ['JC-4', 'JC-Q8', 'JC-Q9', 'JC-Q38'],
  },
  {
    home: 'sync/answer.ts',
    proof: 'integration.test.ts',
    ids: ['JC-Q39'],
  },
  {
    home: 'sync/retry.ts',
    proof: 'integration.test.ts',
    ids: ['JC-Q13'],
  },
  {
    home: 'sync/import.ts',
    proof: 'integration.test.ts',
    ids: ['JC-16', 'JC-Q36', 'JC-Q37'],
  },
  {
    home: 'sync/integration.ts',
    proof: 'integration.test.ts',
    ids: ['JC-5', 'JC-6a', 'JC-6b', 'JC-7a', 'JC-7b', 'JC-7c', 'JC-7d', 'JC-8b', 'JC-8c', 'JC-51', 'JC-Q41', 'JC-Q42'],
  },
  {
    home: 'dialects/jumpcloud.ts',
    proof: 'integration.test.ts',
    ids: ['JC-Q6', 'JC-Q7'],
  },
  {
    home: 'sync/access.ts',
    proof: 'people.test.ts',
    ids: ['JC-11', 'JC-Q15', 'JC-Q16'],
  },
  {
    home: 'sync/plan.ts',
    proof: 'people.test.ts',
    ids: [
      'JC-10b',
      'JC-12a',
      'JC-12b',
      'JC-12c',
      'JC-17',
      'JC-18',
      'JC-19',
      'JC-20a',
      'JC-20b',
      'JC-21',
      'JC-22',
      'JC-24',
      'JC-Q14',
      'JC-Q17',
      'JC-Q25',
    ],
  },
  {
    home: 'sync/push-user.ts',
    proof: 'people.test.ts',
    ids: ['JC-13', 'JC-14', 'JC-23', 'JC-25', 'JC-Q2', 'JC-Q3', 'JC-Q5', 'JC-Q10a', 'JC-Q10b', 'JC-Q30'],
  },
  {
    home: 'sync/merge.ts',
    proof: 'people.test.ts',
    ids: ['JC-15', 'JC-Q1'],
  },
  {
    home: 'sync/answer.ts',
    proof: 'people.test.ts',
    ids: ['JC-Q11a', 'JC-Q11b'],
  },
  {
    home: 'sync/retry.ts',
    proof: 'people.test.ts',
    ids: ['JC-Q12'],
  },
  {
    home: 'sync/queue.ts',
    proof: 'people.test.ts',
    ids: ['JC-Q44'],
  },
  {
    home: 'sync/plan.ts',
    proof: 'groups.test.ts',
    ids: [
      'JC-10a',
      'JC-41a',
      'JC-41b',
      'JC-44a',
      'JC-44b',
      'JC-47a',
      'JC-47b',
      'JC-47c',
      'JC-48b',
      'JC-48c',
      'JC-49a',
      'JC-49b',
      'JC-50a',
      'JC-50b',
      'JC-50c',
      'JC-50d',
      'JC-Q19',
      'JC-Q26',
      'JC-Q28',
      'JC-Q29',
    ],
  },
  {
    home: 'sync/push-group.ts',
    proof: 'groups.test.ts',
    ids: [
      'JC-40a',
      'JC-40b',
      'JC-42',
      'JC-43',
      'JC-45a',
      'JC-45b',
      'JC-46',
      'JC-48a',
      'JC-52',
      'JC-Q18',
      'JC-Q20',
      'JC-Q21',
      'JC-Q22',
      'JC-Q23',
      'JC-Q24',
      'JC-Q27',
    ],
  },
  {
    home: 'mapping/default.ts',
    proof: 'mapping.test.ts',
    ids: [
      'JC-26a',
      'JC-26b',
      'JC-26c',
      'JC-26d',
      'JC-26e',
      'JC-26f',
      'JC-26g',
      'JC-26h',
      'JC-26i',
      'JC-26j',
      'JC-26k',
      'JC-26l',
      'JC-29a',
      'JC-29b',
      'JC-29c',
      'JC-30a',
      'JC-30b',
      'JC-31a',
      'JC-31b',
      'JC-31c',
      'JC-31d',
      'JC-32a',
      'JC-32b',
      'JC-32c',
      'JC-32d',
      'JC-32e',
      'JC-39b',
      'JC-Q4',
      'JC-Q35',
    ],
  },
  {
    home: 'mapping/attribute-mapping.ts',
    proof: 'mapping.test.ts',
    ids: ['JC-27a', 'JC-33a', 'JC-33b', 'JC-33c', 'JC-34', 'JC-Q31', 'JC-Q33a'],
  },
  {
    home: 'mapping/jumpcloud-functions.ts',
    proof: 'mapping.test.ts',
    ids: ['JC-Q34'],
  },
  {
    home: 'sync/merge.ts',
    proof: 'mapping.test.ts',
    ids: ['JC-27b', 'JC-37', 'JC-Q32'],
  },
  {
    home: 'sync/integration.ts',
    proof: 'mapping.test.ts',
    ids: ['JC-28a', 'JC-35', 'JC-36a', 'JC-36b', 'JC-38a', 'JC-38b'],
  },
  {
    home: 'sync/push-user.ts',
    proof: 'mapping.test.ts',
    ids: ['JC-Q33b'],
  },
  {
    home: 'sync/events.ts',
    proof: 'events.test.ts',
    ids: [
      'JC-53a',
      'JC-53b',
      'JC-53c',
      'JC-53d',
      'JC-53e',
      'JC-53f',
      'JC-53g',
      'JC-53h',
      'JC-53i',
      'JC-54a',
      'JC-54b',
      'JC-55',
    ],
  },
] as const satisfies readonly { readonly home: string; readonly proof: string; readonly ids: readonly RuleId[] }[];

/** Settings of the dialect that take the other side of a rule. */
const DIALECT: Readonly<Partial<Record<RuleId, string>>> = {
  'JC-Q1': 'dialect.update',
  'JC-Q6': 'dialect.headers',
  'JC-Q7': 'dialect.headers',
  'JC-Q12': 'retry',
  'JC-Q20': 'dialect.memberRemoval',
};

const settingOf = (id: RuleId): string | undefined => {
  const names = Object.entries(settingsTable).flatMap(([name, { rule }]) => (rule === id ? [name] : []));
  return names.length > 0 ? names.join(', ') : DIALECT[id];
};

const CATALOGUE = Object.keys(rules);

/** Every rule of JumpCloud that has an effect on the wire or in the log, in the order of the catalogue. */
export const implementedRules: readonly ImplementedRule[] = HOMES.flatMap(({ home, proof, ids }) =>
  ids.map(id => ({ id, home, proof, setting: settingOf(id) })),
).sort((a, b) => CATALOGUE.indexOf(a.id) - CATALOGUE.indexOf(b.id));

/** Rules that no proof here can have, and why. */
export const unprovedRules: Readonly<Partial<Record<RuleId, string>>> = {
  'JC-1a': 'a form of the console: the connectors say what is asked for',
  'JC-8a': 'the list of the console',
  'JC-9a': 'the directory: no request depends on it',
  'JC-9b': 'the directory: no request depends on it',
  'JC-28b': 'the editor of the console; what comes of it is JC-37',
  'JC-39a': 'the record of the service provider',
  'JC-Q40': 'the shape of events; the tests of the log hold it',
  'JC-Q45': 'the connectors',
};
