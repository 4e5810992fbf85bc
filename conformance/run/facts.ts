import type { JsonObject } from '../../scim/wire/message.ts';

/** What a target told and showed before the first check. Parts of discovery that are missing or broken are undefined. */
export interface Facts {
  readonly serviceProviderConfig: JsonObject | undefined;
  readonly resourceTypes: readonly JsonObject[] | undefined;
  readonly schemas: readonly JsonObject[] | undefined;
  /** Whether the run shows any credential at all. */
  readonly credentialed: boolean;
  /** Resource types of which the target makes none from an ordinary body, with what it answered. */
  readonly refused: Readonly<Partial<Record<CoreType, string>>>;
  /** Attributes of an ordinary user that the target takes and gives back; undefined when none could be looked at. */
  readonly kept: readonly string[] | undefined;
}

/** The resource types of RFC 7643. */
export type CoreType = 'User' | 'Group';

/** Where each lives (RFC 7644 section 3.2). */
export const endpointOf = { User: '/Users', Group: '/Groups' } as const satisfies Record<CoreType, string>;

/** A named thing a check needs of a target. `unmet` says why it does not hold, or nothing when it does. */
export interface Condition {
  readonly name: string;
  unmet(facts: Facts): string | undefined;
}

/** The flags of ServiceProviderConfig (RFC 7643 section 5). */
export type Feature = 'patch' | 'bulk' | 'filter' | 'changePassword' | 'sort' | 'etag';

/** What a target without a usable flag is taken to do: the parts of the protocol that nearly all offer. */
const assumed: ReadonlySet<Feature> = new Set(['patch', 'filter']);

/** The target lists the resource type, or lists none at all. */
export const serves = (type: CoreType): Condition => ({
  name: `serves ${type}`,
  unmet: ({ resourceTypes }) =>
    resourceTypes === undefined || resourceTypes.some(entry => entry['name'] === type || endpointNames(entry, type))
      ? undefined
      : `/ResourceTypes lists no ${type}`,
});

/** Text shows `Users`, figures `/Users`, and some give the whole URL. */
const endpointNames = (entry: JsonObject, type: CoreType): boolean =>
  typeof entry['endpoint'] === 'string' && `/${entry['endpoint']}`.endsWith(endpointOf[type]);

/** ServiceProviderConfig says so, or says nothing usable and most targets do. */
export const supports = (feature: Feature): Condition => ({
  name: `supports ${feature}`,
  unmet(facts) {
    const flag = flagOf(facts, feature);
    if (flag === false) return `ServiceProviderConfig says ${feature}.supported false`;
    return flag === true || assumed.has(feature) ? undefined : `nothing says that ${feature} is supported`;
  },
});

/** The flag, where it is a boolean. */
export function flagOf({ serviceProviderConfig }: Facts, feature: Feature): boolean | undefined {
  const flag = (serviceProviderConfig?.[feature] as JsonObject | null | undefined)?.['supported'];
  return typeof flag === 'boolean' ? flag : undefined;
}

/** ServiceProviderConfig states the flag, either way. */
export const declaresFlag = (feature: Feature): Condition => ({
  name: `declares ${feature}`,
  unmet: facts => (flagOf(facts, feature) === undefined ? `no flag ${feature}.supported was found` : undefined),
});

/** A user comes back with the attribute that it was created with. A provider may leave attributes out (RFC 7644 section 3.1). */
export const keeps = (attribute: string): Condition => ({
  name: `keeps ${attribute}`,
  unmet: ({ kept }) =>
    kept === undefined || kept.includes(attribute) ? undefined : `a created user comes back without ${attribute}`,
});

/** The run shows a credential, so requests without one are something else. */
export const credentialed: Condition = {
  name: 'credential',
  unmet: facts => (facts.credentialed ? undefined : 'the run has no credential'),
};
