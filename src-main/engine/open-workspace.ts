import { join } from 'node:path'
import { createAccess } from '../access/access.ts'
import { createPeople } from '../access/people.ts'
import { createRoles } from '../access/roles.ts'
import { createScopes } from '../access/scope-tables.ts'
import { createAccountReads } from '../access/tables.ts'
import { createApprovals } from '../approvals/approvals.ts'
import { createAlarms } from '../alarms/alarms.ts'
import { createAuditExport } from '../audit/export.ts'
import { createAuditQueries } from '../audit/queries.ts'
import { createFamilies } from '../families/families.ts'
import { createHandover } from '../handover/handover.ts'
import { createHistoryHandlers } from '../network/history-queries.ts'
import { createNetwork } from '../network/network.ts'
import { createCliEngine } from '../olt-cli/cli-engine.ts'
import { createOltBackups } from '../olt-backups/olt-backups.ts'
import { createOltCli } from '../olt-cli/olt-cli.ts'
import { createOltPorts } from '../olt/poller/driver-port.ts'
import { createPreferences } from '../preferences/preferences.ts'
import { createProvisioning } from '../provisioning/provisioning.ts'
import { createPreferenceReads } from '../preferences/tables.ts'
import { listSearches } from '../search/list-searches.ts'
import { createSearch } from '../search/search.ts'
import { createOutages } from '../outages/outages.ts'
import type { Store } from '../store/open-store.ts'
import { createOutsidePlant } from '../plant/plant.ts'
import { createTraps } from '../traps/traps.ts'
import { copyKeys, type WorkspaceKeys } from '../vault/workspace-keys.ts'
import { createBelongings } from './belongings.ts'
import { createApprovalPeople } from './approval-people.ts'
import { createEngineWrite } from './engine-write.ts'
import { handoverSources } from './handover-sources.ts'
import { createPlansBetween } from './plans-between.ts'
import { openLastKnownFile } from './last-known-file.ts'
import { askNobodyWhileMoved, refuseWhileMoved } from './moved-guard.ts'
import { createOwnBackups, openStanding } from './open-own-backups.ts'
import { openBusiness } from './open-business.ts'
import { openOwnHistory } from './open-own-history.ts'
import { openOwnStore, signTrail } from './open-own-store.ts'
import type { OpenedWorkspace, OpenWorkspaceOptions } from './opened-workspace.ts'
import { endWithSessions } from './end-with-sessions.ts'

/** Owns `keys` from now on: wiped at stop, and here at once where the store does not open. */
export const openWorkspace = (
  keys: WorkspaceKeys,
  options: OpenWorkspaceOptions,
): OpenedWorkspace => {
  const store = openOwnStore(keys, options)
  try {
    return furnish(keys, store, options)
  } catch (error) {
    // A damaged page that is read here: the next try finds the door free.
    store.stop()
    keys.wipe()
    throw error
  }
}

const furnish = (
  keys: WorkspaceKeys,
  store: Store,
  options: OpenWorkspaceOptions,
): OpenedWorkspace => {
  const { clock, log, newId, emit, sessions, showSecret, lockMinutesOf } = options
  const accounts = createAccountReads(store.reader)
  const roles = createRoles(store.reader)
  const scopes = createScopes(store.reader)
  const write = createEngineWrite(store, { clock, newId })
  const standing = openStanding(store, options, write, () => {
    oltCli.lookAnew()
    oltBackups.start()
  })
  const shared = { clock, newId, log, emit, write, reader: store.reader }
  const auditing = { store, clock, auditDetailKey: keys.auditDetailKey }
  const exportsFolder = join(options.workspaceDir, 'exports')
  const sealing = { ...shared, vaultKey: keys.vaultKey }
  const who = { ...shared, accounts, roles, scopes, sessions }
  const access = createAccess({
    ...who,
    vaultKey: keys.vaultKey,
    showSecret,
    lockMinutesOf,
    openInBrowser: options.openInBrowser ?? null,
    // SECURITY: outside a simulated workspace a provider is reached by https alone.
    companyLoopback: options.mode === 'simulated',
  })
  const people = createPeople({ ...who, ...access, showSecret })
  // SECURITY: an account that may no longer sign in has no session either, from its next call on.
  sessions.endWhen((session) => accounts.byId(session.accountId) === undefined)
  /** The audit trail as it stands, at start and at stop. */
  const sign = (): void => {
    if (!standing.isMoved()) signTrail(store, { clock, log })
  }
  sign()
  const preferenceReads = createPreferenceReads(store.reader)
  const preferences = createPreferences({ reads: preferenceReads, clock, emit })
  const families = createFamilies({
    workspaceDir: options.workspaceDir,
    builtIn: options.families,
    builtInFolders: options.familyFolders ?? [],
    reader: store.reader,
    clock,
    log,
    emit,
    nameOfAccount: accounts.nameOf,
    oltsByFamily: () => network.oltsByFamily(),
    onChange: (change) => network.familiesChanged(change),
  })
  // Own families come and go while OLTs are read: whoever asks gets those of now.
  const known = {
    get families() {
      return families.current()
    },
  }
  let stopFamilies = (): void => undefined
  let stopFilling = (): void => undefined
  const openOltPort = askNobodyWhileMoved(createOltPorts(known), standing.isMoved)
  const { history, historyFolder, wipeHistoryKey } = openOwnHistory(keys, {
    ...options,
    reader: store.reader,
    network: () => network,
  })
  const network = createNetwork({
    clock,
    random: options.random,
    newId,
    emit,
    log,
    reader: store.reader,
    vaultKey: keys.vaultKey,
    keepCycle: history.append,
    pastReader: {
      snapshot: (request) => history.read((worker) => worker.snapshot(request)),
      readingsFrom: () => history.read((worker) => worker.readingsFrom()),
    },
    get families() {
      return families.current()
    },
    openOltPort,
    figuresOf: openOltPort.figuresOf,
    simulatedOlts: options.simulatedOlts ?? [],
    lastKnownFile: openLastKnownFile(
      join(options.workspaceDir, 'last-known.bin'),
      keys.storeKey,
      log,
    ),
  })
  const historyHandlers = createHistoryHandlers({
    service: history,
    folder: historyFolder,
    now: clock.now,
    isKnownOlt: network.knowsOlt,
  })
  const traps = createTraps({
    ...shared,
    olts: network.trapSources,
    families: families.current,
    look: network.look,
    simulatedPort: options.trapPort ?? null,
  })
  const plant = createOutsidePlant({
    workspaceDir: options.workspaceDir,
    clock,
    newId,
    emit,
    log,
    reader: store.reader,
    network: network.facts,
    write,
  })
  const oltCli = createOltCli({
    ...sealing,
    facts: network.facts,
    familyMayWrite: families.mayWrite,
    isQuiet: () => standing.now() !== null,
    engine: createCliEngine({
      clock,
      familyCli: families.cliOf,
      ponPorts: (oltId) => network.facts.olt(oltId)?.ponPorts ?? [],
    }),
    confirm: options.confirm,
  })
  const approvals = createApprovals({
    ...shared,
    sessions,
    confirm: options.confirm,
    people: createApprovalPeople({ ...who, reachOf: scopes.reachOf }),
    kinds: () => [provisioning.approvalKind, ...business.approvalKinds],
  })
  const provisioning = createProvisioning({
    ...sealing,
    approvals: approvals.gate,
    facts: network.facts,
    unconfigured: network.unconfigured,
    matching: network.matching,
    withSerial: network.withSerial,
    configs: oltCli.configs,
    confirm: options.confirm,
    alarmsSince: (...asked) => alarms.raisedSince(...asked),
    nameOfAccount: accounts.nameOf,
    look: network.look,
    told: network.told,
    onuFollowed: (...moved) => business.onuFollowed(...moved),
    onuWanted: (...wish) => business.onuWanted(...wish),
    lineHeld: (...asked) => business.lineHeld(...asked),
    speedIsSold: (speedId) => business.sellsSpeed(speedId),
    keepConfiguration: {
      before: (...asked) => oltBackups.beforePlan(...asked),
      after: (...asked) => oltBackups.afterPlan(...asked),
    },
    ...(options.provisioningHooks === undefined ? {} : { hooks: options.provisioningHooks }),
  })
  const oltBackups = createOltBackups({
    ...shared,
    facts: network.facts,
    configs: oltCli.configs,
    textOf: oltCli.textOf,
    confirm: options.confirm,
    exportsFolder,
    plansBetween: createPlansBetween(store.reader),
  })
  const alarms = createAlarms({
    ...shared,
    facts: network.facts,
    plant: () => plant.lookup,
    outageOf: (resource) => outages.outageOf(resource),
    nameOfAccount: accounts.nameOf,
    readPast: history.read,
    historyProblem: () => history.status().problem,
    oltConfigs: oltBackups.facts,
    simulated: (options.simulatedOlts ?? []).length > 0,
  })
  const outages = createOutages({
    ...shared,
    facts: network.facts,
    plant: plant.lookup,
    maintenanceOf: alarms.maintenanceOf,
    light: alarms.light,
    behind: (onus) => business.behind(onus),
    groupingS: () => alarms.settings().groupingS,
    nameOf: accounts.nameOf,
    readChassis: network.readChassis,
  })
  const business = openBusiness({
    ...sealing,
    approvals: approvals.gate,
    confirm: options.confirm,
    chance: options.random,
    network,
    accounts,
    provisioning,
    noc: { light: alarms.light, handlers: () => opened.handlers },
    plant: plant.lookup,
    exportsFolder,
    simulated: options.mode === 'simulated',
  })
  const stopListening = endWithSessions({ sessions, scopes, network, oltCli })
  if (options.onFirstFullPoll !== undefined) network.onFirstFullPoll(options.onFirstFullPoll)

  const handover = createHandover({
    ...shared,
    sources: (reach) => handoverSources(() => opened.handlers.queries, network.facts, reach),
  })

  const backups = createOwnBackups(keys, store, options, { ...shared, standing })
  const search = createSearch({
    clock,
    network: network.facts,
    plant: plant.lookup,
    belongings: { onusOf: alarms.belongs.onusOf, node: plant.belongs.node },
    ...listSearches(() => opened.handlers.queries),
    ...business.finds,
    onInternalError: (error) => log.error('the search failed', { error }),
  })

  const lying = { alarms, outages, plant, provisioning, oltCli, oltBackups, business }
  const opened: OpenedWorkspace = {
    store,
    write,
    accounts,
    roles,
    scopes,
    belongingOf: createBelongings(lying),
    access,
    people,
    handlers: {
      queries: {
        ...access.queries,
        ...people.queries,
        ...preferences.queries,
        ...network.queries,
        ...historyHandlers.queries,
        ...traps.queries,
        ...plant.queries,
        ...oltCli.queries,
        ...provisioning.queries,
        ...approvals.queries,
        ...oltBackups.queries,
        ...outages.queries,
        ...alarms.queries,
        ...families.queries,
        ...createAuditQueries(store, keys),
        ...handover.queries,
        ...search.queries,
        ...backups.queries,
        ...standing.queries,
        ...business.queries,
      },
      commands: {
        ...access.commands,
        ...people.commands,
        ...preferences.commands,
        ...network.commands,
        ...historyHandlers.commands,
        ...traps.commands,
        ...plant.commands,
        ...oltCli.commands,
        ...provisioning.commands,
        ...approvals.commands,
        ...oltBackups.commands,
        ...outages.commands,
        ...alarms.commands,
        ...families.commands,
        ...handover.commands,
        ...backups.commands,
        ...standing.commands,
        ...business.commands,
        ...createAuditExport({ ...auditing, folder: exportsFolder }),
      },
    },
    copyKeys: () => copyKeys(keys),
    preferencesOf: (accountId) => preferenceReads.of(accountId),
    backupsStay: backups.stay,
    begin: () => {
      // Where it was moved to, all of this goes on.
      if (standing.isMoved()) return
      // In a thread of its own: nothing waits for it.
      history.begin()
      network.start()
      // Before the alarms: who is part of an outage is known when an alarm asks.
      outages.start()
      alarms.start()
      search.start()
      traps.start()
      oltCli.start()
      if (standing.now() === null) oltBackups.start()
      provisioning.start()
      approvals.start()
      stopFamilies = families.start()
      access.start()
      backups.start()
      business.start()
    },
    fillPlant: (outsideOf) => {
      plant.fill(outsideOf)
      stopFilling = business.fill(plant.lookup)
    },
    wake: () => {
      network.wake()
      oltBackups.wake()
      traps.wake()
      business.wake()
    },
    clientGone: (clientId) => {
      network.clientGone(clientId)
      oltCli.clientGone(clientId)
      access.clientGone(clientId)
    },
    async stop() {
      stopListening()
      stopFilling()
      access.stop()
      people.stop()
      await backups.stop()
      stopFamilies()
      search.stop()
      plant.stop()
      business.stop()
      // Before its sessions go: the step that runs comes to its end.
      approvals.stop()
      await provisioning.stop()
      await oltBackups.stop()
      await oltCli.stop()
      await traps.stop()
      await network.stop()
      outages.stop()
      alarms.stop()
      await history.stop()
      sessions.endWhen(() => false)
      sign()
      store.stop()
      wipeHistoryKey()
      keys.wipe()
    },
  }
  const commands = refuseWhileMoved(opened.handlers.commands, standing.isMoved)
  return { ...opened, handlers: { ...opened.handlers, commands } }
}
