import type { Defect } from '../defect.ts';
import { objectOf, onList, parameterOf, resource, sent, without, withParameter, type Match } from '../hops.ts';
import { ignoring, mistaking, users, oneUser, shownUsers, toDefect, type Row } from '../query-hops.ts';

const J = 'RFC7644-3.9';
const written: Match = ({ method, path }) =>
  ['POST', 'PUT', 'PATCH'].includes(method) && /^\/Users(?:[/?]|$)/.test(path);

const projections: readonly Row[] = [
  [
    'attributes-ignored',
    'attributes is ignored on a read',
    `${J}-03`,
    ['projection.attributes'],
    ignoring(oneUser, 'attributes'),
  ],
  [
    'attributes-ignored-in-lists',
    'attributes is ignored in lists',
    'RFC7644-3.4.2-11',
    ['projection.attributes-list'],
    ignoring(users, 'attributes'),
  ],
  [
    'attributes-take-the-first',
    'Of several attributes only the first counts',
    `${J}-05`,
    ['projection.several'],
    mistaking(shownUsers, 'attributes', value => value.replace(/,.*/, '')),
  ],
  [
    'attributes-drop-the-id',
    'attributes drops the id',
    `${J}-03`,
    ['projection.attributes'],
    () => resource(withParameter(oneUser, 'attributes'), user => without(user, 'id')),
  ],
  [
    'sub-attributes-bring-the-whole',
    'A sub-attribute brings its whole parent',
    `${J}-04`,
    ['projection.sub-attributes'],
    mistaking(oneUser, 'attributes', value => value.replace(/(name|emails|addresses)\.\w+/g, '$1')),
  ],
  [
    'sub-attributes-unknown',
    'A sub-attribute brings nothing',
    `${J}-04`,
    ['projection.sub-attributes'],
    mistaking(oneUser, 'attributes', value => value.replace(/\w+\.\w+/g, 'id')),
  ],
  [
    'attributes-case-exact',
    'attributes in another case bring nothing',
    `${J}-06`,
    ['projection.names'],
    mistaking(oneUser, 'attributes', value => (/^[A-Z]{4}/.test(value) ? 'id' : value)),
  ],
  [
    'attributes-without-urn',
    'attributes with the URN of the schema bring nothing',
    `${J}-06`,
    ['projection.names'],
    mistaking(oneUser, 'attributes', value => (value.includes('core:2.0') ? 'id' : value)),
  ],
  [
    'attributes-without-extension',
    'attributes of an extension bring nothing',
    `${J}-07`,
    ['projection.extension'],
    mistaking(oneUser, 'attributes', value => (value.includes('enterprise') ? 'id' : value)),
  ],
  [
    'extension-comes-whole',
    'An attribute of an extension brings all of the extension',
    `${J}-07`,
    ['projection.extension'],
    mistaking(oneUser, 'attributes', value => value.replace(/(enterprise:2\.0:User):[\w.]+/g, '$1')),
  ],
  [
    'excluded-ignored',
    'excludedAttributes is ignored on a read',
    `${J}-08`,
    ['projection.excluded'],
    ignoring(oneUser, 'excludedAttributes'),
  ],
  [
    'excluded-take-more',
    'excludedAttributes takes the title along',
    `${J}-08`,
    ['projection.excluded'],
    mistaking(oneUser, 'excludedAttributes', value => `${value},title`),
  ],
  [
    'excluded-ignored-in-lists',
    'excludedAttributes is ignored in lists',
    'RFC7644-3.4.2.5-05',
    ['projection.excluded-list'],
    ignoring(users, 'excludedAttributes'),
  ],
  [
    'excluded-case-exact',
    'excludedAttributes in another case takes nothing',
    'RFC7644-3.10-04',
    ['projection.excluded-names'],
    ignoring(oneUser, 'excludedAttributes', /^DISPLAY/),
  ],
  [
    'excluded-takes-the-id',
    'excludedAttributes takes the id',
    'RFC7644-3.4.2.5-04',
    ['projection.excluded-always'],
    () =>
      resource(
        request => oneUser(request) && (parameterOf(request, 'excludedAttributes') ?? '').startsWith('id'),
        user => without(user, 'id'),
      ),
  ],
  [
    'lists-show-less',
    'Entries of a list lack what a read shows',
    `${J}-01`,
    ['projection.default'],
    () => resource(users, user => without(user, 'name', 'title')),
  ],
  [
    'members-not-excluded',
    'Members cannot be left out',
    'RFC7644-3.4.2.5-06',
    ['projection.members'],
    ignoring(request => request.path.startsWith('/Groups'), 'excludedAttributes'),
  ],
  [
    'writes-ignore-attributes',
    'Writes ignore attributes',
    `${J}-03`,
    ['projection.write'],
    ignoring(written, 'attributes'),
  ],
  [
    'writes-ignore-excluded',
    'Writes ignore excludedAttributes',
    `${J}-08`,
    ['projection.write-excluded'],
    ignoring(written, 'excludedAttributes'),
  ],
  [
    'writes-store-what-is-shown',
    'A creation stores only the attributes to be shown',
    `${J}-03`,
    ['projection.write'],
    () =>
      sent(withParameter(onList('POST', 'Users'), 'attributes'), request => ({
        ...request,
        json: without(objectOf(request), 'name', 'displayName'),
      })),
  ],
];

/** What may be wrong about what is shown of a resource. */
export const projectionDefects: readonly Defect[] = projections.map(toDefect);
