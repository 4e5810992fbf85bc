import { ScimError } from '../../../scim/message/error.ts';
import { isObject } from '../../../scim/message/list.ts';
import { LIST_RESPONSE } from '../../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { AccountSettings, ProfileId } from '../model.ts';
import { differ } from './change.ts';
import { countedFromZero, isTold } from './discovery.ts';
import { blanks } from './empty.ts';
import { hostedDifferences } from './hosted.ts';
import { base32Id } from './id.ts';
import { selfHostedDifferences } from './self-hosted.ts';
import type { Asked, DifferenceTable, Wire, WireId } from './wire.ts';

export type { Asked, Wire, WireId } from './wire.ts';

type MakeWire = (profile: ProfileId, settings: AccountSettings) => Wire;

const tables: Readonly<Record<ProfileId, DifferenceTable>> = {
  'self-hosted': selfHostedDifferences,
  hosted: hostedDifferences,
};

const wires: Readonly<Record<WireId, MakeWire>> = {
  normal: () => ({ idOf: (_, unique) => unique, shape: body => body }),
  observed: (profile, { emptyFieldStyle }) => observe(tables[profile], emptyFieldStyle === 'empty'),
};

/** Names of the wires, the default first. */
export const wireIds: readonly WireId[] = ['normal', 'observed'];

/** How the answers of an account look. @throws RangeError for a wire that does not exist */
export function createWire(id: WireId, profile: ProfileId, settings: AccountSettings): Wire {
  if (!wireIds.includes(id)) throw new RangeError(`there is no wire ${id}; the wires are ${wireIds.join(' and ')}`);
  return wires[id](profile, settings);
}

function observe(table: DifferenceTable, showsBlanks: boolean): Wire {
  const one = (resource: JsonObject, asked: Asked): JsonObject => {
    const kind = kindOf(resource);
    const differences = table[kind];
    if (!differences) return resource;
    const fills = showsBlanks ? { ...differences.fills, ...blanks[kind] } : differences.fills;
    return differ({ ...differences, ...(fills && { fills }) }, resource, asked);
  };
  const list = (envelope: JsonObject, asked: Asked): JsonObject => {
    const found: readonly Json[] = Array.isArray(envelope['Resources']) ? envelope['Resources'] : [];
    const resources = found.filter(isObject);
    const told = resources.filter(resource => isTold(kindOf(resource), resource));
    const Resources = told.map(resource => one(resource, asked));
    const isDiscovery = resources.some(resource => countedFromZero.has(kindOf(resource)));
    if (!isDiscovery) return { ...envelope, Resources };
    const { length } = Resources;
    return { ...envelope, totalResults: length, startIndex: 0, itemsPerPage: length, Resources };
  };
  return {
    idOf: base32Id,
    shape(body, asked) {
      const kind = kindOf(body);
      if (kind === LIST_RESPONSE) return list(body, asked);
      if (!isTold(kind, body)) throw new ScimError(404, undefined, 'there is no such document');
      return one(body, asked);
    },
  };
}

/** The first of its schemas says what an object is. */
function kindOf({ schemas }: JsonObject): string {
  const [first]: readonly Json[] = Array.isArray(schemas) ? schemas : [];
  return typeof first === 'string' ? first : '';
}
