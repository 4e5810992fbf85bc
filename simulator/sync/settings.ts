import type { RuleId } from '../../conformance/clauses/index.ts';
import { suggest } from '../../text/suggest.ts';

/** Choices where sources conflict, or where a service provider may meet either. */
export interface JumpCloudSettings {
  /** What a look-up of a user compares. */
  readonly lookUp: 'userName' | 'emails.value';
  /** What a look-up answered 404 means. */
  readonly lookUpNotFound: 'problem' | 'miss';
  readonly expiredPassword: 'inactive' | 'active';
  readonly dismissedPerson: 'deactivate' | 'delete';
  readonly groupRename: 'patch' | 'put';
  readonly takeOverName: 'exact' | 'any-case';
  /** What an edit of a group's record sends again. */
  readonly touchedGroup: 'people' | 'people-and-memberships';
  /** Whether the members of a group that is synced whole go one by one. */
  readonly members: 'one-by-one' | 'together';
  readonly slashAfterBaseUrl: 'keep' | 'drop';
  readonly plainHttp: 'refuse' | 'allow';
  /** Name of the group that an activation makes and deletes. */
  readonly testGroup: string;
  /** First and last name of the user that an activation makes, and the last name it is changed to. */
  readonly testUser: string;
}

/** A setting as a table has it. */
interface Setting<Value> {
  readonly rule: RuleId;
  readonly default: Value;
  /** Values it can have; any text where there are none. */
  readonly values?: readonly Value[];
  readonly title: string;
}

/** Every setting, with the rule it belongs to and the default that the rule names. */
export const settingsTable = {
  lookUp: {
    rule: 'JC-Q3',
    default: 'userName',
    values: ['userName', 'emails.value'],
    title: 'what a look-up of a user compares',
  },
  lookUpNotFound: {
    rule: 'JC-53f',
    default: 'problem',
    values: ['problem', 'miss'],
    title: 'what a look-up answered 404 means',
  },
  expiredPassword: {
    rule: 'JC-Q15',
    default: 'inactive',
    values: ['inactive', 'active'],
    title: 'what an expired password makes of the account',
  },
  dismissedPerson: {
    rule: 'JC-Q17',
    default: 'deactivate',
    values: ['deactivate', 'delete'],
    title: 'what becomes of the account of somebody who is deleted',
  },
  groupRename: {
    rule: 'JC-Q21',
    default: 'patch',
    values: ['patch', 'put'],
    title: 'how a group gets its new name',
  },
  takeOverName: {
    rule: 'JC-Q22',
    default: 'exact',
    values: ['exact', 'any-case'],
    title: 'whether case tells names of groups apart at a take-over',
  },
  touchedGroup: {
    rule: 'JC-Q29',
    default: 'people',
    values: ['people', 'people-and-memberships'],
    title: 'what an edit of the record of a group sends again',
  },
  members: {
    rule: 'JC-Q19',
    default: 'one-by-one',
    values: ['one-by-one', 'together'],
    title: 'how the members of a group go out that is synced whole: a request each, or up to 100 in one',
  },
  slashAfterBaseUrl: {
    rule: 'JC-2b',
    default: 'keep',
    values: ['keep', 'drop'],
    title: 'what becomes of a slash at the end of the Base URL',
  },
  plainHttp: {
    rule: 'JC-3',
    default: 'refuse',
    values: ['refuse', 'allow'],
    title: 'whether a Base URL without https is taken',
  },
  testGroup: { rule: 'JC-Q9', default: 'Scimulator test group', title: 'name of the test group of an activation' },
  testUser: { rule: 'JC-Q9', default: 'Scimulator', title: 'first name of the test user of an activation' },
} as const satisfies {
  readonly [Name in keyof JumpCloudSettings]: Setting<JumpCloudSettings[Name]>;
};

/** A setting that is none, or has a value it cannot have. */
export class SettingsError extends Error {
  readonly code = 'settings';
  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

const rows: readonly (readonly [string, Setting<string>])[] = Object.entries(settingsTable);

/** The defaults with what is given laid over. @throws SettingsError */
export function settingsFrom(given: Partial<JumpCloudSettings> = {}): JumpCloudSettings {
  const names = rows.map(([name]) => name);
  for (const [name, value] of Object.entries(given) as readonly (readonly [string, unknown])[]) {
    const row = rows.find(([known]) => known === name)?.[1];
    if (!row) throw new SettingsError(`there is no setting "${name}"${suggest(name, names)}`);
    if (typeof value !== 'string' || value === '') throw new SettingsError(`the setting ${name} has to be a text`);
    if (row.values && !row.values.includes(value)) {
      throw new SettingsError(`the setting ${name} is ${JSON.stringify(value)}; it can be ${row.values.join(' or ')}`);
    }
  }
  return { ...DEFAULTS, ...given };
}

const DEFAULTS: JumpCloudSettings = {
  lookUp: settingsTable.lookUp.default,
  lookUpNotFound: settingsTable.lookUpNotFound.default,
  expiredPassword: settingsTable.expiredPassword.default,
  dismissedPerson: settingsTable.dismissedPerson.default,
  groupRename: settingsTable.groupRename.default,
  takeOverName: settingsTable.takeOverName.default,
  touchedGroup: settingsTable.touchedGroup.default,
  members: settingsTable.members.default,
  slashAfterBaseUrl: settingsTable.slashAfterBaseUrl.default,
  plainHttp: settingsTable.plainHttp.default,
  testGroup: settingsTable.testGroup.default,
  testUser: settingsTable.testUser.default,
};
