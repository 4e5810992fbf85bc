import { because, type DeclaredDeviation } from './deviation.ts';

/** What the bridge that a customer runs breaks of the RFC, however answers look. */
export const selfHostedDeviations: readonly DeclaredDeviation[] = [
  ...because(
    'OP-19a',
    'externalId is the part of the address before the at sign, whatever was sent',
    ['create.external-id-not-invented', 'RFC7643-3.1-12'],
    ['user.external-id', 'RFC7643-3.1-15'],
    ['user.external-id-changes', 'RFC7643-3.1-15'],
    ['patch.add-absent', 'RFC7644-3.5.2.1-04', 'externalId'],
    ['patch.replace-absent', 'RFC7644-3.5.2.3-04', 'externalId'],
  ),
  ...because(
    'OP-17c',
    'displayName is made of first and last name, whatever is sent',
    ['patch.attributes', 'RFC7644-3.5.2-25', 'User'],
    ['patch.in-order', 'RFC7644-3.5.2-21', 'add-replace'],
    ['patch.path-other-case', 'RFC7644-3.5.2-30', 'attribute', 'urn'],
    ['patch.path-with-urn', 'RFC7644-3.5.2-09', 'attribute'],
  ),
  ...because('OP-17b', 'the whole name is made of first and last name', [
    'attribute.round-trip',
    'RFC7643-7-27',
    'User:name',
  ]),
  ...because(
    'OP-26b',
    'whoever is made inactive before joining is gone',
    ['user.inactive-readable', 'RFC7643-4.1.1-15'],
    ['user.active-again', 'RFC7643-4.1.1-15'],
    ['projection.write', 'RFC7644-3.9-03', 'PATCH'],
    ['projection.write-excluded', 'RFC7644-3.9-08', 'PATCH'],
  ),
];

/** What is seen of it only where schemas are published as the RFC has them. */
export const selfHostedNormalDeviations: readonly DeclaredDeviation[] = [
  ...because(
    'OP-17b',
    'the whole name is made of first and last name',
    ['attribute.round-trip', 'RFC7643-7-27', 'User:displayName'],
    ['patch.path-other-case', 'RFC7644-3.5.2-30', 'without-path'],
  ),
  ...because(
    'OP-26b',
    'whoever is made inactive before joining is gone',
    ['patch.boolean-text', 'RFC7643-2.3.2-01', 'False'],
    ['patch.replace-active', 'RFC7644-3.5.2.3-02', 'off', 'off-without-path'],
    ['replace.active', 'RFC7644-3.5.1-03', 'off'],
  ),
  ...because('section 5', 'writes to id, meta and groups are passed over without an error', [
    'patch.remove-groups',
    'RFC7644-3.5.2.2-07',
  ]),
];

/** What the recorded shapes of it break. */
export const selfHostedObservedDeviations: readonly DeclaredDeviation[] = [
  ...because(
    'section 2.6',
    'all of meta but the resourceType is empty text',
    ['create.location', 'RFC7644-3.3-06'],
    ['create.modified-is-created', 'RFC7643-3.1-21'],
    ['wire.meta', 'RFC7643-3.1-02'],
    ['wire.location', 'RFC7643-3.1-22'],
    ['list.last-modified', 'RFC7643-3.1-20'],
    ['value.common', 'RFC7643-2.3-02'],
  ),
  ...because(
    'section 2.6',
    'parts of a name that have no value are empty text, those that no schema describes among them',
    ['value.parts-declared', 'RFC7643-7-09'],
  ),
];
