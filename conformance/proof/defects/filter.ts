import { resourcesOf } from '../../../scim/message/list.ts';
import { LIST_RESPONSE, USER } from '../../../scim/message/urn.ts';
import type { ClauseId } from '../../clauses/index.ts';
import type { Defect } from '../defect.ts';
import { askedFor, filterOf, misread, nobody, everybody, broken } from '../filter-hops.ts';
import { answer, refusal, reply, sent, swallow, withoutParameter } from '../hops.ts';
import { toDefect, type Row } from '../query-hops.ts';

const q = 'RFC7644-3.4.2.2';

const rows: readonly Row[] = [
  ['ne-finds-everybody', 'ne finds everybody', `${q}-16`, ['filter.ne'], misread(/\S+ ne (?:"[^"]*"|\w+)/, 'id pr')],
  ['pr-finds-everybody', 'pr finds everybody', `${q}-22`, ['filter.pr'], misread(/\b\S+ pr\b/, 'id pr')],
  ['pr-finds-nobody', 'pr finds nobody', `${q}-22`, ['filter.pr'], misread(/\b\S+ pr\b/, 'not (id pr)')],
  [
    'booleans-turned',
    'A filter for true finds false',
    `${q}-13`,
    ['filter.eq-typed'],
    misread(/active eq true|active eq false/, 'active eq true'),
  ],
  ['zones-ignored', 'Dates are compared without their zone', `${q}-24`, ['filter.dates'], misread(/[+-]12:00"/, 'Z"')],
  [
    'dates-swapped',
    'Dates are compared the wrong way',
    `${q}-24`,
    ['filter.dates'],
    misread(/(meta\.\w+) gt/, '$1 lt'),
  ],
  ['dates-find-nobody', 'Dates match nothing', `${q}-24`, ['filter.dates'], nobody(/^meta\.(?:created|lastModified)/)],
  [
    'titles-case-exact',
    'Titles are compared with case',
    `${q}-57`,
    ['filter.case'],
    misread(/title (eq|co|sw|ew) "ANVIL"/, 'title $1 "nobody-has-this"'),
  ],
  [
    'external-ids-caseless',
    'externalId is compared without case',
    `${q}-57`,
    ['filter.case'],
    misread(/externalId eq "(.*?)-KB"/, 'externalId pr and title eq "anvil"'),
  ],
  ['and-is-or', 'and works as or', `${q}-34`, ['filter.and'], misread(/ and /gi, ' or ')],
  ['and-ignores-the-right', 'Of an and only the left side counts', `${q}-34`, ['filter.and'], misread(/ and .*$/i, '')],
  ['and-ignores-the-left', 'Of an and only the right side counts', `${q}-34`, ['filter.and'], misread(/^.* and /i, '')],
  ['or-is-and', 'or works as and', `${q}-35`, ['filter.or'], misread(/ or /gi, ' and ')],
  ['or-ignores-the-right', 'Of an or only the left side counts', `${q}-35`, ['filter.or'], misread(/ or [^)]*/i, '')],
  [
    'or-ignores-the-left',
    'Of an or only the right side counts',
    `${q}-35`,
    ['filter.or'],
    misread(/^(\(?).* or /i, '$1'),
  ],
  ['not-ignored', 'not is ignored', `${q}-36`, ['filter.not'], misread(/not \(/gi, '(')],
  [
    'not-covers-the-rest',
    'not covers everything after it',
    `${q}-39`,
    ['filter.precedence'],
    misread(/not \((.*?)\) and (name\S+ \w+ "[^"]*")/, 'not ($1 and $2)'),
  ],
  [
    'not-without-blank-finds-nobody',
    'not without a blank is not understood',
    `${q}-37`,
    ['filter.not-spacing'],
    nobody(/not\(/),
  ],
  [
    'left-to-right',
    'and and or bind alike, from left to right',
    `${q}-39`,
    ['filter.precedence'],
    misread(/\(?(name\S+ eq "\w+") or (name\S+ eq "\w+") and active eq true\)?/, '($1 or $2) and active eq true'),
  ],
  [
    'parentheses-ignored',
    'Parentheses are ignored',
    `${q}-39`,
    ['filter.precedence'],
    misread(/active eq true and \((name\S+ eq "\w+" or name\S+ eq "\w+")\)/, 'active eq true and $1'),
  ],
  [
    'operators-case-exact',
    'Operators in capitals find nobody',
    `${q}-05`,
    ['filter.operator-other-case'],
    nobody(/ (?:EQ|Eq|CO) /),
  ],
  [
    'words-case-exact',
    'and in capitals finds nobody',
    `${q}-06`,
    ['filter.logic-other-case'],
    nobody(/ AND | Or |NOT /),
  ],
  [
    'elements-not-correlated',
    'The conditions of a value path may be met by different elements',
    `${q}-40`,
    ['filter.value-path'],
    misread(/emails\[(\S+ \w+ "[^"]*") and (\S+ \w+ "[^"]*")\]/, 'emails.$1 and emails.$2'),
  ],
  [
    'value-path-takes-first-condition',
    'Of a value path only the first condition counts',
    `${q}-40`,
    ['filter.value-path'],
    misread(/\[(.*?) and .*\]/, '[$1]'),
  ],
  [
    'value-path-is-presence',
    'A value path finds all with the attribute',
    `${q}-40`,
    ['filter.value-path'],
    misread(/emails\[.*\]/, 'emails pr'),
  ],
  [
    'value-path-negation-ignored',
    'not in a value path is ignored',
    `${q}-40`,
    ['filter.value-path'],
    misread(/\[not \((.*?)\)\]/, '[$1]'),
  ],
  [
    'terms-after-value-path-ignored',
    'What follows a value path is ignored',
    `${q}-44`,
    ['filter.value-path-beside'],
    misread(/\](?: and active eq true| or title eq "anvil")/, ']'),
  ],
  [
    'elements-have-to-agree',
    'Conditions on a multi-valued attribute have to be met by one element',
    `${q}-51`,
    ['filter.any-element'],
    misread(/emails\.(type eq "work") and emails\.(value sw "[^"]*")/, 'emails[$1 and $2]'),
  ],
  [
    'sub-attributes-case-exact',
    'Sub-attributes in another case find nobody',
    `${q}-04`,
    ['filter.sub-attribute-other-case'],
    nobody(/NAME\.|Title|EMAILS\./),
  ],
  [
    'core-urn-unknown',
    'Names with the URN of the schema find nobody',
    `${q}-48`,
    ['filter.core-urn'],
    nobody(new RegExp(`^\\(?${USER}:`)),
  ],
  ['urns-case-exact', 'URNs in capitals find nobody', `${q}-50`, ['filter.urn-other-case'], nobody(/^URN:/)],
  ['escapes-kept', 'Escapes in operands stay as they are', `${q}-47`, ['filter.escapes'], nobody(/\\u|\\\\/)],
  ['quotes-end-operands', 'An escaped quote ends the operand', `${q}-47`, ['filter.escapes'], broken(/\\"/, 400)],
  [
    'incomplete-filters-ignored',
    'A filter without an operand is ignored',
    `${q}-09`,
    ['filter.incomplete'],
    everybody(/^userName(?: eq)?$/),
  ],
  [
    'ungrammatical-filters-ignored',
    'A filter with a parenthesis too many is ignored',
    `${q}-46`,
    ['filter.ungrammatical'],
    everybody(/"x"\)$|and$/),
  ],
  [
    'empty-brackets-accepted',
    'Empty brackets are accepted',
    `${q}-41`,
    ['filter.bracket-broken'],
    misread(/emails\[\]/, 'emails pr'),
  ],
  [
    'broken-filters-give-all',
    'A filter that is not understood gives everything',
    `${q}-03`,
    ['filter.broken-finds-nobody'],
    everybody(/noSuchAttribute|^userName eq$/),
  ],
  [
    'broken-filters-answer-500',
    'A filter that is not understood is answered with 500',
    `${q}-03`,
    ['filter.broken-finds-nobody'],
    broken(/^userName eq$/, 500),
  ],
  [
    'operators-refused-without-words',
    'The refusal of an operator says nothing',
    `${q}-56`,
    ['filter.unknown-operator-detail'],
    () =>
      answer(
        request => askedFor(request) && /regex|like/.test(filterOf(request)),
        response =>
          response.status === 400
            ? reply(400, {
                schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
                status: '400',
                scimType: 'invalidFilter',
              })
            : response,
      ),
  ],
  ...(['gt', 'ge', 'lt', 'le'] as const).map((operator, at): Row => [
    `booleans-ordered-by-${operator}`,
    `${operator} orders booleans`,
    `${q}-${29 + at}` as ClauseId,
    [`filter.${operator}-unordered`],
    misread(new RegExp(`active ${operator} `), 'active eq '),
  ]),
  [
    'two-filters-give-all',
    'Two filters in one request are both ignored',
    `${q}-03`,
    ['filter.two-at-once'],
    () =>
      sent(
        request => askedFor(request) && request.path.split('filter=').length > 2,
        request => withoutParameter(request, 'filter'),
      ),
  ],
  [
    'long-filters-crash',
    'A long filter is answered with 500',
    `${q}-63`,
    ['filter.long'],
    () =>
      swallow(
        request => filterOf(request).split(' or ').length > 20,
        () => refusal(500),
      ),
  ],
  [
    'filter-over-first-page',
    'A filter looks only at the first users there are',
    `${q}-03`,
    ['filter.eq-typed'],
    () =>
      answer(
        request => askedFor(request) && filterOf(request).startsWith('active'),
        response => {
          const [first] = resourcesOf(response.json);
          return response.status === 200 && first
            ? reply(200, {
                schemas: [LIST_RESPONSE],
                totalResults: 1,
                startIndex: 1,
                itemsPerPage: 1,
                Resources: [first],
              })
            : response;
        },
      ),
  ],
];

/** What may be wrong about filters: each word, path and refusal read as something else. */
export const filterDefects: readonly Defect[] = rows.map(toDefect);
