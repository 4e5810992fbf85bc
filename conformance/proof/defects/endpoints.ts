import { resourcesOf } from '../../../scim/message/list.ts';
import { GROUP, RESOURCE_TYPE } from '../../../scim/message/urn.ts';
import type { Hop } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { body, onList } from '../hops.ts';

/** A provider with a further resource type, which is that of groups under another name. */
const furtherType =
  (name: string, endpoint: string): (() => Hop) =>
  () => {
    const listed = body(onList('GET', 'ResourceTypes'), list => {
      const further = { schemas: [RESOURCE_TYPE], id: name, name, endpoint, schema: GROUP };
      const entries = [...resourcesOf(list), further];
      return { ...list, Resources: entries, totalResults: entries.length, itemsPerPage: entries.length };
    });
    return async (request, next) =>
      listed(request, async passed => next({ ...passed, path: passed.path.replace(endpoint, '/Groups') }));
  };

/** What may be wrong about where resource types live. */
export const endpointDefects = [
  {
    id: 'endpoint-of-another-name',
    title: 'A resource type Team lives at /Squads',
    breaks: 'RFC7644-3.2-02',
    noticedBy: ['endpoints.plural'],
    hop: furtherType('Team', '/Squads'),
  },
] as const satisfies readonly Defect[];
