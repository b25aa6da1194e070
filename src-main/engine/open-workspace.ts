import { join } from 'node:path'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import { createAccessCommands } from '../access/commands.ts'
import { createAccountReads, type AccountReads } from '../access/tables.ts'
import { createAlarms } from '../alarms/alarms.ts'
import { createAuditQueries } from '../audit/queries.ts'
import { verifyAudit } from '../audit/verify.ts'
import { createBackups } from '../backups/backups.ts'
import { createFamilies } from '../families/families.ts'
import { createHandover } from '../handover/handover.ts'
import { createHistoryService } from '../history/history-service.ts'
import { pastBefore, type PastOptions } from '../network/history-past.ts'
import { createHistoryHandlers } from '../network/history-queries.ts'
import { readRetention } from '../network/history-retention.ts'
import { createNetwork, type FirstFullPoll } from '../network/network.ts'
import { createCliEngine } from '../olt-cli/cli-engine.ts'
import { createOltBackups } from '../olt-backups/olt-backups.ts'
import { createOltCli } from '../olt-cli/olt-cli.ts'
import { createOltPorts } from '../olt/poller/driver-port.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import { createPreferences } from '../preferences/preferences.ts'
import { createProvisioning, type ProvisioningDependencies } from '../provisioning/provisioning.ts'
import { createPreferenceReads } from '../preferences/tables.ts'
import { searchAlarms, searchOutages } from '../search/list-searches.ts'
import { createSearch } from '../search/search.ts'
import { createOutages } from '../outages/outages.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { runCommand, type Transaction } from '../store/write-path.ts'
import { createOutsidePlant } from '../plant/plant.ts'
import type { SimulatedOutside } from '../plant/fill-simulated.ts'
import { createTraps } from '../traps/traps.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { AllHandlers, DoorCommand, DoorQuery } from './capabilities.ts'
import type { Clock } from './clock.ts'
import type { Confirm } from './confirm.ts'
import type { Emit } from './handlers.ts'
import { handoverSources } from './handover-sources.ts'
import { createPlansBetween } from './plans-between.ts'
import { openLastKnownFile } from './last-known-file.ts'
import type { Log } from './log.ts'
import { decideAccess, type Sessions } from './sessions.ts'
import type { SimulatedOlt } from './simulated-olts.ts'

export interface OpenedWorkspace {
  readonly store: Store
  readonly accounts: AccountReads
  readonly handlers: {
    readonly queries: Omit<AllHandlers['queries'], DoorQuery>
    readonly commands: Omit<AllHandlers['commands'], DoorCommand>
  }
  preferencesOf(accountId: string): Preferences
  begin(): void
  /** Puts the outside plant of a simulated workspace in, in the background. */
  fillPlant(outsideOf: (oltName: string) => Promise<SimulatedOutside>): void
  /** The machine has slept, or its network has changed. */
  wake(): void
  clientGone(clientId: number): void
  stop(): Promise<void>
}

export interface OpenWorkspaceOptions {
  readonly workspaceDir: string
  readonly storePath: string
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
  readonly log: Log
  readonly sessions: Sessions
  readonly emit: Emit
  /** For what must be confirmed outside the page. */
  readonly confirm: Confirm
  /** Where a test lets the console die in the middle of a change. */
  readonly provisioningHooks?: ProvisioningDependencies['hooks']
  readonly families: readonly OltFamily[]
  /** Where they lie, for what is written about them. */
  readonly familyFolders?: readonly string[]
  readonly simulatedOlts?: readonly SimulatedOlt[]
  /** Where a simulated plant sends its traps: heard there, from this machine alone. */
  readonly trapPort?: number
  /** What the plant would have said before the start: fills the history of the simulated workspace. */
  readonly simulatedPast?: PastOptions['past']
  readonly onFirstFullPoll?: (result: FirstFullPoll) => void
}

/** Owns `keys` from now on: wiped at stop, and here at once where the store does not open. */
export const openWorkspace = (
  keys: WorkspaceKeys,
  options: OpenWorkspaceOptions,
): OpenedWorkspace => {
  const { clock, log, newId, emit, sessions } = options
  let store: Store
  try {
    store = openStore({
      path: options.storePath,
      key: keys.storeKey,
      auditKey: keys.auditKey,
      clock,
      log: { info: (fields, message) => log.info(message, fields) },
    })
  } catch (error) {
    keys.wipe()
    throw error
  }
  const accounts = createAccountReads(store.reader)
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
    nameOfAccount: (id) => accounts.byId(id)?.name ?? null,
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
  const openOltPort = createOltPorts(known)
  const historyFolder = join(options.workspaceDir, 'history')
  const history = createHistoryService({
    folder: historyFolder,
    key: keys.historyKey,
    retention: readRetention(store.reader),
    clock,
    log,
    ...(options.simulatedPast === undefined
      ? {}
      : {
          before: pastBefore({
            clock,
            olts: () => network.oltsRead(),
            past: options.simulatedPast,
            onFirstRound: (listener) => network.onFirstFullPoll(listener),
          }),
        }),
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
  /** What the engine does by itself: one audited transaction. */
  const write = (name: string, auditInput: object, apply: (tx: Transaction) => void): void => {
    runCommand(
      store,
      {
        commandId: newId(),
        name,
        actor: { accountId: null, sessionId: null, clientKind: 'engine' },
        auditInput,
        at: clock.now(),
      },
      (tx) => {
        apply(tx)
        return { result: {} }
      },
    )
  }
  const common = { clock, newId, emit, log, reader: store.reader, write }
  const traps = createTraps({
    clock,
    emit,
    log,
    reader: store.reader,
    write,
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
    ...common,
    vaultKey: keys.vaultKey,
    facts: network.facts,
    familyMayWrite: families.mayWrite,
    engine: createCliEngine({
      clock,
      familyCli: families.cliOf,
      ponPorts: (oltId) => network.facts.olt(oltId)?.ponPorts ?? [],
    }),
    confirm: options.confirm,
  })
  const provisioning = createProvisioning({
    ...common,
    facts: network.facts,
    unconfigured: network.unconfigured,
    matching: network.matching,
    withSerial: network.withSerial,
    configs: oltCli.configs,
    confirm: options.confirm,
    alarmsSince: (...asked) => alarms.raisedSince(...asked),
    vaultKey: keys.vaultKey,
    nameOfAccount: (id) => accounts.byId(id)?.name ?? null,
    look: network.look,
    told: network.told,
    keepConfiguration: {
      before: (...asked) => oltBackups.beforePlan(...asked),
      after: (...asked) => oltBackups.afterPlan(...asked),
    },
    ...(options.provisioningHooks === undefined ? {} : { hooks: options.provisioningHooks }),
  })
  const oltBackups = createOltBackups({
    ...common,
    facts: network.facts,
    configs: oltCli.configs,
    textOf: oltCli.textOf,
    confirm: options.confirm,
    exportsFolder: join(options.workspaceDir, 'exports'),
    plansBetween: createPlansBetween(store.reader),
  })
  const alarms = createAlarms({
    ...common,
    facts: network.facts,
    plant: () => plant.lookup,
    outageOf: (resource) => outages.outageOf(resource),
    nameOfAccount: (id) => accounts.byId(id)?.name ?? null,
    readPast: history.read,
    historyProblem: () => history.status().problem,
    oltConfigs: oltBackups.facts,
    simulated: (options.simulatedOlts ?? []).length > 0,
  })
  const outages = createOutages({
    ...common,
    facts: network.facts,
    plant: plant.lookup,
    maintenanceOf: alarms.maintenanceOf,
    light: alarms.light,
    groupingS: () => alarms.settings().groupingS,
    nameOf: (accountId) => accounts.byId(accountId)?.name ?? null,
    readChassis: network.readChassis,
  })
  // SECURITY: a live view ends with the session that opened it, and when the screen is locked.
  sessions.onChange((clientId) => {
    const session = sessions.get(clientId)
    const mayRead = decideAccess(session, 'network.onu.read', false) === 'allowed'
    network.sessionChanged(clientId, mayRead && session !== null ? session.sessionId : null)
    const mayType = decideAccess(session, 'olt-cli.terminal.use', false) === 'allowed'
    oltCli.sessionChanged(clientId, mayType && session !== null ? session.sessionId : null)
  })
  if (options.onFirstFullPoll !== undefined) network.onFirstFullPoll(options.onFirstFullPoll)

  const handover = createHandover({
    clock,
    newId,
    reader: store.reader,
    sources: () => handoverSources(() => opened.handlers.queries, network.facts),
  })

  const backups = createBackups({
    folder: join(options.workspaceDir, 'backups'),
    store,
    key: keys.storeKey,
    proveChain: (reader) => verifyAudit(reader, keys.auditKey),
    clock,
    newId,
    log,
  })

  const search = createSearch({
    clock,
    network: network.facts,
    plant: plant.lookup,
    alarms: searchAlarms((...call) => opened.handlers.queries['alarms.list'](...call)),
    outages: searchOutages((...call) => opened.handlers.queries['outages.list'](...call)),
    onInternalError: (error) => log.error('the search failed', { error }),
  })

  const opened: OpenedWorkspace = {
    store,
    accounts,
    handlers: {
      queries: {
        ...preferences.queries,
        ...network.queries,
        ...historyHandlers.queries,
        ...traps.queries,
        ...plant.queries,
        ...oltCli.queries,
        ...provisioning.queries,
        ...oltBackups.queries,
        ...outages.queries,
        ...alarms.queries,
        ...families.queries,
        ...createAuditQueries(store.reader, keys.auditKey),
        'access.people': () => ({
          people: accounts.all().map(({ id, name }) => ({ accountId: id, name })),
        }),
        ...handover.queries,
        ...search.queries,
        ...backups.queries,
      },
      commands: {
        ...createAccessCommands({ accounts, sessions, clock, newId }),
        ...preferences.commands,
        ...network.commands,
        ...historyHandlers.commands,
        ...traps.commands,
        ...plant.commands,
        ...oltCli.commands,
        ...provisioning.commands,
        ...oltBackups.commands,
        ...outages.commands,
        ...alarms.commands,
        ...families.commands,
        ...handover.commands,
        ...backups.commands,
      },
    },
    preferencesOf: (accountId) => preferenceReads.of(accountId),
    begin: () => {
      // In a thread of its own: nothing waits for it.
      history.begin()
      network.start()
      // Before the alarms: who is part of an outage is known when an alarm asks.
      outages.start()
      alarms.start()
      search.start()
      traps.start()
      oltCli.start()
      oltBackups.start()
      provisioning.start()
      stopFamilies = families.start()
    },
    fillPlant: plant.fill,
    wake: () => {
      network.wake()
      oltBackups.wake()
      traps.wake()
    },
    clientGone: (clientId) => {
      network.clientGone(clientId)
      oltCli.clientGone(clientId)
    },
    async stop() {
      await backups.stop()
      stopFamilies()
      search.stop()
      plant.stop()
      // Before its sessions go: the step that runs comes to its end.
      await provisioning.stop()
      await oltBackups.stop()
      await oltCli.stop()
      await traps.stop()
      await network.stop()
      outages.stop()
      alarms.stop()
      await history.stop()
      store.stop()
      keys.wipe()
    },
  }
  return opened
}
