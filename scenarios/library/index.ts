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
import { connection } from './connection.ts';
import { knownAddress } from './known-address.ts';
import { anotherAddress } from './another-address.ts';
import { namesOfTheBridge } from './names-of-the-bridge.ts';
import { noDisplayNameMapping } from './no-display-name-mapping.ts';
import { attributesOfTheAccount } from './attributes-of-the-account.ts';
import { suspendedAndDeleted } from './suspended-and-deleted.ts';
import { movedWhileSuspended } from './moved-while-suspended.ts';
import { slowInvitations } from './slow-invitations.ts';
import { deadMailbox } from './dead-mailbox.ts';
import { waitingForConfirmation } from './waiting-for-confirmation.ts';
import { pushedGroups } from './pushed-groups.ts';
import { groupsOfTheAccount } from './groups-of-the-account.ts';
import { powerfulGroups } from './powerful-groups.ts';
import { provisionManagers } from './provision-managers.ts';
import { switchedOff } from './switched-off.ts';
import { newTokenOfTheBridge } from './new-token-of-the-bridge.ts';
import { tokenOfTheHostedAccount } from './token-of-the-hosted-account.ts';
import { settingUp } from './setting-up.ts';
import { allowedDomains } from './allowed-domains.ts';
import { migration } from './migration.ts';
import { backFromHosted } from './back-from-hosted.ts';
import { unlockWithSso } from './unlock-with-sso.ts';
import { graceOfGroups } from './grace-of-groups.ts';
import { graceOfEveryone } from './grace-of-everyone.ts';
import { formOfTheIntegration } from './form-of-the-integration.ts';
import { customConnector } from './custom-connector.ts';
import { providerWithoutGroups } from './provider-without-groups.ts';
import { mappingsInTheConsole } from './mappings-in-the-console.ts';
import { conflictResolved } from './conflict-resolved.ts';
import { numberForAnId } from './number-for-an-id.ts';

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
  connection,
  knownAddress,
  anotherAddress,
  namesOfTheBridge,
  noDisplayNameMapping,
  attributesOfTheAccount,
  suspendedAndDeleted,
  movedWhileSuspended,
  slowInvitations,
  deadMailbox,
  waitingForConfirmation,
  pushedGroups,
  groupsOfTheAccount,
  powerfulGroups,
  provisionManagers,
  switchedOff,
  newTokenOfTheBridge,
  tokenOfTheHostedAccount,
  settingUp,
  allowedDomains,
  migration,
  backFromHosted,
  unlockWithSso,
  graceOfGroups,
  graceOfEveryone,
  formOfTheIntegration,
  customConnector,
  providerWithoutGroups,
  mappingsInTheConsole,
  conflictResolved,
  numberForAnId,
];
