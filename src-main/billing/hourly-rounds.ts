import type { BillingDependencies } from './ports.ts'

/** Goes through something at start, each hour, after a sleep and when asked. */
export interface HourlyRounds<Round> {
  start(): void
  /** Goes through everything. Ends when it has; while one runs, another one waits for it. */
  run(signal?: AbortSignal): Promise<Round>
  wake(): void
  stop(): void
}

const everyMs = 3_600_000

/**
 * One round after the other: the second sees what the first did. `goThrough` asks `isOver` after each
 * wait: from then on nothing of the store is touched.
 */
export const createHourlyRounds = <Round>(
  deps: Pick<BillingDependencies, 'clock' | 'log'> & {
    readonly goThrough: (isWhole: boolean, isOver: () => boolean) => Promise<Round>
    /** The first round by itself goes through everything, too. */
    readonly wholeAtStart: boolean
    /** What the log says when a round broke. */
    readonly broke: string
  },
): HourlyRounds<Round> => {
  const { clock, log } = deps
  let stopTimer: (() => void) | null = null
  let isStarted = false
  let isStopped = false
  let isFirst = deps.wholeAtStart
  let going = 0
  let last: Promise<unknown> = Promise.resolve()

  const go = (isWhole: boolean, signal?: AbortSignal): Promise<Round> => {
    going += 1
    const mine = last
      .then(() => deps.goThrough(isWhole, () => isStopped || signal?.aborted === true))
      .finally(() => {
        going -= 1
      })
    last = mine.catch(() => undefined)
    return mine
  }

  const byItself = (): void => {
    stopTimer?.()
    if (!isStarted || isStopped) return
    stopTimer = clock.after(everyMs, byItself)
    if (going > 0) return
    const isWhole = isFirst
    isFirst = false
    go(isWhole).catch((error: unknown) => log.error(deps.broke, { error }))
  }

  return {
    start: () => {
      isStarted = true
      byItself()
    },
    run: (signal) => go(true, signal),
    wake: byItself,
    stop: () => {
      isStopped = true
      stopTimer?.()
      stopTimer = null
    },
  }
}
