import type { Scenario } from '../scenario.ts';
import { joiner } from './joiner.ts';
import { moverBetweenGroups } from './mover-between-groups.ts';
import { leaverInTwoGroups } from './leaver-in-two-groups.ts';
import { accountThereBefore } from './account-there-before.ts';
import { addressConfirmed } from './address-confirmed.ts';
import { addressSwap } from './address-swap.ts';
import { addressesAndPhones } from './addresses-and-phones.ts';
import { applicationDeleted } from './application-deleted.ts';
import { changedAddress } from './changed-address.ts';
import { changedAttribute } from './changed-attribute.ts';
import { changedWhileSuspended } from './changed-while-suspended.ts';
import { conflictUnresolved } from './conflict-unresolved.ts';
import { createFails } from './create-fails.ts';
import { deactivationRetried } from './deactivation-retried.ts';
import { deletedPerson } from './deleted-person.ts';
import { displayName } from './display-name.ts';
import { everythingLogged } from './everything-logged.ts';
import { expiredPassword } from './expired-password.ts';
import { groupDeleted } from './group-deleted.ts';
import { groupDeletedAndMadeAgain } from './group-deleted-and-made-again.ts';
import { groupRefused } from './group-refused.ts';
import { groupRenamed } from './group-renamed.ts';
import { groupTakenOver } from './group-taken-over.ts';
import { groupUnbound } from './group-unbound.ts';
import { groupsOff } from './groups-off.ts';
import { groupsSwitchedOff } from './groups-switched-off.ts';
import { groupsSwitchedOnLater } from './groups-switched-on-later.ts';
import { importOfPeopleWhoExist } from './import-of-people-who-exist.ts';
import { integrationDeactivated } from './integration-deactivated.ts';
import { integrationLogged } from './integration-logged.ts';
import { invitedAndAccepted } from './invited-and-accepted.ts';
import { leaverForgottenAndBack } from './leaver-forgotten-and-back.ts';
import { leaverRenamedAndSuspended } from './leaver-renamed-and-suspended.ts';
import { leaverWhileInvited } from './leaver-while-invited.ts';
import { leaverWhoJoined } from './leaver-who-joined.ts';
import { lookUp } from './look-up.ts';
import { lookUpInTrouble } from './look-up-in-trouble.ts';
import { mappingChange } from './mapping-change.ts';
import { massOnboarding } from './mass-onboarding.ts';
import { membersOneByOne } from './members-one-by-one.ts';
import { mergedUpdate } from './merged-update.ts';
import { newTokenTheLongWay } from './new-token-the-long-way.ts';
import { outageInTheMiddle } from './outage-in-the-middle.ts';
import { ownMappings } from './own-mappings.ts';
import { reOrganisation } from './re-organisation.ts';
import { rehired } from './rehired.ts';
import { renameToANameThatExists } from './rename-to-a-name-that-exists.ts';
import { restoredMapping } from './restored-mapping.ts';
import { stagedJoiner } from './staged-joiner.ts';
import { suspendedAndBack } from './suspended-and-back.ts';
import { throttled } from './throttled.ts';
import { tokenExpired } from './token-expired.ts';
import { twoAdminsAtOnce } from './two-admins-at-once.ts';
import { unicodePairs } from './unicode-pairs.ts';
import { userGoneAtProvider } from './user-gone-at-provider.ts';
import { whatACreateHolds } from './what-a-create-holds.ts';

/** The stories, in the order in which they are listed and played. */
export const scenarios: readonly Scenario[] = [
  joiner,
  moverBetweenGroups,
  leaverInTwoGroups,
  accountThereBefore,
  addressConfirmed,
  addressSwap,
  addressesAndPhones,
  applicationDeleted,
  changedAddress,
  changedAttribute,
  changedWhileSuspended,
  conflictUnresolved,
  createFails,
  deactivationRetried,
  deletedPerson,
  displayName,
  everythingLogged,
  expiredPassword,
  groupDeleted,
  groupDeletedAndMadeAgain,
  groupRefused,
  groupRenamed,
  groupTakenOver,
  groupUnbound,
  groupsOff,
  groupsSwitchedOff,
  groupsSwitchedOnLater,
  importOfPeopleWhoExist,
  integrationDeactivated,
  integrationLogged,
  invitedAndAccepted,
  leaverForgottenAndBack,
  leaverRenamedAndSuspended,
  leaverWhileInvited,
  leaverWhoJoined,
  lookUp,
  lookUpInTrouble,
  mappingChange,
  massOnboarding,
  membersOneByOne,
  mergedUpdate,
  newTokenTheLongWay,
  outageInTheMiddle,
  ownMappings,
  reOrganisation,
  rehired,
  renameToANameThatExists,
  restoredMapping,
  stagedJoiner,
  suspendedAndBack,
  throttled,
  tokenExpired,
  twoAdminsAtOnce,
  unicodePairs,
  userGoneAtProvider,
  whatACreateHolds,
];
