import type { Defect } from './defect.ts';
import { bulkErrorDefects } from './defects/bulk-errors.ts';
import { bulkOutOfSightDefects } from './defects/bulk-out-of-sight.ts';
import { bulkReferenceDefects } from './defects/bulk-references.ts';
import { bulkDefects } from './defects/bulk.ts';
import { characteristicDefects } from './defects/characteristics.ts';
import { configClaimDefects } from './defects/config-claims.ts';
import { createBodyDefects } from './defects/create-body.ts';
import { createDefects } from './defects/create.ts';
import { discoveryClaimDefects } from './defects/discovery-claims.ts';
import { discoveryDefects } from './defects/discovery.ts';
import { filterDefects } from './defects/filter.ts';
import { groupOutOfSightDefects } from './defects/group-out-of-sight.ts';
import { groupDefects } from './defects/groups.ts';
import { idpOpenDefects } from './defects/idp-open.ts';
import { idpDefects } from './defects/idp.ts';
import { groupQueryDefects } from './defects/group-queries.ts';
import { httpDefects } from './defects/http.ts';
import { filterLookupDefects } from './defects/filter-lookups.ts';
import { onePasswordDefects } from './defects/onepassword.ts';
import { operatorDefects } from './defects/operators.ts';
import { seenLaterDefects } from './defects/seen-later.ts';
import { sortDefects } from './defects/sort.ts';
import { outOfSightDefects } from './defects/out-of-sight.ts';
import { pagingDefects } from './defects/paging.ts';
import { projectionDefects } from './defects/projection.ts';
import { searchDefects } from './defects/search.ts';
import { cursorDefects } from './defects/cursor.ts';
import { edgeDefects } from './defects/edges.ts';
import { endpointDefects } from './defects/endpoints.ts';
import { meDefects } from './defects/me.ts';
import { patchRefusalDefects } from './defects/patch-refusals.ts';
import { patchRuleDefects } from './defects/patch-rules.ts';
import { patchValueDefects } from './defects/patch-values.ts';
import { patchWholeDefects } from './defects/patch-whole.ts';
import { patchDefects } from './defects/patch.ts';
import { putDefects } from './defects/put.ts';
import { queryDefects } from './defects/query.ts';
import { readJudgementDefects } from './defects/read-judgement.ts';
import { relationDefects } from './defects/relations.ts';
import { resourceDefects } from './defects/resources.ts';
import { schemaDefinitionDefects } from './defects/schema-definitions.ts';
import { schemaDefects } from './defects/schemas.ts';
import { secondCredentialDefects } from './defects/second-credential.ts';
import { querySightDefects } from './defects/query-sight.ts';
import { stateKeptDefects } from './defects/state-kept.ts';
import { typedAttributeDefects } from './defects/typed-attributes.ts';
import { unionDefects } from './defects/union.ts';
import { unusualFormDefects } from './defects/unusual-forms.ts';
import { userValueDefects } from './defects/user-values.ts';
import { versionConditionDefects } from './defects/version-conditions.ts';
import { versionDefects } from './defects/versions.ts';
import { wireDefects } from './defects/wire.ts';
import { writeDefects } from './defects/write.ts';

export { clientDefects } from './defects/client.ts';
export type { Defect } from './defect.ts';
export { declaredDeviations, type DeclaredDeviation } from './deviations/index.ts';
export type { Variant } from './variant.ts';
export { variants } from './variants.ts';
export { missedDefects, proveDefects, reddenedByVariant, reddenedByVariants, type RunWith } from './prove.ts';
export { createReach } from './reach.ts';

/** Every defect, in the order of the checks that have to notice. */
export const defects: readonly Defect[] = [
  ...discoveryDefects,
  ...discoveryClaimDefects,
  ...configClaimDefects,
  ...schemaDefects,
  ...schemaDefinitionDefects,
  ...characteristicDefects,
  ...createDefects,
  ...queryDefects,
  ...operatorDefects,
  ...filterDefects,
  ...sortDefects,
  ...pagingDefects,
  ...projectionDefects,
  ...searchDefects,
  ...cursorDefects,
  ...writeDefects,
  ...putDefects,
  ...patchDefects,
  ...patchValueDefects,
  ...patchRuleDefects,
  ...patchRefusalDefects,
  ...endpointDefects,
  ...bulkDefects,
  ...bulkReferenceDefects,
  ...bulkErrorDefects,
  ...versionDefects,
  ...versionConditionDefects,
  ...meDefects,
  ...wireDefects,
  ...resourceDefects,
  ...readJudgementDefects,
  ...httpDefects,
  ...secondCredentialDefects,
  ...userValueDefects,
  ...createBodyDefects,
  ...relationDefects,
  ...groupDefects,
  ...typedAttributeDefects,
  ...filterLookupDefects,
  ...patchWholeDefects,
  ...querySightDefects,
  ...stateKeptDefects,
  ...edgeDefects,
  ...unionDefects,
  ...unusualFormDefects,
  ...outOfSightDefects,
  ...bulkOutOfSightDefects,
  ...groupOutOfSightDefects,
  ...seenLaterDefects,
  ...groupQueryDefects,
  ...idpOpenDefects,
  ...idpDefects,
  ...onePasswordDefects,
];
