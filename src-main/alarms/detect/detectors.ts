import type { Clock } from '../../engine/clock.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { LightLookup } from '../../engine/capability-ports.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { ConditionSink } from '../condition.ts'
import type { RuleBook } from '../rule-book.ts'
import { createToldWithin } from '../told-within.ts'
import { createRuleCommands, type RuleCommand } from './commands.ts'
import { createLightLookup } from './degradation.ts'
import { createRuleKeeper } from './keep-rules.ts'
import { createLightMedians } from './light-medians.ts'
import { createPreview } from './preview/preview-rule.ts'
import type { ReadPast } from './preview/replay-olt.ts'
import { createRuleQueries, type RuleQuery } from './queries.ts'
import { createRuleReads } from './tables.ts'
import type { ConsoleFacts } from './watch-console.ts'
import { watchNetwork } from './watch-network.ts'

/** The part of the alarms capability that looks: rules, detectors, guide, usual light. */
export interface Detectors {
  readonly queries: QueryHandlers<RuleQuery | 'alarms.previewRule'>
  readonly commands: CommandHandlers<RuleCommand>
  /** For the book. */
  readonly rules: RuleBook
  readonly light: LightLookup
  /**
   * Begins to look and to tell the sink; after the network has put back what it knew last, and
   * before it reads. Once.
   */
  start(sink: ConditionSink): void
  stop(): void
}

export interface DetectorsDependencies {
  readonly clock: Clock
  readonly reader: StoreReader
  readonly facts: NetworkFacts
  /** The history: asked in its own thread. Rejects with 'history-unavailable'. */
  readonly readPast: ReadPast
  /** Why and since when (wall ms) the history keeps nothing; null: all is well. */
  readonly historyProblem: () => { readonly code: string; readonly at: number } | null
  /** A plant of simulated OLTs: nobody needs a backup of it. */
  readonly simulated: boolean
  readonly oltConfigs?: NonNullable<ConsoleFacts['oltConfigs']>
  /** Null: an account that is gone. */
  readonly nameOfAccount: (id: string) => string | null
  /** Whom alarms of an ONU are assigned to. `address`: packed. */
  readonly peopleOfOnu: (oltId: string, address: number) => readonly string[]
  readonly log: { error(event: string, details?: object): void }
}

export const createDetectors = (deps: DetectorsDependencies): Detectors => {
  const { clock, facts } = deps
  const reads = createRuleReads(deps.reader)
  const rules = createRuleKeeper(reads)
  const medians = createLightMedians({
    clock,
    olts: facts.olts,
    read: (request) => deps.readPast((worker) => worker.readMedians(request)),
  })
  let stopWatching = (): void => undefined
  let stopMedians = (): void => undefined

  return {
    queries: {
      ...createRuleQueries({
        now: clock.now,
        facts,
        reads,
        rules,
        medians,
        nameOfAccount: deps.nameOfAccount,
        toldWithin: createToldWithin(deps.reader),
        peopleOfOnu: deps.peopleOfOnu,
      }),
      ...createPreview({ now: clock.now, facts, rules, medians, read: deps.readPast }),
    },
    commands: createRuleCommands({ now: clock.now, facts, changed: rules.readAnew }),
    rules,
    light: createLightLookup(facts, medians),
    start: (sink) => {
      stopWatching = watchNetwork({
        clock,
        facts,
        rules,
        sink,
        medians,
        console: {
          historyProblem: deps.historyProblem,
          ...(deps.oltConfigs === undefined ? {} : { oltConfigs: deps.oltConfigs }),
          backup: () => {
            if (deps.simulated) return null
            return {
              lastAt: reads.lastBackupAt(),
              promisedDays: reads.backupPromisedDays(),
              createdAt: reads.createdAt() ?? clock.now(),
            }
          },
        },
        onInternalError: (error) => deps.log.error('a detector failed unexpectedly', { error }),
      })
      stopMedians = medians.start()
    },
    stop: () => {
      stopWatching()
      stopMedians()
    },
  }
}
