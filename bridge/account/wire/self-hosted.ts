import { GROUP, USER } from '../../../scim/message/urn.ts';
import { both, each, only, renamed } from './change.ts';
import { discoveryDifferences } from './discovery.ts';
import type { DifferenceTable } from './wire.ts';

/** The address of a resource under a name without the dollar sign. */
const byRef = each(both(only('value', '$ref'), renamed('$ref', 'ref')));

/**
 * What the bridge that customers run shows otherwise than the RFC has it (research note, section 2.6). Groups and the
 * discovery documents of it were never recorded: groups follow the users (Q3), the documents are those of hosted.
 */
export const selfHostedDifferences: DifferenceTable = {
  ...discoveryDifferences,
  [USER]: { changes: { groups: byRef, meta: only('resourceType') } },
  [GROUP]: { changes: { members: byRef, meta: only('resourceType') } },
};
