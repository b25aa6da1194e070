import type { Clock } from '../../engine/clock.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import type { ConditionSink } from '../condition.ts'
import type { RuleBook } from '../rule-book.ts'
import { createConditionTeller } from './condition-teller.ts'
import type { LightMedians } from './light-medians.ts'
import { createOnuMemory } from './onu-memory.ts'
import { watchBoards } from './watch-boards.ts'
import { watchConsole, type ConsoleFacts } from './watch-console.ts'
import { watchDistance } from './watch-distance.ts'
import { watchFlaps } from './watch-flaps.ts'
import { watchIdentity } from './watch-identity.ts'
import { watchLight } from './watch-light.ts'
import { watchOltConfigs } from './watch-olt-configs.ts'
import { watchOlts } from './watch-olts.ts'
import { watchPons } from './watch-pons.ts'
import { watchTraffic } from './watch-traffic.ts'
import type { WatchContext, Watcher } from './watcher.ts'

export interface WatchedNetwork {
  readonly clock: Clock
  readonly facts: NetworkFacts
  readonly rules: RuleBook
  readonly sink: ConditionSink
  readonly medians: LightMedians
  readonly console: ConsoleFacts
  /** A detector that throws is a bug of its own, and keeps no other one from its work. */
  readonly onInternalError: (error: unknown) => void
}

/** Ages and the console itself are looked at so often. */
const tickMs = 15_000

/**
 * Lets all detectors look at the network. To be called when what was known last has been put back
 * and before anything is read; the returned function ends it. A state that a walk tells of is judged
 * with the end of that walk.
 */
export const watchNetwork = (network: WatchedNetwork): (() => void) => {
  const { clock, facts, rules, sink } = network
  const teller = createConditionTeller(sink)
  const context: WatchContext = { facts, rules, teller }
  const memory = createOnuMemory(facts.onus)
  // In order of cause: what stands above is told before what hangs on it.
  const watchers: readonly Watcher[] = [
    watchOlts(context, clock),
    watchBoards(context),
    watchPons(context),
    watchFlaps(context),
    watchIdentity(context),
    watchDistance(context),
    watchLight(context, network.medians),
    watchTraffic(context),
    watchConsole(context, network.console),
    watchOltConfigs(context, network.console.oltConfigs ?? (() => [])),
  ]
  const present = new Set<string>()
  let stopTick = (): void => undefined

  const each = (call: (watcher: Watcher) => void): void => {
    for (const watcher of watchers) {
      try {
        call(watcher)
      } catch (error) {
        network.onInternalError(error)
      }
    }
  }

  const lookForOlts = (): void => {
    const olts = facts.olts()
    const now = new Set(olts.map(({ id }) => id))
    for (const oltId of present) {
      if (now.has(oltId)) continue
      present.delete(oltId)
      teller.end(oltId, clock.now())
      each((watcher) => watcher.end?.(oltId))
    }
    for (const olt of olts) {
      if (present.has(olt.id)) continue
      present.add(olt.id)
      memory.seed(olt)
      each((watcher) => watcher.seed?.(olt))
    }
  }

  const tick = (): void => {
    stopTick = clock.after(tickMs, tick)
    const at = clock.now()
    each((watcher) => watcher.tick?.(at))
  }

  lookForOlts()
  const stopListening = facts.listen({
    olts: lookForOlts,
    onuStates: (olt, changes) => {
      const moves = memory.take(olt, changes)
      each((watcher) => watcher.moved?.(olt, changes, moves))
    },
    cycle: (olt, cycle) => {
      if (cycle.group === 'status') {
        const columns = memory.columns(olt, cycle.at)
        each((watcher) => watcher.status?.(olt, cycle, columns))
      }
      each((watcher) => watcher.cycle?.(olt, cycle))
    },
    reachability: (olt, before, at) => each((watcher) => watcher.reachability?.(olt, before, at)),
    restarted: (olt, at) => each((watcher) => watcher.restarted?.(olt, at)),
    chassis: (olt, at) => each((watcher) => watcher.chassis?.(olt, at)),
    gone: (olt, rows, addresses) => {
      teller.gone(olt.id, addresses, clock.now())
      each((watcher) => watcher.gone?.(olt, rows, addresses))
      memory.gone(rows)
    },
  })
  stopTick = clock.after(tickMs, tick)

  return () => {
    stopTick()
    stopListening()
  }
}
