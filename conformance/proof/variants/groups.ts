import { resourcesOf } from '../../../scim/message/list.ts';
import { GROUP } from '../../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import { body, onList, refusal, swallow } from '../hops.ts';
import type { Variant } from '../variant.ts';

const lacking =
  (...names: readonly Json[]) =>
  (list: JsonObject) => {
    const kept = resourcesOf(list).filter(
      ({ id, name }) => !names.includes(id ?? null) && !names.includes(name ?? null),
    );
    return { ...list, Resources: kept, totalResults: kept.length, itemsPerPage: kept.length };
  };

/** A provider of users alone. */
export const groupVariants = [
  {
    id: 'no-groups',
    title: 'Groups are not offered',
    permittedBy: 'RFC 7643 section 6',
    withdraws: [
      'version.',
      'bulk.',
      'filter.members',
      'filter.group-name',
      'projection.members',
      'search.root',
      'create.group',
      'read.',
      'relation.',
      'list.envelope/Group',
      'delete.status/Group',
      'delete.group-with-member',
      'delete.nothing-handed-down/',
      'page.count-groups',
      'group.',
      'patch.',
      'replace.',
      'schema.',
      'type.',
      'create.minimal-group/',
      'filter.after-group-change/',
      'filter.after-members-change/',
      'projection.default-group/',
    ],
    hop: () => {
      const refused = swallow(
        ({ path }) => path.startsWith('/Groups'),
        () => refusal(404),
      );
      const discovery = body(onList('GET', 'ResourceTypes', 'Schemas'), lacking('Group', GROUP));
      return async (request, next) => refused(request, async inner => discovery(inner, next));
    },
  },
] as const satisfies readonly Variant[];
