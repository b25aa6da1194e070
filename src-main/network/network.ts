import type { OnuFilter } from '../../src-shared/contract/network-model.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import type { OltTarget, OpenOltPort } from '../olt/poller/olt-port.ts'
import type { PaceFigures } from '../olt/snmp/pace.ts'
import type { SnmpCredentials } from '../olt/snmp/session.ts'
import type { TrapLook } from '../olt/traps/trap-rules.ts'
import { createPoller } from '../olt/poller/poller.ts'
import { snmpAlgorithms } from '../olt/snmp/usm/self-test.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { Cycle } from '../history/cycle.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { createNetworkCommands, type NetworkCommand } from './commands.ts'
import { createFactTeller } from './facts.ts'
import { createFirstFullPollTeller, type FirstFullPoll } from './first-full-poll.ts'
import { createPollerHand } from './hand-to-poller.ts'
import type { PastOlt } from './history-past.ts'
import { createHistoryKeeper } from './keep-history.ts'
import { createLastKnownKeeper } from './last-known-keeper.ts'
import type { LastKnownFile } from './last-known.ts'
import { createLiveEvents } from './live-events.ts'
import { createLiveState } from './live-state.ts'
import { createLiveViews } from './live-views.ts'
import { createMinuteCounts } from './minute-counts.ts'
import { createOltCareQueries, oltCareOf, type OltCareQuery } from './olt-care-queries.ts'
import { createOltRecords, type OltRecord } from './olt-records.ts'
import { onuRowOf } from './onu-rows.ts'
import type { PastReader } from './past/past-moment.ts'
import { createPastStates } from './past/past-states.ts'
import { createPollTracker } from './poll-tracker.ts'
import { createQuietSwitch } from './quiet-switch.ts'
import { createNetworkQueries, type NetworkQuery } from './queries.ts'
import { countByFamily, recogniseAnew, type FamiliesChanged } from './recognise-anew.ts'
import { filterRows } from './row-filter.ts'
import { createRowOrders } from './row-orders.ts'
import { credentialsOf, openAccess } from './snmp-access.ts'
import { createOltReads } from './tables.ts'
import { createTextOrders } from './text-orders.ts'
import { takeToldOnu, unconfiguredOf, type ToldOnu, type UnconfiguredOnOlt } from './told-by-cli.ts'
import { createViews } from './views.ts'

export type { FirstFullPoll }

/** The network capability: OLTs, their PON ports and ONUs, read and shown live. */
export interface Network {
  readonly queries: QueryHandlers<NetworkQuery | OltCareQuery>
  readonly commands: CommandHandlers<NetworkCommand>
  /** What the other capabilities may know of the live state. */
  readonly facts: NetworkFacts
  /** Restores what was known last and begins to read. Once. */
  start(): void
  /** Ends all walks and saves what is known. */
  stop(): Promise<void>
  clientGone(clientId: number): void
  /** The set of families is another one: OLTs that this concerns are recognised anew. */
  familiesChanged(change: FamiliesChanged): void
  /** How many OLTs each family reads. */
  oltsByFamily(): ReadonlyMap<string, number>
  /** `sessionId` null: signed out, locked, or no longer allowed to read ONUs. */
  sessionChanged(clientId: number, sessionId: string | null): void
  /** What traps point at is read soon; never more often than the OLT bears. */
  look(oltId: string, looks: readonly TrapLook[]): void
  /** Cards, PON ports and uptime of an OLT are read next. */
  readChassis(oltId: string): void
  /** OLTs that are there, and whether their light is read by itself. */
  oltsRead(): readonly PastOlt[]
  /** Also of one that was removed. */
  knowsOlt(oltId: string): boolean
  /** OLTs whose traps are heard. */
  trapSources(): readonly TrapSource[]
  /** ONUs that OLTs report as plugged in and not configured, as they were seen last. */
  unconfigured(): readonly UnconfiguredOnOlt[]
  /** Its CLI told who an ONU is now. */
  told(oltId: string, onu: ToldOnu): void
  /** Live rows that a filter takes, OLT by OLT, by address. */
  matching(filter: OnuFilter): Int32Array
  /** Live rows that carry a serial number, by index. */
  withSerial(serial: string): readonly number[]
  /** The machine has slept, or its network has changed: sockets anew, everything asked soon. */
  wake(): void
  /** Told once: every OLT has been read (identity, status, optics), or cannot be. */
  onFirstFullPoll(listener: (result: FirstFullPoll) => void): void
}

export interface TrapSource {
  readonly oltId: string
  readonly name: string
  /** A name or an address, as it was entered. */
  readonly host: string
  readonly port: number
  /** Goes up when the OLT is changed, its way in among it. */
  readonly version: number
  /** Null: not recognised yet. */
  readonly familyId: string | null
  /** Opened on demand; the caller wipes it. Errors: `secret-unreadable`. */
  readonly access: () => SnmpCredentials
}

export interface OltAddress {
  readonly host: string
  readonly port: number
}

export interface NetworkDependencies {
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
  readonly emit: Emit
  readonly log: {
    info(event: string, details?: object): void
    warn(event: string, details?: object): void
    error(event: string, details?: object): void
  }
  readonly reader: StoreReader
  /** Stays the caller's, who wipes it after stop(). */
  readonly vaultKey: Uint8Array
  /** Asked each time: a getter may stand behind it. */
  readonly families: readonly Pick<OltFamily, 'family' | 'title' | 'recognise'>[]
  readonly openOltPort: OpenOltPort
  /** How many questions an OLT gets and how it bears them; null: it was not asked yet. */
  readonly figuresOf?: (host: string, port: number) => PaceFigures | null
  /** Where the plant's OLTs answer: an OLT at one of these is shown as simulated. */
  readonly simulatedOlts?: readonly OltAddress[]
  readonly lastKnownFile?: LastKnownFile
  /** What is read goes to the history: neither waits nor throws. */
  readonly keepCycle?: (cycle: Cycle) => void
  /** What past moments are put together from; without it there are none. */
  readonly pastReader?: PastReader
}

export const createNetwork = (deps: NetworkDependencies): Network => {
  const { clock, emit, log } = deps
  const algorithms = snmpAlgorithms()
  if (algorithms.missing.length > 0) {
    log.warn('SNMPv3 algorithms that this build cannot compute', { missing: algorithms.missing })
  }
  const live = createLiveState()
  const records = createOltRecords(live)
  const minutes = createMinuteCounts(live)
  const texts = createTextOrders(live)
  const orders = createRowOrders(live, texts, records.namesRevision)
  const rowOf = (row: number) => onuRowOf(live, records.nameOf, row)
  const views = createViews({
    live,
    orders,
    listed: records.listed,
    namesRevision: records.namesRevision,
    rowOf,
    emit,
  })
  const past = createPastStates({
    now: clock.now,
    live,
    records,
    texts,
    reader: deps.pastReader ?? null,
  })
  const events = createLiveEvents({ clock, live, records, minutes, views, texts, emit })
  const lastKnown = createLastKnownKeeper({
    clock,
    live,
    records,
    log,
    file: deps.lastKnownFile ?? null,
    onRestored: (record) => texts.mark(record.live.index),
  })

  let running = false
  const careOf = (record: OltRecord) =>
    oltCareOf(
      record,
      poller.careOf(record.row.id),
      (deps.figuresOf ?? (() => null))(record.row.host, record.row.port),
    )
  const teller = createFactTeller({
    live,
    records,
    rowOf,
    careOf: (oltId) => {
      const record = records.get(oltId)
      return record === undefined ? null : careOf(record)
    },
    onInternalError: (error) => log.error('what was read could not be told on', { error }),
  })
  const firstFullPoll = createFirstFullPollTeller(clock, records)
  const keeper = createHistoryKeeper({ live, append: deps.keepCycle ?? (() => undefined) })
  const tracker = createPollTracker({
    live,
    records,
    onStateChange: (...change) => {
      keeper.noteState(...change)
      teller.noteState(...change)
    },
    emit,
    onTexts: (record) => textsChanged(record),
    onSettled: firstFullPoll.look,
    onInternalError: (error, oltName) =>
      log.error('a walk failed unexpectedly', { oltName, error: error.cause ?? error }),
  })

  const textsChanged = (record: OltRecord): void => {
    texts.mark(record.live.index)
    events.textsMoved()
  }

  const poller = createPoller({
    clock,
    random: deps.random,
    openOltPort: deps.openOltPort,
    report: (oltId, report) => {
      const record = records.get(oltId)
      if (record === undefined) return
      try {
        teller.around(record, report, () =>
          keeper.around(record, report, () => tracker.take(record, report)),
        )
      } catch (error) {
        log.error('a reading could not be taken', { kind: report.kind, error })
      }
    },
  })

  const targetOf = ({ row }: OltRecord): OltTarget => ({
    host: row.host,
    port: row.port,
    access: credentialsOf(openAccess(row, deps.vaultKey, row.id)),
  })

  const shownOnu = (record: OltRecord, address: number) => {
    const row = live.findRow(record.live, address)
    return row < 0 ? null : rowOf(row)
  }

  const hand = createPollerHand({
    clock,
    records,
    poller,
    targetOf,
    isRunning: () => running,
    onSettled: firstFullPoll.look,
    warn: log.warn,
  })

  const quietSwitch = createQuietSwitch({
    clock,
    onChange: ({ row, status }) => {
      poller.setQuiet(row.id, status.quiet)
      records.bump()
      firstFullPoll.look()
    },
  })

  const liveViews = createLiveViews({
    clock,
    emit,
    watch: poller.watch,
    onInternalError: (error, oltName) =>
      log.error('a live view failed unexpectedly', { oltName, error: error.cause ?? error }),
    take: (record, address, reading, times) => {
      const isThere = tracker.takeReading(record, address, reading, times)
      keeper.glimpsed(record, times)
      teller.glimpsed(record, times)
      return isThere ? shownOnu(record, address) : null
    },
    rowOf: (record, address) => shownOnu(record, address),
  })

  const isSimulated = ({ host, port }: OltAddress): boolean =>
    (deps.simulatedOlts ?? []).some(
      (olt) => olt.port === port && olt.host.toLowerCase() === host.toLowerCase(),
    )
  for (const row of createOltReads(deps.reader).all()) {
    quietSwitch.take(records.add(row, isSimulated(row)))
  }

  return {
    facts: teller.facts,
    queries: {
      ...createOltCareQueries({
        live,
        records,
        liveViews,
        isPolled: (oltId) => poller.careOf(oltId) !== null,
        careOf,
      }),
      ...createNetworkQueries({
        clock,
        live,
        records,
        minutes,
        views,
        past,
        rowOf,
        families: () =>
          deps.families.map(({ family, title, recognise }) => ({
            id: family,
            label: title,
            models: [...new Set(recognise.map(({ model }) => model))],
          })),
        algorithms,
        openOltPort: deps.openOltPort,
        targetOf,
        borrow: poller.borrow,
      }),
    },
    commands: createNetworkCommands({
      records,
      now: clock.now,
      newId: deps.newId,
      vaultKey: deps.vaultKey,
      isSimulated,
      begin: (record) => {
        hand.poll(record, 'add')
        teller.oltsChanged()
      },
      change: (record) => {
        hand.poll(record, 'update')
        teller.oltsChanged()
      },
      end: (...removed) => {
        hand.end(...removed)
        teller.oltsChanged()
      },
      quieten: quietSwitch.take,
      pollNow: (oltId, group) => poller.pollNow(oltId, group),
    }),
    start: () => {
      if (running) return
      running = true
      firstFullPoll.begin()
      lastKnown.restore()
      events.start()
      lastKnown.start()
      for (const record of records.present()) hand.poll(record, 'add')
      firstFullPoll.look()
    },
    stop: async () => {
      running = false
      firstFullPoll.end()
      events.stop()
      quietSwitch.stop()
      liveViews.stop()
      past.stop()
      await poller.stop()
      await lastKnown.stop()
    },
    familiesChanged: (change) => {
      if (running) recogniseAnew(records.present(), change, hand.askAgain)
    },
    oltsByFamily: () => countByFamily(records.present()),
    clientGone: (clientId) => {
      views.clientGone(clientId)
      past.clientGone(clientId)
      liveViews.clientGone(clientId)
    },
    sessionChanged: liveViews.sessionChanged,
    oltsRead: () =>
      records
        .present()
        .map(({ row, status }) => ({ oltId: row.id, name: row.name, light: status.opticsPolled })),
    knowsOlt: (oltId) => records.get(oltId) !== undefined,
    look: (oltId, looks) => poller.look(oltId, looks),
    readChassis: (oltId) => void poller.pollNow(oltId, 'chassis'),
    trapSources: () =>
      records.present().map(({ row, status }) => ({
        oltId: row.id,
        name: row.name,
        host: row.host,
        port: row.port,
        version: row.version,
        familyId: status.familyId,
        access: () => credentialsOf(openAccess(row, deps.vaultKey, row.id)),
      })),
    unconfigured: () => unconfiguredOf(records),
    told: (oltId, onu) => {
      const record = records.get(oltId)
      if (record !== undefined) takeToldOnu(live, record, onu, () => textsChanged(record))
    },
    matching: (filter) => filterRows(live, records.listed(), filter, null),
    withSerial: live.serials.rowsWith,
    wake: poller.wake,
    onFirstFullPoll: firstFullPoll.listen,
  }
}
