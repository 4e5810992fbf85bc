import { RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG } from '../../scim/message/urn.ts';
import { attribute, complex, string, type Attribute, type Schema } from '../../scim/schema/index.ts';

const readOnly = { mutability: 'readOnly' } as const;
const needed = { mutability: 'readOnly', required: true } as const;

const supported = attribute('supported', 'boolean', 'Whether the service provider has the feature.', needed);

const feature = (name: string, description: string, limits: readonly Attribute[] = []): Attribute =>
  complex(name, description, [supported, ...limits], needed);

const limit = (name: string, description: string): Attribute => attribute(name, 'integer', description, needed);

const link = (name: string, description: string, referenceTypes: readonly string[], written = {}): Attribute =>
  attribute(name, 'reference', description, { ...readOnly, referenceTypes, ...written });

/** RFC 7643 section 8.7.2 with what its text has and its figure leaves out; `pagination` is of RFC 9865 section 4. */
const serviceProviderConfigSchema: Schema = {
  id: SERVICE_PROVIDER_CONFIG,
  name: 'Service Provider Configuration',
  description: 'What the service provider offers.',
  attributes: [
    link('documentationUri', 'Page that explains the service provider.', ['external']),
    feature('patch', 'PATCH requests.'),
    feature('bulk', 'Bulk requests.', [
      limit('maxOperations', 'Operations one bulk request may hold.'),
      limit('maxPayloadSize', 'Bytes one bulk request may have.'),
    ]),
    feature('filter', 'Filters.', [limit('maxResults', 'Resources one response may hold.')]),
    feature('changePassword', 'Changing a password.'),
    feature('sort', 'Sorting.'),
    feature('etag', 'Versions of resources.'),
    complex(
      'pagination',
      'Ways to page through a list.',
      [
        attribute('cursor', 'boolean', 'Whether lists are paged by cursor.', needed),
        attribute('index', 'boolean', 'Whether lists are paged by index.', needed),
        string('defaultPaginationMethod', 'The way taken when a request names none.', {
          ...readOnly,
          canonicalValues: ['cursor', 'index'],
        }),
        attribute('defaultPageSize', 'integer', 'Resources of a page when a request has no count.', readOnly),
        attribute('maxPageSize', 'integer', 'Resources of a page at most.', readOnly),
        attribute('cursorTimeout', 'integer', 'Seconds a cursor is valid at least.', readOnly),
      ],
      readOnly,
    ),
    complex(
      'authenticationSchemes',
      'Ways to authenticate.',
      [
        string('type', 'Kind of the scheme.', {
          ...needed,
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        }),
        string('name', 'Name of the scheme.', needed),
        string('description', 'What the scheme is.', needed),
        link('specUri', 'Specification of the scheme.', ['external']),
        link('documentationUri', 'Page that explains the scheme.', ['external']),
        attribute('primary', 'boolean', 'True for the one scheme that is preferred.', readOnly),
      ],
      { ...needed, multiValued: true },
    ),
  ],
};

const resourceTypeSchema: Schema = {
  id: RESOURCE_TYPE,
  name: 'ResourceType',
  description: 'A resource type, where it lives and which schemas it has.',
  attributes: [
    string('id', 'Identifier of the resource type.', readOnly),
    string('name', 'Name of the resource type.', needed),
    string('description', 'What the resource type is for.', readOnly),
    link('endpoint', 'Path below the base URL.', ['uri'], needed),
    link('schema', 'URI of the base schema.', ['uri'], { ...needed, caseExact: true }),
    complex(
      'schemaExtensions',
      'Extensions of the resource type.',
      [
        link('schema', 'URI of the extension.', ['uri'], { ...needed, caseExact: true }),
        attribute('required', 'boolean', 'Whether every resource has the extension.', needed),
      ],
      // The figure says required and single-valued, the text optional and a list.
      { ...readOnly, multiValued: true },
    ),
  ],
};

const exact = { ...readOnly, caseExact: true } as const;

const definition = (subAttributes: readonly Attribute[]): readonly Attribute[] => [
  string('name', 'Name of the attribute.', { ...exact, required: true }),
  string('type', 'Data type of the attribute.', {
    ...needed,
    canonicalValues: ['string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'],
  }),
  attribute('multiValued', 'boolean', 'Whether the attribute has several values.', needed),
  string('description', 'What the attribute is for.', exact),
  attribute('required', 'boolean', 'Whether the attribute has to have a value.', readOnly),
  string('canonicalValues', 'Suggested values.', { ...exact, multiValued: true }),
  attribute('caseExact', 'boolean', 'Whether case counts in comparisons.', readOnly),
  string('mutability', 'Who may change the attribute, and when.', {
    ...exact,
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  }),
  string('returned', 'When the attribute is returned.', {
    ...exact,
    canonicalValues: ['always', 'never', 'default', 'request'],
  }),
  string('uniqueness', 'Among which resources a value is unique.', {
    ...exact,
    canonicalValues: ['none', 'server', 'global'],
  }),
  string('referenceTypes', 'What a reference may lead to.', { ...exact, multiValued: true }),
  ...subAttributes,
];

const schemaSchema: Schema = {
  id: SCHEMA,
  name: 'Schema',
  description: 'A schema and its attributes.',
  attributes: [
    string('id', 'URI of the schema.', needed),
    string('name', 'Name of the schema.', needed),
    string('description', 'What the schema describes.', readOnly),
    complex(
      'attributes',
      'The attributes of the schema.',
      definition([
        complex('subAttributes', 'The sub-attributes of a complex attribute.', definition([]), {
          ...readOnly,
          multiValued: true,
        }),
      ]),
      { ...needed, multiValued: true },
    ),
  ],
};

/** The schemas of the three discovery resources (RFC 7643 section 8.7.2). */
export const discoverySchemas: readonly Schema[] = [serviceProviderConfigSchema, resourceTypeSchema, schemaSchema];
