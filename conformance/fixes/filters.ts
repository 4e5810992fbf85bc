import type { Fix } from './fix.ts';

/** What to change where a target filters or sorts otherwise than it should. */
export const filterFixes: readonly Fix[] = [
  [
    'filter.flag',
    'Implement filters on users and groups, or set filter.supported to false and refuse each filter with 400 invalidFilter.',
  ],
  [
    'filter.user-name-eq',
    'Evaluate userName eq "..." on the value that is stored, as a whole: it finds one user or nobody. Clients decide by it whether to create.',
  ],
  [
    'filter.user-name-other-case',
    'Fold case on both sides when userName is compared; an index on it has to be on the folded value.',
  ],
  ['filter.attribute-other-case', 'Look attribute names of filters up without regard to case.'],
  ['filter.sub-attribute-other-case', 'Look names of sub-attributes in filters up without regard to case.'],
  [
    'filter.operator-other-case',
    'Compare operators (eq, co, pr and so on) without regard to case when the filter is parsed.',
  ],
  ['filter.logic-other-case', 'Compare and, or and not without regard to case when the filter is parsed.'],
  [
    'filter.no-match',
    'Answer a filter that finds nothing with 200, totalResults 0 and no entries; 404 is for a resource that was addressed.',
  ],
  [
    'filter.eq-typed',
    'Parse the operand as JSON: true and false are booleans, and are compared as such, not as texts.',
  ],
  ['filter.eq', 'Compare the whole value for eq; a part that matches is co.'],
  ['filter.ne', 'Let ne find those whose value differs from the operand, and nobody whose value is the operand.'],
  ['filter.co', 'Let co look for the operand anywhere in the value, taken literally.'],
  ['filter.sw', 'Let sw compare with the beginning of the value, taken literally.'],
  ['filter.ew', 'Let ew compare with the end of the value, taken literally.'],
  [
    'filter.gt-unordered',
    'Refuse gt on a boolean or binary attribute with 400 invalidFilter; look the type up in the schema before the filter runs.',
  ],
  [
    'filter.ge-unordered',
    'Refuse ge on a boolean or binary attribute with 400 invalidFilter; look the type up in the schema before the filter runs.',
  ],
  [
    'filter.lt-unordered',
    'Refuse lt on a boolean or binary attribute with 400 invalidFilter; look the type up in the schema before the filter runs.',
  ],
  [
    'filter.le-unordered',
    'Refuse le on a boolean or binary attribute with 400 invalidFilter; look the type up in the schema before the filter runs.',
  ],
  [
    'filter.gt',
    'Let gt find what sorts after the operand, without the operand itself: texts by characters, numbers by size, dates by time.',
  ],
  [
    'filter.ge',
    'Let ge find the operand and what sorts after it: texts by characters, numbers by size, dates by time.',
  ],
  [
    'filter.lt',
    'Let lt find what sorts before the operand, without the operand itself: texts by characters, numbers by size, dates by time.',
  ],
  [
    'filter.le',
    'Let le find the operand and what sorts before it: texts by characters, numbers by size, dates by time.',
  ],
  [
    'filter.pr',
    'Let pr find those who have a value: not null, no empty text or list, and of a complex attribute at least one part.',
  ],
  [
    'filter.case',
    'Fold case on both sides for attributes with caseExact false, compare letter by letter for the others; ids and references are among the latter.',
  ],
  [
    'filter.dates',
    'Parse both sides of a dateTime comparison into instants before they are compared: the same time may be written in another zone, or with fractions.',
  ],
  [
    'filter.typed',
    'Compare by the type of the attribute in the schema: numbers by size, dates by time, booleans as booleans.',
  ],
  ['filter.meta', 'Let filters see id and meta as answers show them, dates as instants.'],
  ['filter.and', 'Let and find those whom both sides find: intersect the results, for attributes of any kind.'],
  ['filter.or', 'Let or find those whom either side finds, each of them once.'],
  ['filter.not-spacing', 'Let the tokenizer end not before "(", with and without a blank between them.'],
  ['filter.not', 'Let not ( ... ) find exactly those whom the filter in the parentheses does not find.'],
  [
    'filter.precedence',
    'Bind parentheses first, then not, then and, then or: a recursive-descent parser with one level for each does.',
  ],
  [
    'filter.value-path-beside',
    'Let the grammar take attr[...] as one term, which and, or and not combine like any other.',
  ],
  [
    'filter.value-path',
    'Evaluate attr[...] element by element: one and the same element has to meet all that stands in the brackets.',
  ],
  ['filter.any-element', 'Let a term on a multi-valued attribute hold where any of its elements meets it.'],
  [
    'filter.core-urn',
    'Strip the URN of the schema and the colon in front of an attribute name before it is looked up.',
  ],
  ['filter.urn-other-case', 'Compare URNs in filters without regard to case.'],
  [
    'filter.extension',
    'Resolve an attribute with the URN of an extension inside of that extension; do not find an attribute of the base schema by it.',
  ],
  [
    'filter.escapes',
    'Read the operand with a JSON parser, so that \\" \\\\ and \\u escapes mean what they mean in JSON.',
  ],
  ['filter.schemas', 'Let filters see schemas, the array of URNs that the resource shows.'],
  ['filter.resource-type', 'Let filters see meta.resourceType as answers show it.'],
  ['filter.members', 'Let members and members.value in a filter compare with the ids of the members.'],
  ['filter.group-name', 'Let groups.display of a user compare with the displayName of each group as it is now.'],
  ['filter.provider-values', 'Compute groups of a user before the filter runs, and compare with what the user shows.'],
  [
    'filter.incomplete',
    'Refuse an expression that ends too early or lacks a part with 400 invalidFilter; the parser has to reach the end of the text.',
  ],
  [
    'filter.ungrammatical',
    'Refuse what the grammar does not allow with 400 invalidFilter; never go on with the part that was understood.',
  ],
  ['filter.bracket-broken', 'Refuse a value path whose brackets or contents break the grammar with 400 invalidFilter.'],
  [
    'filter.broken-finds-nobody',
    'Let an expression that cannot be parsed end the request with 400. A filter that is dropped turns a look-up of one into a list of all.',
  ],
  ['filter.unknown-operator-detail', 'Name the operator in the detail of the refusal.'],
  ['filter.unknown-operator', 'Refuse an operator that SCIM does not have with 400 invalidFilter.'],
  [
    'filter.two-at-once',
    'Refuse a request with two filter parameters with 400, or apply one of them; do not join their texts.',
  ],
  [
    'filter.long',
    'Parse long and deep filters without a limit that breaks the process: answer right, or refuse with 400 invalidFilter.',
  ],
  [
    'filter.no-pattern',
    'Escape the operand before it reaches a pattern or LIKE of the store: %, _, * and . stand for themselves.',
  ],
  [
    'filter.identical',
    'Compare with eq letter by letter but for case: no accents dropped, no blanks trimmed, no collation of the store that takes similar texts for one.',
  ],
  ['filter.either-in-brackets', 'Evaluate or inside of brackets on each element.'],
  ['filter.either', 'Let or take terms on different attributes and find those of both.'],
  [
    'filter.after',
    'Update the index that filters read in the same transaction as the resource, and take the old value out of it.',
  ],
  ['filter.created', 'Let a filter on meta.created read the column that meta.created is shown from.'],
  ['filter.deleted', 'Take a deleted user out of the index that filters read.'],
  [
    'filter.open',
    'The document leaves it open: choose one answer, give it always, and say so in the documentation of the endpoint.',
  ],
  ['sort.default-order', 'Sort ascending where sortOrder is left out.'],
  ['sort.descending', 'Turn the order round where sortOrder is descending.'],
  ['sort.sub-attribute', 'Let sortBy take paths such as name.familyName.'],
  ['sort.extension', 'Let sortBy take the URN of an extension, a colon and an attribute.'],
  ['sort.primary', 'Sort by the element of a multi-valued attribute that is primary, and by the first where none is.'],
  ['sort.missing', 'Put those without the value last in ascending and first in descending order.'],
  ['sort.type', 'Sort by the type of the attribute: texts without case unless caseExact is true, dates by time.'],
  ['sort.before-paging', 'Sort all matches first, and cut the page from the sorted list.'],
  ['sort.flag', 'Sort by sortBy, or set sort.supported in ServiceProviderConfig to false.'],
  ['sort.typed', 'Sort numbers by size and dates by time, not by their characters.'],
  ['sort.by', 'Order the whole result by the attribute that sortBy names, whether or not it is shown.'],
  ['sort.created', 'Sort by the column that meta.created is shown from.'],
  [
    'sort.open',
    'The document leaves it open: choose one answer, give it always, and say so in the documentation of the endpoint.',
  ],
];
