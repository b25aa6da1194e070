import { as, type ActKind } from './act-kind.ts'
import { billingKinds } from './billing-kinds.ts'
import { deskKinds } from './desk-kinds.ts'

/**
 * What sort of act each command is: the one table of it. A test holds it complete over the contract
 * and over what the console writes by itself.
 */

const olt = { object: ['olt', 'oltId'] } as const
const plan = { object: ['provisioning-plan', 'planId'] } as const
const account = { object: ['account', 'accountId'], subject: 'accountId' } as const
const employee = { object: ['employee', 'employeeId'], subject: 'employeeId' } as const

const people: Readonly<Record<string, ActKind>> = {
  ...as('authentication', 'info', [
    'access.signIn',
    'access.signInCode',
    'access.signOut',
    'access.lock',
    'access.unlock',
    'access.stepUp',
    'access.companySignIn',
    'access.companyCancel',
    'access.companyUnlock',
    'access.companyStepUp',
    'access.pruneSignIns',
  ]),
  ...as('authentication', 'warning', ['access.signInFailed', 'access.signInThrottled']),
  ...as('authentication', 'critical', ['access.redeemKit']),
  ...as('authentication', 'notice', ['access.redeemCode']),
  ...as('account', 'notice', [
    'access.changePassword',
    'access.beginSecondFactor',
    'access.confirmSecondFactor',
    'access.renewRecoveryCodes',
    'access.answerNotice',
  ]),
  ...as('account', 'warning', ['access.removeSecondFactor']),
  ...as('account', 'notice', ['access.companyLink', 'access.companyUnlink']),
  ...as('account', 'warning', ['access.companyAccount'], account),
  ...as('configuration', 'warning', ['access.companySet', 'access.companyTry']),
  ...as('account', 'notice', ['access.saveEmployee', 'access.removeEmployee'], employee),
  ...as('account', 'notice', ['access.createAccount', 'access.enableAccount'], account),
  ...as(
    'account',
    'warning',
    [
      'access.changeAccount',
      'access.disableAccount',
      'access.endSessions',
      'access.resetPassword',
      'access.resetSecondFactor',
    ],
    account,
  ),
  ...as('account', 'warning', ['access.importAccounts', 'access.undoImport'], {
    object: ['account-import', 'importId'],
  }),
  ...as('account', 'critical', ['access.transferOwnership'], account),
  ...as('authorisation', 'warning', ['access.saveRole', 'access.removeRole'], {
    object: ['role', 'roleId'],
  }),
  ...as('authorisation', 'warning', ['access.saveRegion', 'access.removeRegion'], {
    object: ['region', 'regionId'],
  }),
  ...as('authorisation', 'warning', ['access.setScope'], account),
  ...as('key', 'critical', ['access.renewKit', 'access.makeKit']),
  ...as('configuration', 'info', ['preferences.set']),
}

const workspace: Readonly<Record<string, ActKind>> = {
  ...as('system', 'critical', ['workspace.create']),
  ...as('key', 'notice', ['workspace.unseal']),
  ...as('key', 'warning', ['workspace.lockVault']),
  ...as('key', 'critical', ['workspace.rotateKeys', 'workspace.keysRotated', 'workspace.wipe']),
  ...as('system', 'info', [
    'workspace.lookAround',
    'workspace.leaveLookAround',
    'workspace.cancel',
    'workspace.add',
    'workspace.forget',
    'store.backedUp',
    'backups.removedOlder',
  ]),
  ...as('system', 'notice', ['workspace.switch', 'workspace.rename']),
  ...as('system', 'warning', ['workspace.clockWentBack']),
  ...as('export', 'notice', ['workspace.backUp']),
  ...as('export', 'info', ['backups.verify']),
  ...as('configuration', 'notice', ['backups.configure']),
  ...as('key', 'warning', [
    'backups.setPassphrase',
    'backups.makeRecoveryKey',
    'backups.removeWay',
  ]),
  ...as('sensitive-read', 'notice', ['backups.preview', 'restore.preview']),
  ...as('system', 'info', ['backups.choose', 'restore.choose']),
  ...as('system', 'critical', [
    'backups.restore',
    'backups.restored',
    'restore.run',
    'workspace.stood',
    'workspace.resume',
    'workspace.takeBack',
    'transfer.takenIn',
  ]),
  ...as('export', 'critical', ['transfer.make', 'transfer.made']),
  ...as('export', 'warning', ['transfer.ended']),
  ...as('data', 'critical', ['backups.erasedAgain']),
  ...as('export', 'warning', ['audit.export']),
  ...as('sensitive-read', 'notice', ['audit.row'], { object: ['audit-row', 'seq'] }),
}

const network: Readonly<Record<string, ActKind>> = {
  ...as(
    'configuration',
    'notice',
    ['network.addOlt', 'network.updateOlt', 'network.restoreOlt'],
    olt,
  ),
  ...as('configuration', 'warning', ['network.removeOlt'], olt),
  ...as('device', 'info', ['network.pollNow'], olt),
  ...as('configuration', 'notice', ['network.setQuiet'], olt),
  ...as('configuration', 'notice', ['history.configure', 'traps.configure', 'families.reload']),
  ...as('configuration', 'warning', ['families.trust', 'families.withdrawTrust'], {
    object: ['family-trust', 'id'],
  }),
  ...as('system', 'info', ['traps.engineBooted']),
  ...as('data', 'info', [
    'alarms.acknowledge',
    'alarms.unacknowledge',
    'alarms.note',
    'alarms.unshelve',
    'alarms.assign',
    'alarms.setTicket',
    'alarms.setGuideNote',
    'alarms.setImportant',
    'handover.write',
  ]),
  ...as('data', 'notice', ['alarms.shelve']),
  ...as('configuration', 'notice', ['alarms.setRule', 'alarms.resetRule'], {
    object: ['alarm-rule', 'type'],
  }),
  ...as('configuration', 'notice', ['alarms.configure', 'alarms.planMaintenance']),
  ...as(
    'configuration',
    'notice',
    ['alarms.changeMaintenance', 'alarms.endMaintenance', 'alarms.answerMaintenance'],
    { object: ['maintenance', 'id'] },
  ),
  ...as('system', 'info', [
    'alarms.record',
    'alarms.purge',
    'alarms.recordMaintenance',
    'outages.kept',
  ]),
  ...as(
    'data',
    'info',
    [
      'outages.correct',
      'outages.acknowledge',
      'outages.assign',
      'outages.note',
      'outages.setTicket',
    ],
    { object: ['outage', 'id'] },
  ),
  ...as(
    'data',
    'info',
    ['plant.addNode', 'plant.changeNode', 'plant.removeNode', 'plant.restoreNode'],
    { object: ['plant-node', 'id'] },
  ),
  ...as('data', 'info', ['plant.placeOnus'], { object: ['plant-node', 'nodeId'] }),
  ...as('data', 'info', ['plant.setPlace', 'plant.setOltCoordinates', 'plant.fillSimulated'], olt),
  ...as('data', 'notice', ['plant.applyImport'], { object: ['plant-import', 'importId'] }),
  ...as('configuration', 'info', ['plant.setMapFile']),
}

const devices: Readonly<Record<string, ActKind>> = {
  ...as('configuration', 'warning', ['olt-cli.setAccess', 'olt-cli.removeAccess'], olt),
  ...as(
    'device',
    'notice',
    ['olt-cli.test', 'olt-cli.resumeLogins', 'olt-cli.loggedIn', 'olt-cli.loginsForgiven'],
    olt,
  ),
  ...as('key', 'warning', ['olt-cli.trustHostKey', 'olt-cli.pinHostKey'], olt),
  ...as('key', 'critical', ['olt-cli.hostKeyChanged'], olt),
  ...as('device', 'warning', ['olt-cli.loginRefused', 'olt-cli.loginFailed'], olt),
  ...as('device', 'notice', ['olt-cli.openTerminal', 'olt-cli.terminalEnded'], olt),
  ...as('device', 'notice', ['olt-cli.sendLine', 'olt-cli.interrupt', 'olt-cli.closeTerminal'], {
    object: ['olt-cli-terminal', 'terminalId'],
  }),
  ...as('system', 'info', ['olt-cli.keepTranscripts']),
  ...as('sensitive-read', 'notice', ['olt-cli.transcript'], {
    object: ['olt-cli-terminal', 'transcriptId'],
  }),
  ...as('device', 'info', ['olt-backups.make', 'olt-backups.kept'], olt),
  ...as('device', 'warning', ['olt-backups.failed'], olt),
  ...as('configuration', 'info', ['olt-backups.setSchedule'], olt),
  ...as('data', 'notice', ['olt-backups.accept'], { object: ['olt-backup', 'versionId'] }),
  ...as('export', 'critical', ['olt-backups.exportUnmasked'], {
    object: ['olt-backup', 'versionId'],
  }),
  ...as('export', 'critical', ['olt-backups.exportByOlt'], olt),
  ...as('sensitive-read', 'info', ['olt-backups.text'], { object: ['olt-backup', 'versionId'] }),
  ...as('sensitive-read', 'info', ['olt-backups.diff'], { object: ['olt-backup', 'beforeId'] }),
}

const provisioning: Readonly<Record<string, ActKind>> = {
  ...as('device', 'info', [
    'provisioning.makePlan',
    'provisioning.planPart',
    'provisioning.journal',
    'provisioning.recover',
  ]),
  ...as(
    'device',
    'info',
    [
      'provisioning.makeUndo',
      'provisioning.pause',
      'provisioning.discard',
      'provisioning.readBack',
      'provisioning.canaryWait',
      'provisioning.canaryPassed',
    ],
    plan,
  ),
  ...as(
    'device',
    'notice',
    [
      'provisioning.apply',
      'provisioning.continue',
      'provisioning.stop',
      'provisioning.carryOut',
      'provisioning.planEnded',
    ],
    plan,
  ),
  ...as('device', 'warning', ['provisioning.saveFailed'], plan),
  ...as(
    'device',
    'info',
    [
      'provisioning.lookForWaiting',
      'provisioning.readCatalogue',
      'provisioning.read',
      'provisioning.scan',
      'provisioning.scanned',
    ],
    olt,
  ),
  ...as(
    'device',
    'notice',
    ['provisioning.scanFailed', 'provisioning.autoFailed', 'provisioning.configNotRead'],
    olt,
  ),
  ...as('configuration', 'info', ['provisioning.savePreset', 'provisioning.removePreset'], {
    object: ['provisioning-preset', 'presetId'],
  }),
  ...as('configuration', 'info', ['provisioning.orderPresets']),
  ...as('configuration', 'warning', ['provisioning.setAuto']),
  ...as(
    'data',
    'info',
    ['provisioning.saveOnu', 'provisioning.removeSaved', 'provisioning.savedUsed'],
    { object: ['saved-onu', 'savedId'] },
  ),
  ...as('configuration', 'info', ['provisioning.saveSpeed', 'provisioning.removeSpeed'], {
    object: ['provisioning-speed', 'speedId'],
  }),
  ...as('data', 'notice', [
    'provisioning.setDesired',
    'provisioning.dropDesired',
    'provisioning.acceptActual',
  ]),
  ...as('data', 'notice', ['provisioning.adopt'], olt),
  ...as('device', 'info', ['provisioning.serviceTried', 'provisioning.serviceSeen'], olt),
  ...as('system', 'info', [
    'provisioning.servicesSeen',
    'provisioning.expire',
    'provisioning.wipePasswords',
  ]),
}

const approval = { object: ['approval', 'requestId'] } as const
const approvals: Readonly<Record<string, ActKind>> = {
  ...as('authorisation', 'notice', ['approvals.ask']),
  ...as('authorisation', 'notice', ['approvals.decide', 'approvals.withdraw'], approval),
  ...as('authorisation', 'info', ['approvals.acknowledge'], approval),
  ...as('authorisation', 'critical', ['approvals.setRule'], { object: ['approval-rule', 'kind'] }),
  ...as('authorisation', 'info', ['approvals.ended']),
}

const subscriber = { object: ['subscriber', 'id'], subject: 'id' } as const
const subscribers: Readonly<Record<string, ActKind>> = {
  ...as('data', 'info', ['subscribers.create']),
  ...as(
    'data',
    'info',
    [
      'subscribers.change',
      'subscribers.setContacts',
      'subscribers.setAddresses',
      'subscribers.saveNote',
      'subscribers.removeNote',
      'subscribers.addFile',
      'subscribers.resumeService',
      'subscribers.saveService',
    ],
    subscriber,
  ),
  ...as(
    'data',
    'notice',
    ['subscribers.setStatus', 'subscribers.endService', 'subscribers.removeFile'],
    subscriber,
  ),
  ...as('data', 'notice', ['subscribers.setAgent', 'subscribers.fillSimulated']),
  ...as('configuration', 'notice', ['subscribers.configure']),
  ...as('data', 'warning', ['subscribers.applyImport', 'subscribers.undoImport'], {
    object: ['subscriber-import', 'importId'],
  }),
  ...as('sensitive-read', 'notice', ['subscribers.file'], subscriber),
  ...as('export', 'warning', ['subscribers.export']),
}

export const actKinds: Readonly<Record<string, ActKind>> = {
  ...people,
  ...workspace,
  ...network,
  ...devices,
  ...provisioning,
  ...approvals,
  ...subscribers,
  ...deskKinds,
  ...billingKinds,
}

/** What no line speaks of is told loudly enough to be looked at. */
export const unknownAct: ActKind = { category: 'system', severity: 'notice' }

export const actKindOf = (name: string): ActKind =>
  Object.hasOwn(actKinds, name) ? (actKinds[name] ?? unknownAct) : unknownAct

/** Queries whose answer is told in the trail, once per client, question and minute. */
export const sensitiveReads: ReadonlySet<string> = new Set([
  'audit.row',
  'olt-cli.transcript',
  'olt-backups.text',
  'olt-backups.diff',
  'subscribers.file',
  'subscribers.export',
  'tickets.file',
  'fieldwork.photo',
])
