import type { Fix } from './fix.ts';

/** What to change where a target makes, stores or reads resources otherwise than it should. */
export const resourceFixes: readonly Fix[] = [
  ['create.status', 'Answer a POST that made the user with 201, not 200 or 202.'],
  ['create.group', 'Route POST /Groups, take a body with displayName alone, and answer 201 with the group.'],
  [
    'create.custom',
    'Serve POST at the endpoint of each resource type that /ResourceTypes lists, or take the type out of the list.',
  ],
  [
    'create.body',
    'Answer the POST with the whole user as it is stored: id, meta and all attributes that are returned by default.',
  ],
  [
    'create.location',
    'Set the Location header and meta.location of the answer to the address of the new resource, both the same and complete with scheme and host.',
  ],
  [
    'create.read-back',
    'Build the answer to a POST from what was stored, by the function that builds the answer to a GET.',
  ],
  [
    'create.conflict-other-case',
    'Fold the case of userName before the unique index, and refuse with 409 uniqueness what differs in case only.',
  ],
  [
    'create.conflict-leaves-first',
    'Check userName before anything is written, so that the user who is there stays as it was.',
  ],
  ['create.conflict', 'Put a unique index on userName and turn its violation into 409 with scimType uniqueness.'],
  [
    'create.user-name-required',
    'Refuse a user whose userName is absent, null or empty with 400 invalidValue before anything is stored, unless the provider makes one up.',
  ],
  ['create.read-only-ignored', 'Drop id and meta from what the client sends, and give values of your own.'],
  [
    'create.external-id-not-invented',
    'Leave externalId without value where the client sent none: it belongs to the client.',
  ],
  ['create.password-hidden', 'Take password out of every answer; its returned is never.'],
  [
    'create.shape',
    'Refuse a body that is an array, a text, a number or null with 400 invalidSyntax before members are read from it.',
  ],
  [
    'create.wrong-type',
    'Hold each value against the type of its attribute, and refuse another JSON type with 400 invalidValue.',
  ],
  [
    'create.boolean-text',
    'Turn "true" and "false" into booleans or refuse them with 400; what is stored and shown is a boolean.',
  ],
  [
    'create.leaves-nothing',
    'Validate everything before the first write, or write in one transaction, so that a refused POST leaves nothing.',
  ],
  ['create.names-other-case', 'Match the names of attributes in bodies without regard to case.'],
  ['create.part-names-other-case', 'Match the names of sub-attributes in bodies without regard to case.'],
  ['create.name-twice', 'Store an attribute that comes twice in different case once, or refuse the body with 400.'],
  [
    'create.unknown',
    'Refuse the unknown schema or attribute with 400, or leave it out of what is stored and shown; never echo it.',
  ],
  ['create.schemas-repeated', 'Read schemas as a set: store and show each URN once, or refuse the body.'],
  [
    'create.schemas-missing',
    'Refuse a body whose schemas lack the base schema of the endpoint with 400 invalidSyntax or invalidValue.',
  ],
  [
    'create.other-type',
    'Compare schemas of the body with the resource type of the endpoint, and refuse another type with 400.',
  ],
  ['create.chosen-attributes', 'Apply attributes to the answer to a POST, after the whole user has been stored.'],
  [
    'create.excluded-attributes',
    'Apply excludedAttributes to the answer to a POST, after the whole user has been stored.',
  ],
  ['create.defaults', 'Document what is filled in where a client leaves an attribute out, and show it in the answer.'],
  ['create.unset', 'Treat null and [] as "no value": store nothing, and show nothing for them.'],
  ['create.modified-is-created', 'Set meta.created and meta.lastModified of a new resource to the same instant.'],
  ['create.external-id-shared', 'Take the unique index off externalId: only userName has to be unique.'],
  [
    'create.at-once',
    'Let a unique index in the store decide between requests at the same time; a look-up before the insert lets both through.',
  ],
  [
    'create.minimal',
    'Take a body with nothing but the required attribute; what else is demanded has to be published as required in /Schemas.',
  ],
  [
    'create.full-user',
    'Store and show every attribute of the core schema that /Schemas publishes, lists with all of their elements.',
  ],
  [
    'attribute.round-trip',
    'Store each writable attribute that /Schemas publishes and show it as it was written, or take it out of the schema.',
  ],
  ['attribute.exact-case', 'Keep the case of values with caseExact true; no folding before they are stored.'],
  ['attribute.read-only', 'Drop values of readOnly attributes from requests without an error.'],
  [
    'attribute.required-part',
    'Hold sub-attributes against required of the published schema: refuse a value that lacks one with 400 invalidValue.',
  ],
  [
    'attribute.required-extension',
    'Refuse a create without an extension that the resource type requires with 400, or fill it in.',
  ],
  [
    'attribute.required',
    'Refuse a create without a required attribute with 400 invalidValue, or fill it in, or publish required false.',
  ],
  [
    'attribute.unique',
    'Put a unique index on attributes with uniqueness server or global and answer its violation with 409 uniqueness; or publish none.',
  ],
  ['attribute.never-named', 'Apply returned never after attributes: naming the attribute does not bring it in.'],
  ['attribute.password-named', 'Leave password out of the answer although attributes names it.'],
  [
    'attribute.returned-on-request',
    'Show attributes with returned request to who writes or names them, and to nobody else.',
  ],
  [
    'attribute.always-returned',
    'Add attributes with returned always to each answer, whatever attributes and excludedAttributes say.',
  ],
  [
    'attribute.foreign-type',
    'Refuse a value of another JSON type with 400 invalidValue, or convert it before it is stored.',
  ],
  [
    'attribute.delicate',
    'Store values at the edge of their type without loss: long integers, fractions, dates with zones, long and non-ASCII texts.',
  ],
  [
    'attribute.immutable-kept',
    'Ignore or refuse a new value for an immutable attribute that has one, on PUT and on PATCH.',
  ],
  ['attribute.added', 'Let a PATCH with op add and the path of the attribute set it, as a POST does.'],
  ['attribute.removed', 'Let a PATCH with op remove and the path of the attribute take its value away.'],
  ['attribute.patched', 'Let a PATCH with op replace and the path of the attribute set it, as a POST does.'],
  ['attribute.replaced', 'Let a PUT set each attribute that a POST sets; read both bodies with the same code.'],
  [
    'user.text-alike',
    'Store texts as texts: no conversion of what looks like a number, a date, a boolean or an escape.',
  ],
  [
    'user.all-elements',
    'Store every element of a list with all of its sub-attributes, not the first or the primary one.',
  ],
  [
    'user.unicode',
    'Keep text as UTF-8 from the parser to the store and back: charset utf8mb4 or its like, no normalisation on output.',
  ],
  [
    'user.name-with-unicode',
    'Prepare userName (RFC 8265: case and normal form NFC) before it is stored and before it is looked up.',
  ],
  [
    'user.prepared-names',
    'Bring userName into one normal form of Unicode before uniqueness is checked, so that two spellings of one name meet.',
  ],
  [
    'user.name-beyond-ascii-other-case',
    'Fold the case of userName by the rules of Unicode, in the unique index and in filters; lower() of many databases folds ASCII alone.',
  ],
  [
    'user.renamed-at-once',
    'Let a unique index of the store decide who gets a userName, for changes as for creations, instead of looking before the write.',
  ],
  ['user.two-primary', 'Keep primary on one element at most: refuse two with 400 invalidValue, or keep one.'],
  ['user.no-primary', 'Make no element primary that the client did not mark, or one alone.'],
  ['user.many-elements', 'Keep the sub-attributes of each element with their own element when lists are stored.'],
  ['user.pair-twice', 'Store a value that comes twice with the same type once, or refuse the body.'],
  ['user.email-domain', 'Fold the case of the domain of an e-mail address when it is stored or compared.'],
  ['user.active-false', 'Store active false and show it; a deactivated user is a state, not a removed resource.'],
  ['user.inactive-readable', 'Keep inactive users in GET by id; only a DELETE makes them 404.'],
  ['user.active-again', 'Let active true on an inactive user switch it on again.'],
  [
    'user.formatted-name',
    'Build name.formatted from the parts where the client sends none, and rebuild it when they change.',
  ],
  ['user.country', 'Keep the two letters of the country as they were sent.'],
  ['user.photo-types', 'Publish photo and thumbnail as canonicalValues of photos.type, or none.'],
  ['user.certificate', 'Decode and encode x509Certificates as base64 without changing the bytes.'],
  ['user.external-id-changes', 'Let PUT and PATCH change externalId; it belongs to the client.'],
  ['user.external-id', 'Keep externalId letter by letter: it is caseExact.'],
  [
    'user.long-name',
    'Keep a long userName whole, or refuse it with 400 invalidValue; never cut it, and never fail on it.',
  ],
  [
    'user.freedom',
    'The document leaves it open: refuse with 400 or take the value, the same way each time, and never answer 5xx.',
  ],
  [
    'enterprise.round-trip',
    'Read and show attributes of the extension under urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.',
  ],
  ['enterprise.replace', 'Let PUT write the object under the URN of the extension.'],
  ['enterprise.filter', 'Let filters resolve the URN of the extension, a colon and the attribute.'],
  [
    'enterprise.patch-remove',
    'Split a PATCH path at the last colon: the URN names the extension, the rest its attribute.',
  ],
  ['enterprise.schemas-order', 'Look schemas up as a set; the base schema need not come first.'],
  [
    'enterprise.urn-other-case',
    'Match the URN of an extension without regard to case, or refuse the body; do not drop its data without a word.',
  ],
  ['enterprise.unnamed', 'Name the extension in schemas of what is stored wherever there is data of it.'],
  ['enterprise.named-without-data', 'Take a body that names the extension in schemas and brings no data of it.'],
  ['enterprise.manager-ref', 'Build manager.$ref as the address of the user whose id is manager.value.'],
  [
    'enterprise.manager-renamed',
    'Read displayName of the manager when the user is shown, or change the copies when that user is renamed.',
  ],
  [
    'enterprise.manager-name',
    'Take manager.displayName from the user it stands for; what a client sends is readOnly and dropped.',
  ],
  ['enterprise.manager', 'Store manager.value as it was sent and show it under the URN of the extension.'],
  ['read.by-id', 'Route GET {endpoint}/{id} to the resource, under the id that the POST gave out.'],
  [
    'read.unknown',
    'Answer an id that leads to nothing, of whatever form, with 404 and a SCIM error; look ids up as text instead of parsing them.',
  ],
  ['read.id-encoded', 'Decode the id of the path once before it is looked up.'],
  ['read.other-type', 'Look ids up within the resource type of the endpoint.'],
  ['read.id-whole', 'Compare ids as whole texts; a conversion to a number, or padding, takes other ids for the same.'],
  ['read.id-other-case', 'Compare ids letter by letter; a collation of the store that folds case does not.'],
  [
    'read.same-twice',
    'Show a resource that nobody changes the same each time: no time of reading in meta, lists in a stable order.',
  ],
  ['read.endpoints', 'Serve users at /Users and groups at /Groups below the base URL.'],
];
