import { lookup } from 'node:dns/promises'
import type { TrapSettings } from '../../src-shared/contract/traps.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import type { TrapLook } from '../olt/traps/trap-rules.ts'
import { defaultTrapPort } from '../olt/traps/trap-receiver.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { createTrapsCommands } from './commands.ts'
import { createHostAddresses, type ResolveHost } from './host-addresses.ts'
import { createReceiverKeeper } from './keep-receiver.ts'
import { createKnownSenders, type TrapOlt } from './known-senders.ts'
import { createTrapsQueries, type TrapsQuery } from './queries.ts'
import { createRecentNews } from './recent-news.ts'
import { createTrapReads, putTrapEngine } from './tables.ts'

/** The traps capability: hears what OLTs send, and leads to reading where they point. */
export interface Traps {
  readonly queries: QueryHandlers<TrapsQuery>
  readonly commands: CommandHandlers<'traps.configure'>
  /** Listens as the settings say. Once. */
  start(): void
  stop(): Promise<void>
  /** The machine has slept, or its network has changed. */
  wake(): void
}

export interface TrapsDependencies {
  readonly clock: Clock
  readonly emit: Emit
  readonly log: {
    info(event: string, details?: object): void
    warn(event: string, details?: object): void
    error(event: string, details?: object): void
  }
  readonly reader: StoreReader
  /** Writes what the engine does by itself: one audited transaction. Errors: those of the store. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  /** As they are now; asked every second, so it must be cheap. */
  readonly olts: () => readonly TrapOlt[]
  /** The same array as long as nothing changed. */
  readonly families: () => readonly OltFamily[]
  readonly look: (oltId: string, looks: readonly TrapLook[]) => void
  /** A simulated plant sends here, from this machine alone; null: OLTs do. */
  readonly simulatedPort: number | null
  readonly resolve?: ResolveHost
  /** Where to listen; all addresses of the machine unless told. */
  readonly addresses?: readonly string[]
  readonly platform?: NodeJS.Platform
}

const systemResolve: ResolveHost = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/** Events come at most this often. */
const tickMs = 1_000
/** A trap is held against who may send as it was at most this long ago. */
const freshMs = 100

export const createTraps = (deps: TrapsDependencies): Traps => {
  const { clock, emit, log } = deps
  const reads = createTrapReads(deps.reader)
  let settings: TrapSettings = reads.settings({
    enabled: true,
    port: deps.simulatedPort ?? defaultTrapPort,
    onlyKnownCommunities: false,
  })
  const hosts = createHostAddresses({ clock, resolve: deps.resolve ?? systemResolve })
  const senders = createKnownSenders({ olts: deps.olts, families: deps.families, hosts })
  const recent = createRecentNews()
  let running = false
  let changed = false
  let toldReceived = 0
  let refreshedAt = -Infinity
  let stopTick = (): void => undefined

  const bringUpToDate = (): void => {
    refreshedAt = clock.monotonic()
    try {
      const { receiver } = keeper.state()
      if (senders.refresh(settings.onlyKnownCommunities)) receiver?.allow(senders.allowed())
      recent.keepOnly((oltId) => senders.nameOf(oltId) !== null)
    } catch (error) {
      log.error('who may send traps could not be brought up to date', { error })
    }
  }

  const keeper = createReceiverKeeper({
    clock,
    settings: () => settings,
    addresses: deps.addresses ?? (deps.simulatedPort === null ? undefined : ['127.0.0.1']),
    senders: {
      ...senders,
      sourcesOf: (address) => {
        if (clock.monotonic() - refreshedAt >= freshMs) bringUpToDate()
        return senders.sourcesOf(address)
      },
    },
    storedEngine: reads.engine(),
    storeEngine: (engine) =>
      deps.write('traps.engineBooted', { boots: engine.boots }, (tx) =>
        putTrapEngine(tx, engine, clock.now()),
      ),
    onTrap: (news) => {
      recent.note(news)
      if (news.looks.length === 0) return
      try {
        deps.look(news.oltId, news.looks)
      } catch (error) {
        log.error('what a trap points at could not be asked for', { error })
      }
    },
    onChange: () => {
      changed = true
    },
    log,
  })

  const tell = (): void => {
    const receiver = keeper.state().receiver
    const { received, dropped } = receiver?.stats() ?? { received: 0, dropped: 0 }
    if (!changed && received === toldReceived) return
    changed = false
    toldReceived = received
    emit('traps.changed', { received, dropped, at: clock.now() })
  }

  const tick = (): void => {
    stopTick = clock.after(tickMs, tick)
    if (keeper.state().listening !== null) bringUpToDate()
    tell()
  }

  return {
    queries: createTrapsQueries({
      settings: () => settings,
      state: keeper.state,
      senders,
      recent,
      platform: deps.platform ?? process.platform,
      redirects: deps.simulatedPort === null,
    }),
    commands: createTrapsCommands({
      now: clock.now,
      state: keeper.state,
      take: async (next) => {
        settings = next
        if (running) await keeper.restart()
      },
    }),
    start: () => {
      if (running) return
      running = true
      stopTick = clock.after(tickMs, tick)
      void keeper.restart()
    },
    stop: async () => {
      running = false
      stopTick()
      await keeper.stop()
      senders.wipe()
    },
    wake: () => {
      hosts.askAgain()
      keeper.wake()
    },
  }
}
