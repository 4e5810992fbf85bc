import type { Change } from './change.ts';
import { DirectoryError } from './error.ts';
import type { Application, ApplicationDraft, UserGroup } from './model.ts';

/** What applications take from the directory around them. */
export interface ApplicationsOptions {
  readonly newId: () => string;
  /** @throws DirectoryError for a group that is not there */
  readonly group: (id: string) => UserGroup;
  readonly onChange: (change: Change) => void;
}

/** Applications in the order of adding. Where no id is given the first one is meant. */
export interface Applications {
  list(): readonly Application[];
  /** @throws DirectoryError when there is none */
  get(id?: string): Application;
  isBound(group: string, application?: string): boolean;
  boundTo(group: string): readonly string[];
  add(draft: ApplicationDraft): Application;
  /** The same, and tells nobody: for what the directory starts with. */
  load(draft: ApplicationDraft): Application;
  change(changes: Partial<ApplicationDraft>, application?: string): Application;
  delete(application?: string, typedCount?: number): void;
  bind(group: string, application?: string): void;
  unbind(group: string, application?: string): void;
  setActive(active: boolean, application?: string): void;
  setManageGroups(on: boolean, application?: string): void;
  /** Forgets the bindings of a group and answers the ids of the applications that had one. Tells nobody. */
  forgetGroup(group: string): readonly string[];
}

interface StoredApplication {
  readonly id: string;
  readonly name: string;
  readonly ssoUrl: string;
  displayLabel: string;
  active: boolean;
  manageGroups: boolean;
  readonly bound: Set<string>;
}

/** A directory's applications, none at first. */
export function createApplications({ newId, group, onChange }: ApplicationsOptions): Applications {
  const applications = new Map<string, StoredApplication>();

  const first = (): StoredApplication | undefined => applications.values().next().value;
  const known = (id?: string): StoredApplication => {
    const application = id === undefined ? first() : applications.get(id);
    if (application) return application;
    if (id === undefined) throw new DirectoryError('unknown-application', '', 'the directory has no application');
    throw new DirectoryError('unknown-application', id, `no application in the directory has the id "${id}"`);
  };

  const load = ({
    name,
    displayLabel = name,
    ssoUrl = defaultSsoUrl(name),
    manageGroups = false,
  }: ApplicationDraft) => {
    refuseBlank('name', name);
    refuseBlank('displayLabel', displayLabel);
    const id = newId();
    const stored = { id, name, displayLabel, ssoUrl, active: false, manageGroups, bound: new Set<string>() };
    applications.set(id, stored);
    return view(stored);
  };
  const setManageGroups = (on: boolean, id?: string) => {
    const application = known(id);
    if (application.manageGroups === on) return;
    application.manageGroups = on;
    onChange({ kind: 'group-management', on, application: application.id });
  };

  return {
    list: () => [...applications.values()].map(view),
    get: id => view(known(id)),
    isBound: (group, id) => (id === undefined ? first() : applications.get(id))?.bound.has(group) ?? false,
    boundTo: group => [...applications.values()].filter(({ bound }) => bound.has(group)).map(({ id }) => id),

    load,
    add(draft) {
      const application = load(draft);
      onChange({ kind: 'application-created', application });
      return application;
    },
    change({ name, displayLabel, ssoUrl, manageGroups }, id) {
      const application = known(id);
      const { name: ownName, ssoUrl: ownUrl } = application;
      for (const [field, value, own] of [
        ['name', name, ownName],
        ['ssoUrl', ssoUrl, ownUrl],
      ] as const) {
        if (value === undefined || value === own) continue;
        const message = `${field} of ${application.displayLabel} is fixed; add another application with the new one`;
        throw new DirectoryError('invalid-value', value, message, field);
      }
      if (displayLabel !== undefined && displayLabel !== application.displayLabel) {
        refuseBlank('displayLabel', displayLabel);
        application.displayLabel = displayLabel;
        onChange({ kind: 'application-changed', application: view(application) });
      }
      if (manageGroups !== undefined) setManageGroups(manageGroups, application.id);
      return view(application);
    },
    delete(id, typedCount = 1) {
      const application = known(id);
      if (typedCount !== 1) {
        const message = `one application would be deleted, not ${typedCount}; ${application.displayLabel} stays`;
        throw new DirectoryError('wrong-count', String(typedCount), message);
      }
      applications.delete(application.id);
      onChange({ kind: 'application-deleted', application: view(application) });
    },
    bind(groupId, id) {
      const bound = group(groupId);
      const application = known(id);
      if (application.bound.has(groupId)) {
        const message = `"${bound.name}" is bound to ${application.displayLabel} already`;
        throw new DirectoryError('already-bound', groupId, message);
      }
      application.bound.add(groupId);
      onChange({ kind: 'group-bound', group: bound, application: application.id });
    },
    unbind(groupId, id) {
      const unbound = group(groupId);
      const application = known(id);
      if (!application.bound.delete(groupId)) {
        const message = `"${unbound.name}" is not bound to ${application.displayLabel}`;
        throw new DirectoryError('not-bound', groupId, message);
      }
      onChange({ kind: 'group-unbound', group: unbound, application: application.id });
    },
    setActive(active, id) {
      const application = known(id);
      if (application.active === active) return;
      application.active = active;
      onChange({ kind: active ? 'activated' : 'deactivated', application: application.id });
    },
    setManageGroups,
    forgetGroup: group => [...applications.values()].filter(({ bound }) => bound.delete(group)).map(({ id }) => id),
  };
}

function view({ bound, ...application }: StoredApplication): Application {
  return { ...application, boundGroups: [...bound] };
}

function refuseBlank(field: string, value: string): void {
  if (value.trim() !== '') return;
  throw new DirectoryError('invalid-value', value, `an application needs a ${field}`, field);
}

/** The URL that an application gets when none is typed (JC-9a); blanks go, as they cannot stand in one. */
const defaultSsoUrl = (name: string): string =>
  `https://sso.jumpcloud.com/saml2/${encodeURIComponent(name.replace(/\s+/g, '').toLowerCase())}`;
