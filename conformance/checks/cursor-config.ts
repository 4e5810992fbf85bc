import { isObject } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect, show } from '../run/expect.ts';
import type { Condition, Facts } from '../run/facts.ts';

/** What ServiceProviderConfig says of paging. */
export const paginationOf = ({ serviceProviderConfig }: Facts): JsonObject | undefined => {
  const value = serviceProviderConfig?.['pagination'];
  return isObject(value) ? value : undefined;
};

/** ServiceProviderConfig has `pagination` (RFC 9865 section 4). */
const declaresPagination: Condition = {
  name: 'declares pagination',
  unmet: facts => (paginationOf(facts) ? undefined : 'ServiceProviderConfig has no pagination'),
};

const number = (name: string) => ({
  applies: [declaresPagination],
  cases: (facts: Facts) => ((paginationOf(facts)?.[name] ?? null) === null ? [] : [{ name }]),
  async run({ scim }: Context) {
    const answer = await scim.list('/ServiceProviderConfig');
    const config = expect.object(answer)['pagination'];
    const value = isObject(config) ? config[name] : undefined;
    const right = typeof value === 'number' && Number.isInteger(value) && value > 0;
    expect.that(right, `${name} as a positive integer`, show(value), answer);
  },
});

const boolean = (name: string) => ({
  applies: [declaresPagination],
  async run({ scim }: Context) {
    const answer = await scim.list('/ServiceProviderConfig');
    const config = expect.object(answer)['pagination'];
    const value = isObject(config) ? config[name] : undefined;
    expect.that(typeof value === 'boolean', `pagination.${name} as a boolean`, show(value), answer);
  },
});

/** What ServiceProviderConfig says of paging (RFC 9865 section 4). */
export const cursorConfig = [
  {
    id: 'cursor.flag',
    title: 'pagination.cursor of ServiceProviderConfig is a boolean',
    clause: 'RFC9865-4-02',
    ...boolean('cursor'),
  },
  {
    id: 'cursor.index-flag',
    title: 'pagination.index of ServiceProviderConfig is a boolean',
    clause: 'RFC9865-4-03',
    ...boolean('index'),
  },
  {
    id: 'cursor.default-method',
    title: 'defaultPaginationMethod is cursor or index',
    clause: 'RFC9865-4-05',
    ...number('defaultPaginationMethod'),
    async run({ facts, scim }: Context) {
      await scim.list('/ServiceProviderConfig');
      const value = paginationOf(facts)?.['defaultPaginationMethod'];
      expect.that(value === 'cursor' || value === 'index', '"cursor" or "index"', show(value));
    },
  },
  {
    id: 'cursor.default-page-size',
    title: 'defaultPageSize is a positive integer',
    clause: 'RFC9865-4-06',
    ...number('defaultPageSize'),
  },
  {
    id: 'cursor.max-page-size',
    title: 'maxPageSize is a positive integer',
    clause: 'RFC9865-4-07',
    ...number('maxPageSize'),
  },
  {
    id: 'cursor.timeout',
    title: 'cursorTimeout is a positive integer',
    clause: 'RFC9865-4-08',
    ...number('cursorTimeout'),
  },
] as const satisfies readonly Check[];
