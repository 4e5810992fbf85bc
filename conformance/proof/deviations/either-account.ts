import { because, type DeclaredDeviation } from './deviation.ts';

/** What 1Password breaks of the RFC whoever runs it, and however answers look. */
export const commonDeviations: readonly DeclaredDeviation[] = [
  ...because('OP-3b', 'every request needs the token, discovery too', ['config.open', 'RFC7643-5-20']),
  ...because(
    'section 3.2',
    'a user has one e-mail address, which is the userName and primary',
    ['user.all-elements', 'RFC7643-7-27', 'emails'],
    ['attribute.round-trip', 'RFC7643-7-27', 'User:emails'],
    ['user.many-elements', 'RFC7643-7-27'],
  ),
  ...because('OP-32b', 'a new address shows when the person has confirmed it', [
    'filter.after-change',
    'RFC7644-3.4.2.2-03',
    'userName by PUT',
    'userName by PATCH',
  ]),
  ...because(
    'section 5',
    'writes to id, meta and groups are passed over without an error',
    ['patch.read-only', 'RFC7644-3.5.2-16'],
    ['patch.read-only-attribute', 'RFC7644-3.5.2-12', 'id', 'id-added', 'meta-created', 'meta'],
    ['patch.read-only-groups', 'RFC7644-3.5.2-12'],
    ['patch.remove-mandatory', 'RFC7644-3.5.2.2-07', 'id', 'meta'],
  ),
  ...because('section 9', 'a filtered path that matches no address means the one there is (shapes 5 and 6)', [
    'patch.replace-no-target',
    'RFC7644-3.5.2.3-08',
  ]),
];

/** What the recorded shapes break, hosted and self-hosted alike. */
export const observedDeviations: readonly DeclaredDeviation[] = [
  ...because('section 3.7', 'endpoints are announced from the root of the host, and that of users as /scim/v2/User', [
    'type.endpoint',
    'RFC7643-6-06',
    'User',
    'Group',
  ]),
  ...because(
    'section 3.7',
    'userName and emails are described as always returned, and left out like all others',
    ['schema.always-returned', 'RFC7643-7-24', 'userName'],
    ['attribute.always-returned', 'RFC7643-7-24', 'User:emails'],
  ),
  ...because('section 3.7', 'active and displayName of a user are used and not described', [
    'value.declared',
    'RFC7643-7-07',
  ]),
  ...because(
    'section 3.7',
    'schemas are shown without schemas',
    ['schema.schemas', 'RFC7643-7-03'],
    ['schema.single-as-listed', 'RFC7644-4-04'],
  ),
  ...because('Q11', 'names of groups compare with case, and no attribute is published as one whose case counts', [
    'group.name-other-case',
    'RFC7644-3.4.2.2-57',
  ]),
];
