import type { Exchange } from '../../reports/record/index.ts';
import type { ControlActName } from '../../scim/control-acts.ts';
import { isObject } from '../../scim/message/list.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { SecondKind } from '../../scim/wire/session.ts';
import type { Template } from './template.ts';
import type { Needs } from './trial.ts';

/** What a target told and showed before the first check. Parts of discovery that are missing or broken are undefined. */
export interface Facts {
  readonly serviceProviderConfig: JsonObject | undefined;
  readonly resourceTypes: readonly JsonObject[] | undefined;
  readonly schemas: readonly JsonObject[] | undefined;
  /** Whether the run shows any credential at all. */
  readonly credentialed: boolean;
  /** Further credentials that the run has. */
  readonly second?: readonly SecondKind[];
  /** Acts that the run can do on the account behind the target. */
  readonly acts?: readonly ControlActName[];
  /** Whether hundreds of resources may be made at a time; they may unless this says no. */
  readonly large?: boolean;
  /** Where the run changes nothing: resources that were there before, as a list shows them. */
  readonly residents?: Readonly<Record<CoreType, readonly JsonObject[]>>;
  /** Resource types of which the target makes none that can be found again, whatever the body. */
  readonly refused: Readonly<Partial<Record<CoreType, Refusal>>>;
  /** Attributes of an ordinary user that the target takes and gives back; undefined when none could be looked at. */
  readonly kept: readonly string[] | undefined;
  /** How bodies that the target takes differ from ordinary ones, by the name of the type. */
  readonly templates?: Readonly<Record<string, Template>>;
  /** What it asks of a type beyond what the RFC does. */
  readonly needs?: Readonly<Partial<Record<CoreType, Needs>>>;
  /** Basic operations that do not work at all. */
  readonly faults?: readonly Fault[];
  /** How long lists and filters stay behind writes, in milliseconds; zero where they do not. */
  readonly lagMs?: number;
}

/** Why nothing of a type can be made. */
export interface Refusal {
  /** Id of the check that reports it. */
  readonly by: string;
  /** What the target answered. */
  readonly reason: string;
}

/** A basic operation that does not work: one check reports it, and what others see of it is no fault of its own. */
export interface Fault {
  /** Id of the check that reports it. */
  readonly by: string;
  readonly reason: string;
  /** Whether the exchange shows the operation failing in this way. */
  shows(exchange: Exchange): boolean;
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

/**
 * A user comes back with the attribute that it was created with, and clients may change it. A provider may leave attributes
 * out (RFC 7644 section 3.1), and derive one from others when its schema has it as read-only.
 */
export const keeps = (attribute: string): Condition => ({
  name: `keeps ${attribute}`,
  unmet({ kept, schemas }) {
    if (kept !== undefined && !kept.includes(attribute))
      return `a created user comes back without its own ${attribute}`;
    const mutability = mutabilityOf(schemas, attribute);
    return FIXED.has(mutability) ? `/Schemas has ${attribute} of a user as ${mutability}` : undefined;
  },
});

const FIXED: ReadonlySet<string> = new Set(['readOnly', 'immutable']);

/** As /Schemas states it of a user; empty where it says nothing. */
function mutabilityOf(schemas: Facts['schemas'], attribute: string): string {
  const user = schemas?.find(({ id }) => typeof id === 'string' && id.toLowerCase() === USER.toLowerCase());
  const attributes: Json | undefined = user?.['attributes'];
  if (!Array.isArray(attributes)) return '';
  const stated = attributes
    .filter(isObject)
    .find(({ name }) => typeof name === 'string' && name.toLowerCase() === attribute.toLowerCase());
  const mutability = stated?.['mutability'];
  return typeof mutability === 'string' ? mutability : '';
}

/** The run shows a credential, so requests without one are something else. */
export const credentialed: Condition = {
  name: 'credential',
  unmet: facts => (facts.credentialed ? undefined : 'the run has no credential'),
};

/** The run has a further credential of the kind. */
export const secondCredential = (kind: SecondKind): Condition => ({
  name: `second credential, ${kind}`,
  unmet: facts => (facts.second?.includes(kind) ? undefined : `none was given (--token2-env, --token2-kind ${kind})`),
});

/** The run can do these acts on the account behind the target. */
export const controls = (...acts: readonly ControlActName[]): Condition => ({
  name: `control of the account: ${acts.join(', ')}`,
  unmet({ acts: offered = [], residents }) {
    if (residents) return 'nothing may be changed (--read-only)';
    if (offered.length === 0) return 'none was given (--control-module or --control-url)';
    const missing = acts.filter(act => !offered.includes(act));
    return missing.length === 0 ? undefined : `the one that was given has no ${missing.join(', ')}`;
  },
});

/** Hundreds of users and groups of hundreds of members may be made. */
export const large: Condition = {
  name: 'large',
  unmet: facts =>
    facts.large === false ? 'hundreds of users are made on other machines only with --large' : undefined,
};
