import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { worstSeverity } from '../../src-shared/domain/severity.ts'
import type {
  BehindLookup,
  LightLookup,
  MaintenanceLookup,
  OutageLookup,
  PlantLookup,
} from '../engine/capability-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import { isEverything, reaches, type Belongs, type Reach } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { createOutagesCommands, type OutagesCommand } from './commands.ts'
import { createGaspMemory } from './gasp-memory.ts'
import { createOutageKeeper, restoreOutage, type WriteOutages } from './keep.ts'
import { createSingleLook } from './look-at-one.ts'
import { createOutageNotices } from './notices.ts'
import { newOltNotes, type OltNotes } from './olt-notes.ts'
import { createOnuMemories } from './onu-memory.ts'
import { ponKeyOf, type Outage } from './outage.ts'
import { createOutageBook } from './outage-book.ts'
import { rowOfOutage, searchTextOf } from './outage-rows.ts'
import { createPlaces } from './places.ts'
import { createOutagesQueries, type OutagesQuery, type WholeOutage } from './queries.ts'
import { createOutageReads, detailOf, type StoredOutage } from './tables.ts'
import { outageThresholds, type OutageThresholds } from './thresholds.ts'
import { createWatch } from './watch.ts'
import { createWeigher } from './weigh.ts'
import { belongsOf, belongsOfLive, downWithin, partWithin } from './within.ts'

/** The outages capability: ONUs that went down together, why, and who sees to it. */
export interface Outages {
  readonly queries: QueryHandlers<OutagesQuery>
  readonly commands: CommandHandlers<OutagesCommand>
  /** The open outage of a PON port or an ONU. */
  readonly outageOf: OutageLookup
  /** On which OLTs an outage lies, and who sees to it; of one that ended too. Null: there is none. */
  readonly belongs: { readonly outage: (id: string) => Belongs | null }
  /** Takes up open outages and listens. Once, after the network has restored what it knew. */
  start(): void
  /** Writes what is left and stops. */
  stop(): void
}

export interface OutagesDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: {
    warn(event: string, details?: object): void
    error(event: string, details?: object): void
  }
  readonly reader: StoreReader
  /** Writes what the engine does by itself: one audited transaction. Errors: those of the store. */
  readonly write: WriteOutages
  readonly facts: NetworkFacts
  readonly plant: PlantLookup
  readonly maintenanceOf: MaintenanceLookup
  readonly light: LightLookup
  /** Whom its ONUs serve; left out: nobody is known. */
  readonly behind?: BehindLookup
  /** An outage gathers ONUs for so long before it is told of, s. */
  readonly groupingS: () => number
  readonly nameOf: (accountId: string) => string | null
  /** Reads cards, ports and uptime of an OLT soon, within what it bears. */
  readonly readChassis: (oltId: string) => void
  readonly limits?: OutageThresholds
}

const tickMs = 1_000

export const createOutages = (deps: OutagesDependencies): Outages => {
  const { clock, facts, emit } = deps
  const limits = deps.limits ?? outageThresholds
  const reads = createOutageReads(deps.reader)
  const memories = createOnuMemories()
  const gasps = createGaspMemory()
  const places = createPlaces(deps.plant, facts.onus)
  const notes = new Map<string, OltNotes>()
  const notesOf = (oltId: string): OltNotes => {
    const found = notes.get(oltId) ?? newOltNotes()
    notes.set(oltId, found)
    return found
  }
  let revision = 0
  let toldRevision = -1
  const toWeigh = new Set<Outage>()
  let running = false
  let stopTick = (): void => undefined
  let stopListening = (): void => undefined

  /** As often as it grows: five thousand ONUs are a few milliseconds. */
  const lookBehind = (outage: Outage): void => {
    if (deps.behind === undefined || outage.behindOf === outage.affected) return
    outage.behindOf = outage.affected
    outage.behind = deps.behind(
      [...outage.parts.values()].map(({ oltId, addresses }) => ({
        oltId,
        serials: Array.from(addresses, (address) => facts.rowOf(oltId, address)).flatMap((row) => {
          const serial = row < 0 ? null : facts.onus.serial(row)
          return serial === null ? [] : [serial]
        }),
      })),
    )
  }
  const keeper = createOutageKeeper({ clock, write: deps.write, warn: deps.log.warn })
  const changed = (outage: Outage, oltId: string | null, urgent: boolean): void => {
    lookBehind(outage)
    outage.version++
    outage.changedAt = clock.now()
    revision++
    keeper.note(outage, oltId, urgent)
  }
  const notices = createOutageNotices({
    emit,
    groupingS: deps.groupingS,
    changed: (outage) => changed(outage, null, true),
  })
  const weigher = createWeigher({
    facts,
    memories,
    gasps,
    places,
    light: deps.light,
    notesOf,
    limits,
    askChassis: deps.readChassis,
    monotonic: clock.monotonic,
  })
  const weigh = (outage: Outage): void => {
    if (weigher.weigh(outage, clock.now())) changed(outage, null, true)
    else revision++
  }
  const book = createOutageBook({
    facts,
    memories,
    maintenanceOf: deps.maintenanceOf,
    newId: deps.newId,
    now: clock.now,
    limits,
    events: {
      opened: weigh,
      grew: (outage) => toWeigh.add(outage),
      weigh: (outage) => toWeigh.add(outage),
      changed,
      ended: (outage) => notices.ended(outage, clock.now()),
    },
  })
  const listener = createWatch({
    facts,
    memories,
    gasps,
    places,
    notesOf,
    maintenanceOf: deps.maintenanceOf,
    book,
    limits,
  })

  const open = (): Outage[] => [...book.list()].filter(({ endedAt }) => endedAt === null)
  const live = (id: string): StoredOutage | null => {
    const outage = book.byId(id)
    return outage === undefined ? null : { row: rowOfOutage(outage), detail: detailOf(outage) }
  }
  const wholeOf = (outage: Outage): WholeOutage => ({
    row: rowOfOutage(outage),
    detail: detailOf(outage),
    parts: [...outage.parts.values()].sort((one, other) => (one.oltName < other.oltName ? -1 : 1)),
  })
  const find = (id: string): WholeOutage | null => {
    const outage = book.byId(id)
    if (outage !== undefined) return wholeOf(outage)
    const stored = reads.one(id)
    return stored === null ? null : { ...stored, parts: reads.parts(id) }
  }

  const belongs = (id: string): Belongs | null => {
    const outage = book.byId(id)
    if (outage !== undefined) return belongsOfLive(outage)
    const stored = reads.one(id)
    return stored === null ? null : belongsOf(stored.row)
  }

  const openWithin = (reach: Reach): Outage[] =>
    isEverything(reach)
      ? open()
      : open().filter((outage) => reaches(reach, belongsOfLive(outage), true))

  const rowsWithin = (reach: Reach) =>
    openWithin(reach).map((outage) => {
      if (isEverything(reach)) {
        const row = rowOfOutage(outage)
        return { row, search: searchTextOf(row, outage.timeline) }
      }
      const { row, detail } = partWithin(reach, wholeOf(outage))
      return { row, search: searchTextOf(row, detail.timeline) }
    })

  const tell = (): void => {
    if (revision === toldRevision) return
    toldRevision = revision
    emit('outages.changed', (reach) => {
      const now = openWithin(reach)
      return {
        open: now.length,
        affectedOnus: now.reduce((sum, outage) => sum + downWithin(reach, outage), 0),
        worst: worstSeverity(now.map(({ severity }) => severity)),
        revision,
        at: clock.now(),
      }
    })
  }

  const tick = (): void => {
    stopTick = clock.after(tickMs, tick)
    try {
      const at = clock.now()
      for (const outage of toWeigh) {
        const due = outage.endedAt === null ? weigher.isDue(outage, at) : 'never'
        if (due !== 'later') toWeigh.delete(outage)
        if (due === 'now') weigh(outage)
      }
      book.settle(at)
      for (const outage of open()) notices.look(outage, at)
      keeper.flush()
      tell()
    } catch (error) {
      deps.log.error('outages could not be brought up to date', { error })
    }
  }

  return {
    queries: createOutagesQueries({
      facts,
      plant: deps.plant,
      gasps,
      reads,
      openRows: rowsWithin,
      find,
      belongs,
      one: createSingleLook({ facts, memories, gasps, light: deps.light, limits, book, clock }),
      revision: () => revision,
    }),
    commands: createOutagesCommands({
      now: clock.now,
      reads,
      nameOf: deps.nameOf,
      live,
      said: (id, operator, timeline) => {
        const outage = book.byId(id)
        if (outage !== undefined) {
          outage.operator = operator
          outage.timeline = [...timeline]
          changed(outage, null, true)
        } else {
          revision++
        }
      },
    }),
    outageOf: (resource) => {
      switch (resource.kind) {
        case 'onu': {
          const row = facts.rowOf(resource.oltId, packOnuAddress(resource.address))
          const number = row < 0 ? 0 : (memories.columns().outage[row] ?? 0)
          const outage = number === 0 ? undefined : book.byNumber(number)
          return outage !== undefined && outage.endedAt === null ? outage.id : null
        }
        case 'pon': {
          const key = ponKeyOf(resource.oltId, packOnuAddress({ ...resource.pon, onuId: 0 }))
          return open().find(({ pons }) => pons.has(key))?.id ?? null
        }
        default:
          return null
      }
    },
    belongs: { outage: belongs },
    start: () => {
      if (running) return
      running = true
      for (const stored of reads.open()) {
        book.restore(restoreOutage(stored, reads, book.nextNumber(), limits))
      }
      revision++
      stopListening = facts.listen(listener)
      stopTick = clock.after(tickMs, tick)
    },
    stop: () => {
      if (!running) return
      running = false
      stopListening()
      stopTick()
      keeper.flush(true)
    },
  }
}
