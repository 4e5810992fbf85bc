import { applicationRoutes } from './applications.ts';
import { bulkUserRoutes } from './bulk-users.ts';
import { consoleRoutes } from './console.ts';
import { graphRoutes } from './graph.ts';
import { importRoutes } from './import-users.ts';
import { insightsRoutes } from './insights.ts';
import { mappingRoutes } from './mappings.ts';
import type { Route } from './route.ts';
import { systemUserRoutes } from './system-users.ts';
import { userGroupRoutes } from './user-groups.ts';

/** Everything that is served. */
export const routes: readonly Route[] = [
  ...systemUserRoutes,
  ...applicationRoutes,
  ...userGroupRoutes,
  ...graphRoutes,
  ...bulkUserRoutes,
  ...importRoutes,
  ...insightsRoutes,
  ...consoleRoutes,
  ...mappingRoutes,
];
