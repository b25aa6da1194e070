import { ponOf } from '../../src-shared/domain/onu-address.ts'
import type { Cycle } from '../history/cycle.ts'
import type { Clock } from '../engine/clock.ts'
import { createHistoryChanges } from './history-changes.ts'
import { stateCode } from './rules.ts'

/** What a simulated plant says of the time before the start (simulator/plant-past.ts). */
export interface SimulatedPast {
  readonly addresses: Int32Array
  readonly serials: readonly string[]
  readonly counterBits: 32 | 64
  readonly moments: readonly {
    readonly at: number
    readonly states: Uint8Array
    readonly causes: Uint8Array
    readonly onuRxDbm: Float64Array
    readonly oltRxDbm: Float64Array
    readonly upBytes: Float64Array
    readonly downBytes: Float64Array
  }[]
}

export interface PastOlt {
  readonly oltId: string
  readonly name: string
  /** Its light is read by itself. */
  readonly light: boolean
}

export interface PastOptions {
  /** Those that are there. */
  readonly olts: () => readonly PastOlt[]
  readonly past: {
    readonly days: number
    readonly of: (oltName: string, times: readonly number[]) => Promise<SimulatedPast>
  }
  readonly append: (cycle: Cycle) => Promise<void>
  /** When the past ends and the readings begin. */
  readonly until: { readonly at: number; readonly monotonic: number }
  readonly signal: AbortSignal
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** Finer the nearer, and few: it is made while somebody looks around. */
const spans = [
  { fromMs: 2 * hourMs, stepMs: 5 * minuteMs },
  { fromMs: dayMs, stepMs: 20 * minuteMs },
  { fromMs: 7 * dayMs, stepMs: 3 * hourMs },
  { fromMs: 60 * dayMs, stepMs: 12 * hourMs },
] as const
/** Moments asked for at a time: some milliseconds of the plant's thread. */
const perRequest = 8
const longestWaitMs = 60_000

/**
 * What goes into the history of a simulated workspace before its readings: once the first round is
 * over (or a minute has passed), so that the first screen does not wait for it.
 */
export const pastBefore =
  (deps: {
    readonly clock: Clock
    readonly olts: PastOptions['olts']
    readonly past: PastOptions['past']
    readonly onFirstRound: (listener: () => void) => void
  }) =>
  async (append: PastOptions['append'], signal: AbortSignal): Promise<void> => {
    const { clock, olts, past } = deps
    const until = { at: clock.now(), monotonic: clock.monotonic() }
    await new Promise<void>((resolve) => {
      const callOff = clock.after(longestWaitMs, resolve)
      const go = (): void => {
        callOff()
        resolve()
      }
      deps.onFirstRound(go)
      signal.addEventListener('abort', go, { once: true })
    })
    await keepPast({ olts, past, append, until, signal })
  }

/** Ascending, ending one step before the given time. */
export const pastTimes = (until: number, days: number): number[] => {
  const times: number[] = []
  let end = until
  for (const { fromMs, stepMs } of spans) {
    for (let at = end - stepMs; at >= until - fromMs; at -= stepMs) times.push(at)
    end = until - fromMs
  }
  return times.filter((at) => at >= until - days * dayMs).toReversed()
}

/**
 * Fills the history of a simulated workspace with what its plant would have said before the start,
 * so that charts of a demo have something to show. Never used on a workspace of one's own.
 */
export const keepPast = async (options: PastOptions): Promise<void> => {
  const { olts, past, append, until, signal } = options
  const { days } = past
  const times = pastTimes(until.at, days)
  const before = new Map<string, Uint8Array>()
  for (let first = 0; first < times.length; first += perRequest) {
    const some = times.slice(first, first + perRequest)
    for (const olt of olts()) {
      if (signal.aborted) return
      const told = await past.of(olt.name, some)
      for (const moment of told.moments) {
        const stamp = { at: moment.at, monotonic: until.monotonic - (until.at - moment.at) }
        for (const cycle of cyclesOf(olt, told, moment, before)) {
          if (signal.aborted) return
          await append({ ...cycle, ...stamp })
        }
      }
    }
  }
}

const cyclesOf = (
  { oltId, light }: PastOlt,
  { addresses, serials, counterBits }: SimulatedPast,
  moment: SimulatedPast['moments'][number],
  before: Map<string, Uint8Array>,
): Omit<Cycle, 'at' | 'monotonic'>[] => {
  const { at, states, causes, onuRxDbm, oltRxDbm, upBytes, downBytes } = moment
  const known = before.get(oltId)
  before.set(oltId, states)
  const changes = createHistoryChanges()
  const online = new Map<number, number>()
  for (let index = 0; index < addresses.length; index++) {
    const address = addresses[index]!
    const code = states[index]!
    const pon = ponOf(address)
    online.set(pon, (online.get(pon) ?? 0) + (code === stateCode.online ? 1 : 0))
    if (known === undefined || known[index] === code) continue
    changes.add({ at, address, kind: 'onu-state', code, detail: causes[index]! })
  }
  const ports = Int32Array.from(online.keys()).sort()
  const counts = Float64Array.from(ports, (pon) => online.get(pon) ?? 0)
  const events = changes.take()
  return [
    {
      oltId,
      kind: 'onu',
      addresses,
      columns: {
        state: states,
        upBytes,
        downBytes,
        ...(light ? { onuRxDbm, oltRxDbm } : {}),
      },
      counterBits,
      ...(known === undefined ? { serials } : {}),
      ...(events === undefined ? {} : { events }),
    },
    { oltId, kind: 'pon', addresses: ports, columns: { ponOnlineOnus: counts } },
    {
      oltId,
      kind: 'olt',
      addresses: Int32Array.of(0),
      columns: { oltOnlineOnus: Float64Array.of(counts.reduce((sum, count) => sum + count, 0)) },
    },
  ]
}
