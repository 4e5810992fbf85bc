import type { Check } from '../run/check.ts';
import { addresses } from './addresses.ts';
import { attributes } from './attributes.ts';
import { auth } from './auth.ts';
import { bulkErrors } from './bulk-errors.ts';
import { bulkLimits } from './bulk-limits.ts';
import { bulkReferences } from './bulk-references.ts';
import { bulkResults } from './bulk-results.ts';
import { bulkUnresolved } from './bulk-unresolved.ts';
import { bulkVersions } from './bulk-versions.ts';
import { bulkChecks } from './bulk.ts';
import { characteristics } from './characteristics.ts';
import { client } from './client.ts';
import { createAnswer } from './create-answer.ts';
import { createBody } from './create-body.ts';
import { create } from './create.ts';
import { cursorConfig } from './cursor-config.ts';
import { cursor } from './cursor.ts';
import { filterAfterChange } from './filter-after-change.ts';
import { filterDates } from './filter-dates.ts';
import { projectionWrite } from './projection-write.ts';
import { dataTypes } from './data-types.ts';
import { remove } from './delete.ts';
import { discoveryRequests } from './discovery-requests.ts';
import { discovery } from './discovery.ts';
import { endpoints } from './endpoints.ts';
import { enterprise } from './enterprise.ts';
import { errors } from './errors.ts';
import { examples } from './examples.ts';
import { filterErrors, filterQuestions } from './filter-errors.ts';
import { filterLiterals } from './filter-literals.ts';
import { filterLogic } from './filter-logic.ts';
import { filterOperators } from './filter-operators.ts';
import { filterPaths } from './filter-paths.ts';
import { filter } from './filter.ts';
import { groupAnswers } from './group-answers.ts';
import { groupQueries } from './group-queries.ts';
import { groups } from './groups.ts';
import { http } from './http.ts';
import { idpLookUps } from './idp-look-ups.ts';
import { idpWrites } from './idp-writes.ts';
import { list } from './list.ts';
import { paging } from './paging.ts';
import { onePasswordAccount } from './onepassword-account.ts';
import { onePasswordGroups } from './onepassword-groups.ts';
import { onePasswordLeavers } from './onepassword-leavers.ts';
import { onePasswordNames } from './onepassword-names.ts';
import { onePasswordPeople } from './onepassword-people.ts';
import { onePasswordService } from './onepassword-service.ts';
import { patchAdd } from './patch-add.ts';
import { patchAnswer } from './patch-answer.ts';
import { patchAtomic } from './patch-atomic.ts';
import { patchErrors } from './patch-errors.ts';
import { patchExtension } from './patch-extension.ts';
import { patchMatch } from './patch-match.ts';
import { patchMembers } from './patch-members.ts';
import { patchPaths } from './patch-paths.ts';
import { patchRemove } from './patch-remove.ts';
import { patchReplace } from './patch-replace.ts';
import { patchWhole } from './patch-whole.ts';
import { atOnce } from './at-once.ts';
import { changedLater } from './changed-later.ts';
import { patch } from './patch.ts';
import { projectionParts } from './projection-parts.ts';
import { projection } from './projection.ts';
import { me } from './me.ts';
import { members } from './members.ts';
import { putRefused } from './put-refused.ts';
import { putRules } from './put-rules.ts';
import { putWhole } from './put-whole.ts';
import { read } from './read.ts';
import { readJudgementOverRun } from './read-judgement-run.ts';
import { readJudgement } from './read-judgement.ts';
import { relations } from './relations.ts';
import { resourceMeta } from './resource-meta.ts';
import { replace } from './replace.ts';
import { resourceTypes } from './resource-types.ts';
import { resources } from './resources.ts';
import { schemaFigures } from './schema-figures.ts';
import { schemaFixed } from './schema-fixed.ts';
import { schemaList } from './schema-list.ts';
import { schemas } from './schemas.ts';
import { searches } from './search.ts';
import { secondCredentials } from './second-credential.ts';
import { serviceProviderConfig } from './service-provider-config.ts';
import { sort } from './sort.ts';
import { typedAttributes } from './typed-attributes.ts';
import { typedChanges } from './typed-changes.ts';
import { typedQueries } from './typed-queries.ts';
import { typedValues } from './typed-values.ts';
import { typedWrites } from './typed-writes.ts';
import { userAttributes } from './user-attributes.ts';
import { unusualForms } from './unusual-forms.ts';
import { userFreedom } from './user-freedom.ts';
import { versionConditions } from './version-conditions.ts';
import { versions } from './versions.ts';
import { wire } from './wire.ts';
import { writeHabits } from './write-habits.ts';

/** Every check, in the order of reports: from what a target says of itself to what holds of all it sends. */
export const checks: readonly Check[] = [
  ...discovery,
  ...discoveryRequests,
  ...serviceProviderConfig,
  ...resourceTypes,
  ...schemas,
  ...schemaList,
  ...schemaFixed,
  ...schemaFigures,
  ...characteristics,
  ...create,
  ...createBody,
  ...createAnswer,
  ...attributes,
  ...typedAttributes,
  ...typedValues,
  ...typedWrites,
  ...typedChanges,
  ...writeHabits,
  ...atOnce,
  ...userAttributes,
  ...userFreedom,
  ...unusualForms,
  ...enterprise,
  ...examples,
  ...read,
  ...list,
  ...filter,
  ...filterOperators,
  ...filterDates,
  ...filterLogic,
  ...filterPaths,
  ...filterErrors,
  ...filterQuestions,
  ...sort,
  ...typedQueries,
  ...filterLiterals,
  ...filterAfterChange,
  ...changedLater,
  ...paging,
  ...projection,
  ...projectionWrite,
  ...projectionParts,
  ...searches,
  ...cursor,
  ...cursorConfig,
  ...replace,
  ...putRules,
  ...putWhole,
  ...putRefused,
  ...patch,
  ...patchAdd,
  ...patchRemove,
  ...patchReplace,
  ...patchMatch,
  ...patchPaths,
  ...patchExtension,
  ...patchMembers,
  ...patchErrors,
  ...patchAtomic,
  ...patchWhole,
  ...patchAnswer,
  ...groups,
  ...groupAnswers,
  ...groupQueries,
  ...relations,
  ...members,
  ...idpLookUps,
  ...idpWrites,
  ...onePasswordService,
  ...onePasswordPeople,
  ...onePasswordNames,
  ...onePasswordLeavers,
  ...onePasswordAccount,
  ...onePasswordGroups,
  ...remove,
  ...endpoints,
  ...bulkChecks,
  ...bulkResults,
  ...bulkReferences,
  ...bulkUnresolved,
  ...bulkErrors,
  ...bulkLimits,
  ...bulkVersions,
  ...versions,
  ...versionConditions,
  ...me,
  ...auth,
  ...secondCredentials,
  ...errors,
  ...http,
  ...wire,
  ...resources,
  ...resourceMeta,
  ...readJudgement,
  ...readJudgementOverRun,
  ...dataTypes,
  ...addresses,
  ...client,
];
