import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { bulkRequest } from '../../scim/message/bulk.ts';
import { USER } from '../../scim/message/urn.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { credentialed, declaresFlag, flagOf, keeps, serves, supports, type Feature } from '../run/facts.ts';
import { lastSegment } from '../run/given.ts';
import { readConfig, textOf } from '../run/published.ts';
import { declines, idsOf, pageOf } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';

/** Kinds of authentication schemes that RFC 7643 section 5 names. */
const schemeTypes = ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'];

/** Most users that are made to see whether a page stops at the announced limit. */
const MOST_MADE = 3;

const isWebAddress = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value);

/** A check of each authentication scheme; `wrong` says what came in place of what is right. */
const ofSchemes = (
  heading: Pick<Check, 'id' | 'title' | 'clause'>,
  right: string,
  wrong: (scheme: JsonObject) => string | undefined,
): Check => ({
  ...heading,
  applies: [],
  async run(context) {
    const { answer, config } = await readConfig(context);
    const schemes = config['authenticationSchemes'];
    if (!Array.isArray(schemes) || schemes.length === 0) throw new NotApplicable('no authentication scheme is named');
    const faults = schemes.map((scheme: Json) => (isObject(scheme) ? wrong(scheme) : show(scheme)));
    const first = faults.find(fault => fault !== undefined);
    expect.that(first === undefined, right, first ?? '', answer);
  },
});

/** A refusal, as the absence of a feature shows: 501 or any 4xx. */
function refused(answer: HttpResponse, feature: Feature): void {
  const { status = 0 } = answer;
  const right = `status 501 or 4xx, since ${feature}.supported is false`;
  expect.that(status === 501 || (status >= 400 && status < 500), right, describeAnswer(answer), answer);
}

/** Two users that a filter finds together; the one that sorts last is made first. */
async function twoUsers({ given }: Context): Promise<{ filter: string; first: string; last: string }> {
  const displayName = given.unique('sorted');
  const last = await given.user({ displayName, userName: `zz-${given.unique('user')}@${given.domain}` });
  const first = await given.user({ displayName, userName: `aa-${given.unique('user')}@${given.domain}` });
  return { filter: `displayName eq ${filterValue(displayName)}`, first: first.id, last: last.id };
}

/** ServiceProviderConfig, against its definition and against what the target does (RFC 7643 section 5). */
export const serviceProviderConfig: readonly Check[] = [
  {
    id: 'config.single',
    title: 'ServiceProviderConfig comes alone and not in a list',
    clause: 'RFC7643-5-01',
    applies: [],
    async run(context) {
      const { answer, config } = await readConfig(context);
      expect.that(!('Resources' in config), 'the configuration itself', 'a list', answer);
    },
  },
  {
    id: 'config.documentation',
    title: 'documentationUri is the address of a page',
    clause: 'RFC7643-5-04',
    applies: [],
    async run(context) {
      const { answer, config } = await readConfig(context);
      const { documentationUri } = config;
      if (documentationUri === undefined || documentationUri === null) throw new NotApplicable('there is none');
      expect.that(isWebAddress(documentationUri), 'an http or https address', show(documentationUri), answer);
    },
  },
  {
    id: 'config.id',
    title: 'ServiceProviderConfig needs no id',
    clause: 'RFC7643-5-03',
    applies: [],
    async run(context) {
      const { config } = await readConfig(context);
      return { observed: `id ${show(config['id'])}` };
    },
  },
  {
    id: 'config.meta',
    title: 'meta of ServiceProviderConfig names its resource type and its URI',
    clause: 'RFC7643-8.5-01',
    applies: [],
    async run(context) {
      const { answer, config } = await readConfig(context);
      if (!isObject(config['meta'])) throw new NotApplicable('there is no meta');
      const { resourceType = 'ServiceProviderConfig', location } = config['meta'];
      expect.equal(resourceType, 'ServiceProviderConfig', 'meta.resourceType', answer);
      const right = location === undefined || lastSegment(textOf(location)) === 'ServiceProviderConfig';
      expect.that(right, 'meta.location that ends in /ServiceProviderConfig', show(location), answer);
    },
  },
  {
    id: 'config.open',
    title: 'Ways to authenticate can be read without authentication',
    clause: 'RFC7643-5-20',
    applies: [credentialed],
    async run({ anonymous }) {
      const answer = await anonymous.list('/ServiceProviderConfig');
      expect.status(answer, 200);
      const schemes = expect.object(answer)['authenticationSchemes'];
      expect.that(Array.isArray(schemes), 'authenticationSchemes', show(schemes), answer);
    },
  },
  ofSchemes(
    { id: 'config.scheme.type', title: 'Each authentication scheme says its type', clause: 'RFC7643-5-22' },
    'type as a text',
    ({ type }) => (typeof type === 'string' && type !== '' ? undefined : `type ${show(type)}`),
  ),
  {
    id: 'config.scheme.known-type',
    title: 'The types of authentication schemes are among those that are named',
    clause: 'RFC7643-5-22',
    applies: [],
    async run(context) {
      const { answer, config } = await readConfig(context);
      const schemes = config['authenticationSchemes'];
      const named = (Array.isArray(schemes) ? schemes : []).map((scheme: JsonObject | null) =>
        textOf(scheme?.['type']),
      );
      const strange = named.filter(type => type !== '' && !schemeTypes.includes(type));
      if (strange.length === 0) return;
      throw new Violation(`type as one of ${schemeTypes.join(', ')}`, show(strange), answer, 'warning');
    },
  },
  ofSchemes(
    { id: 'config.scheme.name', title: 'Each authentication scheme has a name', clause: 'RFC7643-5-23' },
    'name as a text',
    ({ name }) => (typeof name === 'string' && name !== '' ? undefined : `name ${show(name)}`),
  ),
  ofSchemes(
    { id: 'config.scheme.description', title: 'Each authentication scheme has a description', clause: 'RFC7643-5-24' },
    'description as a text',
    ({ description }) => (typeof description === 'string' ? undefined : `description ${show(description)}`),
  ),
  ofSchemes(
    {
      id: 'config.scheme.addresses',
      title: 'specUri and documentationUri of a scheme are addresses of pages',
      clause: 'RFC7643-5-25',
    },
    'http or https addresses',
    ({ specUri, documentationUri }) => {
      const wrong = [specUri, documentationUri].filter(
        (uri): uri is Json => uri !== undefined && uri !== null && !isWebAddress(uri),
      );
      return wrong.length === 0 ? undefined : show(wrong);
    },
  ),
  {
    id: 'config.scheme.primary',
    title: 'One authentication scheme at most is the primary one',
    clause: 'RFC7643-5-26',
    applies: [],
    async run(context) {
      const { answer, config } = await readConfig(context);
      const schemes = config['authenticationSchemes'];
      const marks = (Array.isArray(schemes) ? schemes : []).map((scheme: JsonObject | null) => scheme?.['primary']);
      const typed = marks.every(mark => mark === undefined || mark === null || typeof mark === 'boolean');
      const right = typed && marks.filter(mark => mark === true).length <= 1;
      expect.that(
        right,
        'primary as a boolean, true once at most',
        show(marks.map((mark): Json => mark ?? null)),
        answer,
      );
    },
  },
  {
    id: 'config.flag.patch',
    title: 'The flag of PATCH agrees with what a PATCH does',
    clause: 'RFC7643-5-06',
    seeks: 'faults',
    applies: [serves('User'), declaresFlag('patch'), keeps('displayName')],
    async run({ scim, given, facts }) {
      const { id } = await given.user();
      const displayName = given.unique('patched');
      const answer = await scim.patch('/Users', id, [{ op: 'replace', path: 'displayName', value: displayName }]);
      if (flagOf(facts, 'patch') === true) expect.status(answer, 200, 204);
      else refused(answer, 'patch');
    },
  },
  {
    id: 'config.flag.bulk',
    title: 'The flag of Bulk agrees with what a bulk request does',
    clause: 'RFC7643-5-10',
    seeks: 'faults',
    applies: [serves('User'), declaresFlag('bulk')],
    async run({ scim, given, facts }) {
      const { id } = await given.user();
      const answer = await scim.create('/Bulk', bulkRequest([{ method: 'DELETE', path: `/Users/${id}` }]));
      if (flagOf(facts, 'bulk') === true) expect.status(answer, 200);
      else refused(answer, 'bulk');
    },
  },
  {
    id: 'config.flag.sort',
    title: 'The flag of sorting agrees with the order of a sorted list',
    clause: 'RFC7643-5-17',
    seeks: 'faults',
    applies: [serves('User'), declaresFlag('sort'), supports('filter'), keeps('displayName')],
    async run(context) {
      const { filter, first, last } = await twoUsers(context);
      const sorted = async (sortOrder: string): Promise<readonly string[] | undefined> => {
        const ids: string[] = [];
        // A page may hold one entry only.
        for (const startIndex of [1, 2]) {
          if (ids.length === 2) break;
          const query = { filter, sortBy: 'userName', sortOrder, ...(startIndex > 1 && { startIndex }) };
          const answer = await context.scim.list('/Users', query);
          if (declines(answer)) throw new NotApplicable(`the filter ${filter} is declined`);
          if (flagOf(context.facts, 'sort') === false) {
            if (answer.status !== 200) refused(answer, 'sort');
            return undefined;
          }
          expect.status(answer, 200);
          ids.push(...idsOf(pageOf(answer)));
        }
        if (ids.length < 2) throw new NotApplicable('the list does not hold both users');
        return ids;
      };
      const up = await sorted('ascending');
      if (up) expect.equal(up, [first, last], 'users by userName');
      const down = await sorted('descending');
      if (down) expect.equal(down, [last, first], 'users by userName, turned round');
    },
  },
  {
    id: 'config.flag.etag',
    title: 'The flag of versions agrees with the headers of a resource',
    clause: 'RFC7643-5-19',
    seeks: 'faults',
    applies: [serves('User'), declaresFlag('etag')],
    async run(context) {
      const { id } = await context.given.user();
      const answer = await context.scim.read('/Users', id);
      expect.status(answer, 200);
      if (flagOf(context.facts, 'etag') === true) return void expect.header(answer, 'ETag');
      const body = await context.stored('/Users', id);
      const replaced = await context.scim.replace('/Users', id, { ...body, schemas: body['schemas'] ?? [USER] });
      const { status } = replaced;
      const demanded = status === 412 || status === 428;
      expect.that(!demanded, 'no If-Match demanded, since etag.supported is false', describeAnswer(replaced), replaced);
    },
  },
  {
    id: 'config.flag.change-password',
    title: 'The flag of changing passwords agrees with what a new password is answered',
    clause: 'RFC7643-5-15',
    seeks: 'faults',
    applies: [serves('User'), declaresFlag('changePassword'), supports('patch')],
    async run({ scim, given, facts }) {
      const { id } = await given.user();
      const answer = await scim.patch('/Users', id, [{ op: 'replace', path: 'password', value: given.password() }]);
      const flag = show(flagOf(facts, 'changePassword'));
      return { observed: `changePassword.supported ${flag}, a new password: ${describeAnswer(answer)}` };
    },
  },
  {
    id: 'config.max-results',
    title: 'No list holds more than filter.maxResults says',
    clause: 'RFC7643-5-12',
    applies: [serves('User'), supports('filter')],
    exclusive: true,
    async run(context) {
      const { config } = await readConfig(context);
      const most = isObject(config['filter']) ? config['filter']['maxResults'] : undefined;
      if (typeof most !== 'number' || most < 1) throw new NotApplicable(`filter.maxResults is ${show(most)}`);
      for (let made = 0; made < Math.min(most + 1, MOST_MADE); made += 1) await context.given.user();
      const answer = await context.scim.list('/Users', { filter: 'userName pr', count: most + 10 });
      if (answer.status !== 200) throw new NotApplicable(`userName pr is declined: ${describeAnswer(answer)}`);
      const { resources } = pageOf(answer);
      if (resources.length <= most) return;
      throw new Violation(`at most ${most} resources`, `${resources.length}`, answer, 'warning');
    },
  },
];
