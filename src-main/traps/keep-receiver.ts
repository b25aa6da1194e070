import type { TrapSettings } from '../../src-shared/contract/traps.ts'
import type { Problem } from '../../src-shared/contract/common.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { TrapNews } from '../olt/traps/gather-news.ts'
import { createTrapReceiver, type TrapReceiver } from '../olt/traps/trap-receiver.ts'
import type { KnownSenders } from './known-senders.ts'
import { bootedOnce, type EngineIdentity } from './tables.ts'

export interface ReceiverState {
  /** Null: it does not listen. Its counts stay after it ended, until the next one starts. */
  readonly listening: { readonly address: string; readonly port: number } | null
  readonly problem: Problem | null
  /** Wall ms; null: none has started. */
  readonly startedAt: number | null
  readonly receiver: TrapReceiver | null
  readonly engineId: Buffer
}

/** Keeps a receiver listening as the settings say: starts it anew, and again while it cannot be. */
export interface ReceiverKeeper {
  readonly state: () => ReceiverState
  /** Ends the receiver that runs and starts one as the settings are now. Never rejects. */
  readonly restart: () => Promise<void>
  /** The machine has slept: what could not be had is tried at once, and the engine boots anew. */
  readonly wake: () => void
  readonly stop: () => Promise<void>
}

/** A port that is taken may be free again. */
const retryMs = 60_000

export const createReceiverKeeper = (deps: {
  readonly clock: Clock
  readonly settings: () => TrapSettings
  readonly addresses: readonly string[] | undefined
  readonly senders: KnownSenders
  readonly storedEngine: EngineIdentity
  /** Writes the engine down before it is used: RFC 3414 wants its boots never to go back. */
  readonly storeEngine: (engine: EngineIdentity) => void
  readonly onTrap: (news: TrapNews) => void
  readonly onChange: () => void
  readonly log: {
    info(event: string, details?: object): void
    warn(event: string, details?: object): void
    error(event: string, details?: object): void
  }
}): ReceiverKeeper => {
  const { clock, senders, log } = deps
  let engine = deps.storedEngine
  /** Monotonic ms of the engine's last boot; null: it has not booted yet. */
  let bootedAt: number | null = null
  let receiver: TrapReceiver | null = null
  let listening: ReceiverState['listening'] = null
  let problem: Problem | null = null
  let startedAt: number | null = null
  let stopRetry = (): void => undefined
  let stopped = false
  let turn: Promise<void> = Promise.resolve()

  const boot = (): void => {
    const next = bootedOnce(engine)
    deps.storeEngine(next)
    engine = next
    bootedAt = clock.monotonic()
  }

  const end = async (): Promise<void> => {
    stopRetry()
    stopRetry = () => undefined
    listening = null
    await receiver?.stop()
  }

  const begin = async (): Promise<void> => {
    const { enabled, port, onlyKnownCommunities } = deps.settings()
    problem = null
    if (!enabled || stopped) return
    try {
      if (bootedAt === null) boot()
      senders.refresh(onlyKnownCommunities)
      const opened = createTrapReceiver({
        access: { ...senders.allowed(), engine: { ...engine, sinceMs: bootedAt ?? 0 } },
        sourcesOf: senders.sourcesOf,
        clock,
        port,
        ...(deps.addresses === undefined ? {} : { addresses: deps.addresses }),
      })
      opened.onTrap(deps.onTrap)
      try {
        listening = await opened.start()
      } catch (error) {
        await opened.stop()
        throw error
      }
      receiver = opened
      startedAt = clock.now()
      log.info('traps are received', listening)
    } catch (error) {
      const known = isNocturneError(error)
      problem = known
        ? { code: error.code, params: { ...error.params } }
        : { code: 'internal', params: {} }
      if (known) log.warn('traps cannot be received', { code: error.code, port })
      else log.error('the receiver of traps could not start', { error })
      stopRetry = clock.after(retryMs, () => void restart())
    }
  }

  const restart = (): Promise<void> => {
    turn = turn.then(async () => {
      await end()
      await begin()
      deps.onChange()
    })
    return turn
  }

  return {
    state: () => ({ listening, problem, startedAt, receiver, engineId: engine.id }),
    restart,
    wake: () => {
      turn = turn.then(() => {
        if (stopped) return
        // Our clock stood still: a sender that went on counting would find us out of its time.
        if (listening !== null && receiver !== null) {
          try {
            boot()
            receiver.boot({ ...engine, sinceMs: bootedAt ?? 0 })
          } catch (error) {
            log.error('the boot of the SNMPv3 engine could not be written', { error })
          }
        } else if (problem !== null) {
          void restart()
        }
      })
    },
    stop: async () => {
      stopped = true
      turn = turn.then(end)
      await turn
    },
  }
}
