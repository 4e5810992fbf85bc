/** What a topic means to those identity providers, by the ids of their profiles. */
export interface Stakes {
  readonly jumpcloud: string;
  readonly okta: string;
  readonly entra: string;
}

/** What no identity provider sends. */
export const NOBODY: Stakes = {
  jumpcloud: 'sends nothing of the kind, as far as is known',
  okta: 'sends nothing of the kind',
  entra: 'sends nothing of the kind',
};

/** Looking people up before they are created. */
export const LOOK_UP: Stakes = {
  jumpcloud:
    'looks each person up by userName eq before creating one; a wrong answer makes a second account or links a stranger',
  okta: 'looks up by userName eq with startIndex=1 and count=100 before it creates; a wrong answer makes a second account',
  entra: 'looks up by userName eq or externalId eq at the start of each cycle; a wrong answer makes a second account',
};

/** Members of groups. */
export const MEMBERS: Stakes = {
  jumpcloud: 'changes members one at a time by PATCH of path members, and adds those who are there again',
  okta: 'changes members by PUT of the group, or by PATCH with members[value eq "..."] where the application is of its catalogue',
  entra: 'adds and removes members by PATCH of path members, a list under value each time',
};

/** Modifying by PATCH. */
export const PATCHES: Stakes = {
  jumpcloud: 'updates people by PUT; its PATCHes are those of group members',
  okta: 'updates profiles by PUT; in applications of its catalogue states and groups by PATCH without path',
  entra: 'sends every update as a PATCH with a path for each attribute',
};

/** Families of checks, by the beginning of their ids, and what hangs on them. */
export type StakeRow = readonly [family: string, stakes: Stakes];
