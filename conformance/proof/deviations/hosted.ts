import { because, type DeclaredDeviation } from './deviation.ts';

/** What hosted provisioning breaks of the RFC, however answers look. */
export const hostedDeviations: readonly DeclaredDeviation[] = [
  ...because(
    'OP-28a',
    'a DELETE suspends, so the user is still there',
    ['delete.gone', 'RFC7644-3.6-02', 'User'],
    ['delete.not-found-by-filter', 'RFC7644-3.6-04'],
    ['delete.not-listed', 'RFC7644-3.6-04', 'User'],
    ['delete.re-create', 'RFC7644-3.6-05'],
    ['filter.deleted', 'RFC7644-3.6-04', 'userName', 'externalId'],
    ['http.delete-idempotent', 'RFC9110-9.2.2-01'],
    ['relation.user-deleted', 'RFC7644-3.6-07'],
  ),
  ...because('section 3.3', 'the account keeps one name, from which the parts are cut', [
    'attribute.round-trip',
    'RFC7643-7-27',
    'User:name',
  ]),
  ...because('section 5', 'writes to id, meta and groups are passed over without an error', [
    'patch.remove-groups',
    'RFC7644-3.5.2.2-07',
  ]),
];

/** What is seen of it only where schemas are published as the RFC has them. */
export const hostedNormalDeviations: readonly DeclaredDeviation[] = [
  ...because(
    'section 3.3',
    'the account keeps one name, from which the parts are cut',
    ['attribute.removed', 'RFC7644-3.5.2.2-02', 'User'],
    ['create.unset-part', 'RFC7643-2.5-01'],
    ['patch.remove-single', 'RFC7644-3.5.2.2-02', 'displayName'],
  ),
];

/** What the recorded shapes of it break. */
export const hostedObservedDeviations: readonly DeclaredDeviation[] = [
  ...because(
    'section 3.2',
    'meta of a user has a resourceType and nothing else',
    ['create.location', 'RFC7644-3.3-06'],
    ['create.modified-is-created', 'RFC7643-3.1-21'],
    ['wire.meta', 'RFC7643-3.1-02'],
  ),
  ...because('section 3.6', 'a group may have been changed a second before it was created', [
    'wire.modified-after-created',
    'RFC7643-3.1-20',
  ]),
  ...because('Q11', 'no attribute is published as one whose case counts, externalId included', [
    'filter.case',
    'RFC7644-3.4.2.2-57',
    'externalId eq',
  ]),
];
