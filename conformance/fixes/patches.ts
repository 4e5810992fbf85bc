import type { Fix } from './fix.ts';

/** What to change where a target carries out a PATCH otherwise than it should. */
export const patchFixes: readonly Fix[] = [
  [
    'patch.announced',
    'Implement PATCH on users and groups and set patch.supported to true: memberships and states are changed by it.',
  ],
  ['patch.status', 'Answer a PATCH with 200 and the resource, or with 204 and no body.'],
  [
    'patch.attributes',
    'Answer a PATCH that has the attributes parameter with 200 and those attributes instead of 204.',
  ],
  ['patch.replace-read-back', 'Store what a replace operation brings, and leave all other attributes as they were.'],
  [
    'patch.replace-without-path',
    'Take an operation without path as an object of attributes, and write each member of its value.',
  ],
  [
    'patch.add-member-again',
    'Hold members as a set by value: adding somebody who is there succeeds and changes nothing.',
  ],
  ['patch.add-member', 'Let op add on members join the given ones to those who are there.'],
  [
    'patch.member-forms',
    'Take members as one object, as an array, with and without path, and join them to those who are there.',
  ],
  ['patch.remove-member-by-value-path', 'Resolve members[value eq "..."] and take that member alone.'],
  ['patch.remove-member-not-there', 'Answer the removal of somebody who is no member with success and change nothing.'],
  ['patch.remove-members-by-or', 'Evaluate or inside of the brackets and take every member that it names.'],
  ['patch.remove-one-member', 'Take the member that the value path names, and neither the others nor the group.'],
  [
    'patch.remove-value-array',
    'Where a removal has path members and a value, take the listed members alone. Only a removal without value and filter empties the group.',
  ],
  ['patch.remove-all-members', 'Empty the group on a removal with path members and neither filter nor value.'],
  [
    'patch.remove-then-add',
    'Carry operations out one after the other on the result of the one before, removals and additions of members alike.',
  ],
  ['patch.replace-members', 'Set members to exactly those that a replace operation lists.'],
  ['patch.rename-group', 'Change displayName alone: id and members of the group stay.'],
  ['patch.member-untouched', 'Write memberships to the group alone; the resources of its members are not rewritten.'],
  ['patch.group-neighbour', 'Write to the group that is addressed alone.'],
  ['patch.neighbour', 'Write to the user that is addressed alone; check that the update in the store selects by id.'],
  ['patch.member-sub-attribute', 'Refuse a change of members[...].value with 400 mutability.'],
  ['patch.many-members', 'Take as many members as one request names, and insert them in bulk.'],
  [
    'patch.at-once',
    'Change members in a transaction or with an atomic operation of the store: read, change and write in memory loses the additions of others.',
  ],
  [
    'patch.attributes-at-once',
    'Change users in a transaction, or write the columns that a PATCH names: read, change and write of the whole resource loses the changes of others.',
  ],
  ['patch.group-external-id', 'Let a PATCH replace externalId of a group.'],
  [
    'patch.group-answer-is-state',
    'Build the answer to a PATCH from what was stored, by the function that builds the answer to a GET.',
  ],
  [
    'patch.answer-is-state',
    'Build the answer to a PATCH from what was stored, by the function that builds the answer to a GET.',
  ],
  [
    'patch.read-only',
    'Refuse an operation on a readOnly attribute (id, meta, groups) with 400 mutability, and change nothing.',
  ],
  [
    'patch.atomic',
    'Carry all operations out on a copy and store it when the last one has succeeded: one that is refused undoes those before it.',
  ],
  [
    'patch.failure-told',
    'Stop at the operation that cannot be carried out and answer with its error; do not pass over it.',
  ],
  ['patch.remove-without-path', 'Refuse op remove without a path with 400 noTarget.'],
  ['patch.no-target-changes-nothing', 'Write nothing where the value path of a replacement matches no element.'],
  ['patch.no-target-element', 'Refuse a replacement whose value path matches no element with 400 noTarget.'],
  ['patch.replace-no-target', 'Refuse a replacement whose value path matches no element with 400 noTarget.'],
  [
    'patch.unknown-attribute',
    'Refuse an attribute that no schema has with 400 invalidPath, or leave it out; never show it.',
  ],
  ['patch.unknown', 'Answer a PATCH of an id that does not exist with 404.'],
  [
    'patch.add-value-path-no-match',
    'Make the element that the value path describes where none matches, with the attribute that is added. Entra ID adds the first address so.',
  ],
  ['patch.add-value-path', 'Add the sub-attribute to the element that the value path selects.'],
  ['patch.add-to-extension', 'Write to one attribute under the URN of the extension, and keep its others.'],
  [
    'patch.add-extension',
    'Split the path at the last colon into URN and attribute, write there, and name the URN in schemas.',
  ],
  [
    'patch.add-again-last-modified',
    'Compare before writing: an addition of what is there changes neither the resource nor meta.lastModified.',
  ],
  [
    'patch.add-element-again',
    'Compare elements before adding: one that is there with the same value and type is not added again.',
  ],
  ['patch.add-other-case', 'Compare values of caseExact attributes letter by letter when elements are added.'],
  [
    'patch.add',
    'Let op add set a single-valued attribute, join elements to a list, and join sub-attributes to a complex attribute, with a path or without.',
  ],
  ['patch.primary-moves', 'Take primary from the other elements when one becomes primary.'],
  [
    'patch.extension-without-urn',
    'Resolve a path without URN in the base schema first; then resolve it in the extensions, or refuse it with 400 invalidPath.',
  ],
  ['patch.extension', 'Write attributes of an extension under its URN, and name the URN in schemas once there is one.'],
  ['patch.remove-mandatory', 'Refuse the removal of a required or readOnly attribute with 400 mutability.'],
  [
    'patch.remove-groups',
    'Refuse the removal of groups of a user with 400 mutability: memberships are changed at the group.',
  ],
  ['patch.remove-schemas', 'Keep schemas through a PATCH: it names the base schema whatever is removed.'],
  ['patch.remove-extension', 'Split the path at the last colon into URN and attribute, and remove that one alone.'],
  ['patch.remove-manager', 'Let the URN of the extension with :manager remove the whole complex attribute.'],
  ['patch.remove-by-value', 'Compare value in the brackets with the element as a whole, and take that element alone.'],
  ['patch.remove-last', 'Take the attribute away with its last element: no empty list, and pr finds the user no more.'],
  [
    'patch.remove-sub-attribute',
    'Remove the sub-attribute that the path ends with, of the matching elements alone, and leave the rest.',
  ],
  ['patch.remove-primary', 'Take primary off and leave the element.'],
  [
    'patch.remove',
    'Let op remove take away what the path names, the matching elements of a list or the whole attribute, and nothing else.',
  ],
  [
    'patch.replace-active',
    'Let a replacement of active switch the user off and on again. Identity providers suspend by it.',
  ],
  [
    'patch.boolean-text',
    'Turn "True" and "False" into booleans or refuse them with 400: a text that is stored is true in many languages.',
  ],
  ['patch.rename', 'Let a PATCH change userName while id and all else stay.'],
  ['patch.replace-text', 'Read bodies as UTF-8 and keep the text as it is.'],
  ['patch.case-kept', 'Keep the case of externalId as it is sent.'],
  ['patch.replace-list', 'Set a multi-valued attribute to the elements that the replacement brings.'],
  ['patch.replace-absent', 'Let op replace on an attribute without value add it.'],
  [
    'patch.replace-complex',
    'Let op replace on a complex attribute write the sub-attributes that it names and leave the others.',
  ],
  ['patch.replace-extension', 'Split the path at the last colon into URN and attribute, and write that one alone.'],
  [
    'patch.replace-manager',
    'Let the URN of the extension with :manager take an object with value, and :manager.value a text.',
  ],
  ['patch.replace-matching', 'Apply the replacement to every element that the value path selects.'],
  ['patch.replace', 'Let op replace write what its path names and leave all else as it was.'],
  ['patch.value-path-by-value', 'Compare value in the brackets with the value of each element.'],
  [
    'patch.value-path',
    'Parse what stands in the brackets with the parser of filters, and evaluate it on each element.',
  ],
  ['patch.path-other-case', 'Resolve names and URNs of paths without regard to case.'],
  ['patch.path-with-urn', 'Strip the URN of the base schema and the colon in front of a path.'],
  ['patch.in-order', 'Carry operations out in their order, each on what the one before left.'],
  ['patch.op-other-case', 'Fold the case of op before it is compared: Entra ID writes Add, Replace and Remove.'],
  ['patch.schemas-first', 'Let operations on schemas take effect for those after them.'],
  ['patch.json-patch-op', 'Refuse an op other than add, remove and replace with 400 invalidSyntax.'],
  [
    'patch.index-path',
    'Refuse a path with slashes or an index with 400 invalidPath: SCIM addresses elements by value.',
  ],
  [
    'patch.broken-message',
    'Hold the body against the PatchOp message (schemas, Operations as a non-empty array) and refuse others with 400.',
  ],
  [
    'patch.loose-message',
    'Refuse a message that breaks a rule for clients with 400, or understand it; never answer 5xx or half of it.',
  ],
  [
    'patch.wrong-type',
    'Hold the value against the type of the attribute that the path names: refuse with 400 invalidValue, or convert.',
  ],
  [
    'patch.value-not-an-object',
    'Refuse an operation without path whose value is no object with 400 invalidValue or invalidSyntax.',
  ],
  [
    'patch.broken-path',
    'Parse the path to its end, and refuse a malformed one with 400 invalidPath before anything is written.',
  ],
  ['patch.broken-json', 'Refuse a PATCH whose body is no JSON with 400 invalidSyntax.'],
  [
    'patch.refused-as-scim',
    'Write the refusal of a PATCH as a SCIM error: schemas, status as a text, scimType and detail.',
  ],
  ['patch.required-null', 'Treat null as a removal, which a required attribute refuses with 400.'],
  [
    'patch.part-of-absent',
    'Make the complex attribute where a path leads into one that has no value, and set the sub-attribute in it.',
  ],
  ['patch.null-part', 'Treat a sub-attribute that is null in the value as one to be removed.'],
  ['patch.null', 'Treat a replacement by null as a removal.'],
  ['patch.conflict', 'Turn the violation of the unique index by a PATCH into 409 uniqueness (400 is taken too).'],
  ['patch.user-name-unique', 'Hold userName of a PATCH against the unique index before it is stored.'],
  ['patch.own-user-name', 'Leave the user itself out of the check for uniqueness.'],
  [
    'patch.others-untouched',
    'Write the attribute that the path names alone; do not rebuild the resource from defaults.',
  ],
  [
    'patch.meta',
    'Keep id, meta.created, meta.resourceType and meta.location through a PATCH; lastModified only goes forward.',
  ],
  ['patch.members-last-modified', 'Set meta.lastModified of the group whenever a PATCH changes its members.'],
  ['patch.last-modified', 'Set meta.lastModified whenever a PATCH changes a value.'],
  ['patch.version', 'Make a new version with each PATCH that changes a value.'],
  ['patch.no-content-headers', 'Send ETag and Location with the 204 to a PATCH where they are offered, or answer 200.'],
  ['patch.password', 'Take password out of the answer to a PATCH.'],
];
