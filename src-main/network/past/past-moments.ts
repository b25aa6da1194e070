import { NocturneError } from '../../../src-shared/errors.ts'
import type { PastMoment, TellPast } from './past-moment.ts'

/** Past moments that are ready or being put together; a few, as each takes what the live state takes. */
export interface PastMoments {
  /**
   * Shared by all who ask for the same moment; it is given up when none of them wants it any more.
   * Errors: those of building it, and `cancelled` of one's own signal.
   */
  readonly get: (at: number, signal: AbortSignal, tell?: TellPast) => Promise<PastMoment>
  readonly stop: () => void
}

interface Entry {
  readonly made: Promise<PastMoment>
  readonly controller: AbortController
  readonly tellers: Set<TellPast>
  waiting: number
  ready: boolean
  progress: readonly [number, number] | null
}

/** About 25 MB each at 100,000 ONUs. */
const mostReady = 2

export const createPastMoments = (
  build: (at: number, signal: AbortSignal, tell: TellPast) => Promise<PastMoment>,
): PastMoments => {
  /** Longest unused first. */
  const entries = new Map<number, Entry>()
  /** One at a time: two would only be twice as late. */
  let last: Promise<unknown> = Promise.resolve()

  const forget = (at: number, entry: Entry): void => {
    if (entries.get(at) === entry) entries.delete(at)
  }

  const begin = (at: number): Entry => {
    const controller = new AbortController()
    const tellers = new Set<TellPast>()
    const run = async (): Promise<PastMoment> => {
      if (controller.signal.aborted) throw new NocturneError('cancelled')
      return await build(at, controller.signal, (done, total) => {
        entry.progress = [done, total]
        for (const tell of tellers) tell(done, total)
      })
    }
    const made = last.then(run, run)
    const entry: Entry = {
      made,
      controller,
      tellers,
      waiting: 0,
      ready: false,
      progress: null,
    }
    last = made.catch(() => undefined)
    made.then(
      () => {
        entry.ready = true
        evict()
      },
      () => forget(at, entry),
    )
    return entry
  }

  const evict = (): void => {
    const ready = [...entries].filter(([, entry]) => entry.ready)
    for (const [at] of ready.slice(0, Math.max(0, ready.length - mostReady))) entries.delete(at)
  }

  return {
    get: async (at, signal, tell) => {
      if (signal.aborted) throw new NocturneError('cancelled')
      const entry = entries.get(at) ?? begin(at)
      entries.delete(at)
      entries.set(at, entry)
      if (entry.ready) return await entry.made
      entry.waiting++
      if (tell !== undefined) {
        entry.tellers.add(tell)
        if (entry.progress !== null) tell(...entry.progress)
      }
      let giveUp = (): void => undefined
      const given = new Promise<never>((_, reject) => {
        giveUp = () => reject(new NocturneError('cancelled'))
        signal.addEventListener('abort', giveUp, { once: true })
      })
      try {
        return await Promise.race([entry.made, given])
      } finally {
        signal.removeEventListener('abort', giveUp)
        entry.waiting--
        if (tell !== undefined) entry.tellers.delete(tell)
        if (entry.waiting === 0 && !entry.ready) {
          entry.controller.abort()
          forget(at, entry)
        }
      }
    },
    stop: () => {
      for (const { controller } of entries.values()) controller.abort()
      entries.clear()
    },
  }
}
