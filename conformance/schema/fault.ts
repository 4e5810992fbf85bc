import type { JsonObject } from '../../scim/wire/message.ts';
import { declaredType, declaredTypes, type DeclaredType } from '../run/declared.ts';
import type { Facts } from '../run/facts.ts';
import { commonNames, namesSchema, standardSchema } from './json-schema.ts';
import { respelt, spellingOf } from './spelling.ts';
import { validatorOf, type Misfit, type Validator } from './validator.ts';

/** What can be wrong about a resource by its JSON Schemas. */
export type FaultKind = 'undeclared' | 'undeclared part' | 'missing' | 'common form' | 'standard form';

/** One place in a resource that does not fit. */
export interface Fault extends Misfit {
  readonly kind: FaultKind;
}

type Judge = (resource: JsonObject) => readonly Fault[];

const known = new WeakMap<Facts, Map<string, Judge>>();

/** What a resource of the type shows against what the target publishes, and against what the RFC fixes. */
export function faultsOf(resource: JsonObject, type: DeclaredType, facts: Facts): readonly Fault[] {
  const judges = known.get(facts) ?? new Map<string, Judge>();
  known.set(facts, judges);
  const judge = judges.get(type.name) ?? judgeOf(type, facts);
  judges.set(type.name, judge);
  return judge(resource);
}

function judgeOf(type: DeclaredType, facts: Facts): Judge {
  const bare = { ...facts, schemas: undefined };
  const standard = declaredType(bare, type.name) ?? type;
  const published = validatorOf(namesSchema(type));
  const fixed = validatorOf(standardSchema(type, standard));
  const spelling = spellingOf(type, standard);
  const judge = (validator: Validator, resource: JsonObject, kindOf: (misfit: Misfit) => FaultKind) =>
    validator(resource).map(misfit => ({ ...misfit, kind: kindOf(misfit) }));
  return resource => {
    const spelt = respelt(resource, spelling);
    return [
      ...judge(published, spelt, nameKind),
      ...judge(fixed, spelt, ({ path: [first = ''] }) =>
        commonNames.includes(first) ? 'common form' : 'standard form',
      ),
    ];
  };
}

function nameKind({ keyword, path }: Misfit): FaultKind {
  if (keyword === 'required') return 'missing';
  const [first = ''] = path;
  return path.length === 1 || (path.length === 2 && first.includes(':')) ? 'undeclared' : 'undeclared part';
}

/** Names that RFC 7643 itself gives to attributes and their parts, in lower case. */
export function standardNames(type: DeclaredType, facts: Facts): ReadonlySet<string> {
  const standard = declaredTypes({ ...facts, schemas: undefined }).find(({ name }) => name === type.name);
  const schemas = standard ? [standard.base, ...standard.extensions] : [];
  return new Set(
    schemas.flatMap(({ attributes }) =>
      attributes.flatMap(({ name, subAttributes }) =>
        [name, ...subAttributes.map(part => part.name)].map(each => each.toLowerCase()),
      ),
    ),
  );
}
