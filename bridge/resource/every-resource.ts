import { attribute, complex, string, type Attribute } from '../../scim/schema/index.ts';

const given = { mutability: 'readOnly', caseExact: true } as const;

/**
 * The attributes that every resource has whatever its schema says (RFC 7643 section 3.1). They outrank attributes of the
 * same name that a schema lists.
 */
export const everyResource: readonly Attribute[] = [
  // URNs compare without case (RFC 7644 section 3.10), so this is no reference by type.
  string('schemas', 'Schemas in use.', { multiValued: true, required: true, returned: 'always' }),
  string('id', 'Identifier given by the service provider.', { ...given, returned: 'always' }),
  string('externalId', 'Identifier given by the provisioning client.', { caseExact: true }),
  complex(
    'meta',
    'What the service provider says about the resource.',
    [
      string('resourceType', 'Name of the resource type.', given),
      attribute('created', 'dateTime', 'When the resource was added.', given),
      attribute('lastModified', 'dateTime', 'When the resource last changed.', given),
      attribute('location', 'reference', 'Address of the resource.', given),
      string('version', 'Entity-tag of the resource.', given),
    ],
    { mutability: 'readOnly' },
  ),
];
