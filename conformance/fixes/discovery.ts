import type { Fix } from './fix.ts';

/** What to change where a target describes itself otherwise than it should, or otherwise than it acts. */
export const discoveryFixes: readonly Fix[] = [
  [
    'discovery.service-provider-config',
    'Answer GET /ServiceProviderConfig with 200 and one object whose schemas list urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig.',
  ],
  [
    'discovery.config.authentication-schemes',
    'Put authenticationSchemes into ServiceProviderConfig as an array, with one object (type, name, description) for each way to authenticate.',
  ],
  [
    'discovery.config',
    'Put the member that the title names into ServiceProviderConfig with its JSON type: supported is true or false without quotation marks, limits are integers. Write it also where the feature is off.',
  ],
  [
    'discovery.resource-types',
    'Answer GET /ResourceTypes with a ListResponse: totalResults, and each type as an object in Resources. A bare array is not one.',
  ],
  [
    'discovery.resource-type-members',
    'Give each resource type name, endpoint (a path below the base URL such as /Users) and schema (the URN of its base schema).',
  ],
  [
    'discovery.schemas',
    'Answer GET /Schemas with a ListResponse that holds each schema a resource type names, its extensions included.',
  ],
  [
    'discovery.schema-by-id',
    'Route GET /Schemas/{urn} to the one schema with that id, the colons of the URN plain or percent-encoded.',
  ],
  [
    'discovery.parameters-ignored',
    'Let /ServiceProviderConfig, /ResourceTypes and /Schemas pass over startIndex, count, sortBy and sortOrder: answer 200 as if they were not there. Only filter is refused.',
  ],
  ['discovery.filter-refused', 'Answer a filter on a discovery endpoint with 403 before anything is read.'],
  [
    'discovery.filter-not-applied',
    'Do not send discovery lists through the filter of resources: a filter there is refused with 403, so that no client takes a part for the whole.',
  ],
  [
    'discovery.anonymous',
    'Decide whether discovery is open: either the three endpoints answer 200 without a credential, or each of them answers 401 with a challenge.',
  ],
  [
    'discovery.read-only',
    'Register GET alone on the discovery endpoints; answer POST, PUT, PATCH and DELETE with 405 and an Allow header.',
  ],
  [
    'discovery.unchanged',
    'Serve discovery from what the program knows of itself, not from a store that requests can write to.',
  ],
  [
    'config.single',
    'Send ServiceProviderConfig as the object itself; only /ResourceTypes and /Schemas are wrapped in a ListResponse.',
  ],
  ['config.documentation', 'Make documentationUri a full http or https address of a page for people, or leave it out.'],
  [
    'config.id',
    'Let ServiceProviderConfig be without id, or with a text as id: it is one document and is never addressed by it.',
  ],
  [
    'config.meta',
    'Write meta.resourceType ServiceProviderConfig, and as meta.location the address under which the document is served.',
  ],
  [
    'config.open',
    'Let GET /ServiceProviderConfig pass without a credential, so that a client can learn how to authenticate.',
  ],
  ['config.scheme.primary', 'Set primary true on one authentication scheme at most.'],
  [
    'config.scheme.type',
    'Give each entry of authenticationSchemes a type out of oauth, oauth2, oauthbearertoken, httpbasic and httpdigest.',
  ],
  [
    'config.scheme.known-type',
    'Name each way to authenticate by the word that RFC 7643 has for it: oauth, oauth2, oauthbearertoken, httpbasic or httpdigest.',
  ],
  [
    'config.scheme.addresses',
    'Write specUri and documentationUri of each scheme as full addresses of pages, or leave them out.',
  ],
  [
    'config.scheme',
    'Give each entry of authenticationSchemes a name and a description for people, both non-empty texts.',
  ],
  [
    'config.flag.patch',
    'Bring the flag and the route together: implement PATCH on users and groups, or set patch.supported to false and answer PATCH with 501.',
  ],
  [
    'config.flag.bulk',
    'Bring the flag and the route together: implement POST /Bulk, or set bulk.supported to false and answer it with 501 or 404.',
  ],
  [
    'config.flag.sort',
    'Sort by sortBy where sort.supported is true; set it to false where lists come in one order whatever is asked.',
  ],
  [
    'config.flag.etag',
    'Send an ETag header and meta.version with each resource where etag.supported is true; set it to false where there are none.',
  ],
  [
    'config.flag.change-password',
    'Set changePassword.supported to what happens to a password in a PUT or PATCH: true where it takes effect, false where it is passed over or refused.',
  ],
  [
    'config.max-results',
    'Cut each page down to filter.maxResults entries, or publish the number that is really the most.',
  ],
  ['type.unique-name', 'Give each resource type a name and an endpoint of its own.'],
  ['type.total', 'Set totalResults of /ResourceTypes to the number of types that Resources holds.'],
  [
    'type.single-as-listed',
    'Make the list and the single resource type from the same object, so that both say the same.',
  ],
  ['type.single', 'Route GET /ResourceTypes/{name} to that one type.'],
  ['type.unknown', 'Answer GET /ResourceTypes/{name} for a name that is not listed with 404 and a SCIM error.'],
  ['type.id', 'Write the id of a resource type as a text, or leave it out.'],
  [
    'type.of-resources',
    'Copy the name of the resource type into meta.resourceType of each of its resources, letter by letter.',
  ],
  [
    'type.endpoint-relative',
    'Publish the endpoint of a resource type as a path that begins with a slash and follows the base URL: /Users, not a full address.',
  ],
  ['type.endpoint', 'Serve each endpoint that /ResourceTypes publishes, or take the type out of the list.'],
  ['type.entries', 'List at the endpoint of a type only resources whose schemas hold the schema of the type.'],
  ['type.schema', 'Publish under /Schemas/{urn} the schema that the resource type names.'],
  [
    'type.core-schema',
    'Name urn:ietf:params:scim:schemas:core:2.0:User and ...:Group as the schemas of users and groups, not those of SCIM 1.1.',
  ],
  [
    'type.extension-list',
    'Write schemaExtensions as an array of objects with schema and required, also for a single extension.',
  ],
  [
    'type.extension-required',
    'Give each entry of schemaExtensions required as true or false, without quotation marks.',
  ],
  ['type.extension', 'Publish under /Schemas/{urn} each extension that a resource type lists.'],
  [
    'type.required-extension',
    'Store and show data of an extension on every user where it is marked as required, or publish it with required false.',
  ],
  ['type.name', 'Give each resource type a name, a non-empty text such as User.'],
  ['type.description', 'Give each resource type a description for people, a text.'],
  ['type.meta', 'Write meta.resourceType ResourceType, and as meta.location the address of that resource type.'],
  ['schema.schemas', 'Let each schema carry schemas with urn:ietf:params:scim:schemas:core:2.0:Schema.'],
  ['schema.id', 'Use the URN of the schema as its id.'],
  ['schema.description', 'Give each schema a name and a description, non-empty texts for people.'],
  ['schema.attributes', 'Publish each schema with attributes, the array of its definitions.'],
  ['schema.attribute-name', 'Give each attribute definition a name, a non-empty text.'],
  ['schema.attribute-type', 'Give each attribute definition a type; without one clients have to take it for a string.'],
  [
    'schema.attribute-description',
    'Write a description for each attribute, so that people who map attributes know what it is for.',
  ],
  [
    'schema.name-grammar',
    'Begin attribute names with a letter (or $ for $ref), and go on with letters, digits, - and _.',
  ],
  [
    'schema.unique-names',
    'Rename one of the two attributes: clients compare names without regard to case and cannot tell them apart.',
  ],
  ['schema.unique-id', 'Publish each URN once; merge the two schemas that carry it.'],
  [
    'schema.data-types',
    'Use string, boolean, decimal, integer, dateTime, binary, reference or complex as type; write a date as dateTime and a list by multiValued.',
  ],
  ['schema.multi-valued', 'Publish multiValued as true or false on each attribute and sub-attribute.'],
  ['schema.required', 'Publish required as true or false, without quotation marks.'],
  [
    'schema.case-exact-filter',
    'Take caseExact of the published schema into the comparison: fold case on both sides where it is false, compare letter by letter where it is true. Or publish caseExact as the store compares.',
  ],
  ['schema.case-exact', 'Publish caseExact as true or false on each attribute of type string, reference or binary.'],
  ['schema.case-kept', 'Keep the case in which a value was written, or change it only where caseExact is false.'],
  ['schema.mutability', 'Publish mutability as readOnly, readWrite, immutable or writeOnly, spelt so.'],
  [
    'schema.returned-on-request',
    'Show the attribute in the answer to who wrote it and to who names it in attributes, and leave it out otherwise.',
  ],
  ['schema.returned', 'Publish returned as always, never, default or request, spelt so.'],
  ['schema.uniqueness', 'Publish uniqueness as none, server or global, spelt so.'],
  ['schema.sub-attributes', 'List the parts of each complex attribute under subAttributes.'],
  ['schema.simple', 'Take subAttributes off attributes that are not of type complex, or publish the type as complex.'],
  ['schema.nesting', 'Flatten the inner complex attribute: a sub-attribute is never complex itself.'],
  ['schema.canonical-values', 'Write canonicalValues as an array of texts.'],
  [
    'schema.predefined',
    'Give the sub-attributes type, primary, display, value and $ref the types that RFC 7643 section 2.4 has for them (primary is a boolean, $ref a reference).',
  ],
  [
    'schema.registered-uri',
    'Copy the URNs of the SCIM schemas from the RFC letter by letter; the rest of a URN does count case.',
  ],
  [
    'schema.urn-form',
    'Use urn:ietf:params:scim: only for what is registered there; give schemas of your own a URN of your own name space.',
  ],
  [
    'schema.no-messages',
    'List only schemas of resources; the URNs of messages (ListResponse, PatchOp, Error) have no attributes to publish.',
  ],
  ['schema.message', 'Answer GET /Schemas/{urn} with 404 where the URN is that of a message.'],
  [
    'schema.reference-types',
    'Give each attribute of type reference its referenceTypes (names of resource types, uri or external), and no other attribute.',
  ],
  [
    'schema.used-are-published',
    'Publish each URN that occurs in schemas of a resource, or take it out of the resource.',
  ],
  [
    'schema.of-discovery',
    'Publish the schemas of ServiceProviderConfig, ResourceType and Schema beside those of resources.',
  ],
  ['schema.single-as-listed', 'Make the list and the single schema from the same object, so that both say the same.'],
  ['schema.unknown', 'Answer GET /Schemas/{urn} for a URN that is not published with 404 and a SCIM error.'],
  ['schema.meta', 'Write meta.resourceType Schema, and as meta.location the address of that schema.'],
  ['schema.total', 'Set totalResults of /Schemas to the number of schemas that Resources holds.'],
  ['schema.offered', 'Serve GET /Schemas, so that clients can learn which attributes there are.'],
  [
    'schema.fixed',
    'Publish the characteristic that the case names as the text of RFC 7643 fixes it, and act as published.',
  ],
  [
    'schema.figure',
    'Compare the published attribute that the case names with RFC 7643 section 8.7, and publish what is the case here: where the difference is meant, the behaviour has to agree with it.',
  ],
  [
    'schema.display-mutability',
    'Publish display as the provider treats it: immutable or readOnly where it cannot be written.',
  ],
  [
    'schema.default',
    'Treat an attribute whose definition leaves the characteristic out as RFC 7643 section 2.2 has it (not required, caseExact false, readWrite, returned by default, uniqueness none), or publish what is meant.',
  ],
  [
    'schema.always-returned',
    'Add the attribute to each answer after attributes and excludedAttributes have been applied, or publish returned as default.',
  ],
  [
    'schema.immutable',
    'Refuse a change of the attribute with 400 mutability once it has a value, or publish mutability as readWrite.',
  ],
  [
    'schema.write-only',
    'Let a password be changed by PUT or PATCH as its mutability writeOnly says, and never return it.',
  ],
  ['endpoints', 'Name the endpoint of a resource type of its own after it, in the plural.'],
  [
    'cursor.announced',
    'Put the pagination object into ServiceProviderConfig with cursor true, as RFC 9865 wants it of who pages by cursor.',
  ],
  ['cursor.flag', 'Write pagination.cursor as true or false.'],
  ['cursor.index-flag', 'Write pagination.index as true or false.'],
  ['cursor.default-method', 'Write pagination.defaultPaginationMethod as cursor or index.'],
  ['cursor.default-page-size', 'Write pagination.defaultPageSize as an integer above 0.'],
  ['cursor.max-page-size', 'Write pagination.maxPageSize as an integer above 0.'],
  ['cursor.timeout', 'Write pagination.cursorTimeout as an integer above 0, in seconds.'],
];
