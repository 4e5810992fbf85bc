import { departments, type Department } from './departments.ts';

/** A custom attribute that generated people have: a choice, digits and letters, or the day they started. */
export type GeneratedAttribute = { readonly name: string; readonly share: number } & (
  | { readonly choices: readonly string[] }
  /** Each `#` a digit, each `?` a capital letter. */
  | { readonly pattern: string }
  | { readonly startDate: true }
);

/** A user group across departments: a share of the people, of those of some departments where these are named. */
export interface GeneratedGroup {
  readonly name: string;
  readonly description?: string;
  readonly share: number;
  readonly departments?: readonly string[];
}

/** What a generated organisation is a mix of. Shares go from 0 to 1; weights stand relative to each other. */
export interface GeneratorProfile {
  readonly company: string;
  /** Domain of the e-mail addresses. */
  readonly domain: string;
  /** Weight of each locale that people come from, by its code. */
  readonly locales: Readonly<Record<string, number>>;
  /** The head of the first one leads the organisation. */
  readonly departments: readonly Department[];
  readonly groups: {
    /** Name of the group of all; empty for none. */
    readonly everyone: string;
    /** Whether each department has one, of its name. */
    readonly departments: boolean;
    /** Name of the group of heads; empty for none. */
    readonly heads: string;
    /** Name of the group of those who are not employed; empty for none. */
    readonly contractors: string;
    readonly more: readonly GeneratedGroup[];
  };
  readonly attributes: readonly GeneratedAttribute[];
  readonly shares: Readonly<Record<Share, number>>;
}

/** Ways of being unusual, of which each person has none, one or several. */
export const SHARES = [
  /** Records with nothing optional. */
  'sparse',
  /** One name and no family name. */
  'oneName',
  /** `ada+scim@…`. */
  'plusAddress',
  /** Very long names and a description of the greatest length. */
  'longValues',
  /** The name of somebody else, another address. */
  'namesake',
  /** The name of somebody else, an address that is theirs but for a dot. */
  'dotTwin',
  /** User names with capitals where the address has none. */
  'mixedCase',
  'suspended',
  'staged',
  'passwordExpired',
] as const;

export type Share = (typeof SHARES)[number];

/** The organisation that is made unless a profile says otherwise: a maker of instruments with people in eleven countries. */
export const defaultProfile: GeneratorProfile = {
  company: 'Orbital Instruments',
  // Reserved for examples (RFC 2606): nothing that is sent there reaches anybody.
  domain: 'orbital.example',
  locales: { en: 8, en_GB: 4, de: 5, fr: 3, es: 3, pl: 2, sv: 2, tr: 1, vi: 1, uk: 2, ja: 2 },
  departments,
  groups: {
    everyone: 'All Staff',
    departments: true,
    heads: 'Leadership',
    contractors: 'Contractors',
    more: [
      {
        name: 'On-Call',
        description: 'Takes turns outside office hours',
        share: 0.33,
        departments: ['Engineering', 'Information Technology', 'Customer Support'],
      },
    ],
  },
  attributes: [{ name: 'startDate', share: 1, startDate: true }],
  shares: {
    sparse: 0.077,
    oneName: 0.059,
    plusAddress: 0.053,
    longValues: 0.043,
    namesake: 0.034,
    dotTwin: 0.011,
    mixedCase: 0.02,
    suspended: 0.03,
    staged: 0.02,
    passwordExpired: 0.02,
  },
};

/** A profile as a file gives it: what it leaves out is as in the default. */
export type ProfileFile = Partial<Omit<GeneratorProfile, 'groups' | 'shares'>> & {
  readonly groups?: Partial<GeneratorProfile['groups']>;
  readonly shares?: Partial<GeneratorProfile['shares']>;
};

/** The profile that a file makes of the default. Groups across departments that have no such department are left out. */
export function completeProfile(file: ProfileFile): GeneratorProfile {
  const profile = { ...defaultProfile, ...file };
  const known = new Set(profile.departments.map(({ name }) => name));
  const groups = { ...defaultProfile.groups, ...file.groups };
  const more = groups.more.filter(({ departments }) => !departments || departments.some(name => known.has(name)));
  return { ...profile, groups: { ...groups, more }, shares: { ...defaultProfile.shares, ...file.shares } };
}
