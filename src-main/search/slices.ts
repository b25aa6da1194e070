import type { Clock } from '../engine/clock.ts'

/**
 * Work in slices: each piece is a generator that yields every few microseconds, and the loop belongs
 * to others after some ms. A piece that is added again while it waits is done once.
 */
export interface Slices {
  readonly add: (name: string, piece: () => Generator<void>) => void
  readonly waiting: () => number
  readonly start: () => void
  readonly stop: () => void
}

const sliceMs = 6
const pauseMs = 6
/** Steps in a slice, also where the clock stands still. */
const mostSteps = 200

export const createSlices = (clock: Clock, onError: (error: unknown) => void): Slices => {
  const pieces = new Map<string, () => Generator<void>>()
  let current: Generator<void> | null = null
  let cancel: (() => void) | null = null
  let running = false

  const next = (): Generator<void> | null => {
    const [first] = pieces
    if (first === undefined) return null
    pieces.delete(first[0])
    return first[1]()
  }

  const slice = (): void => {
    cancel = null
    const until = clock.monotonic() + sliceMs
    for (let step = 0; step < mostSteps && clock.monotonic() < until; step++) {
      current ??= next()
      if (current === null) return
      try {
        if (current.next().done === true) current = null
      } catch (error) {
        current = null
        onError(error)
      }
    }
    plan()
  }

  const plan = (): void => {
    if (running && cancel === null) cancel = clock.after(pauseMs, slice)
  }

  return {
    add: (name, piece) => {
      pieces.set(name, piece)
      plan()
    },
    waiting: () => pieces.size + (current === null ? 0 : 1),
    start: () => {
      running = true
      if (pieces.size > 0) plan()
    },
    stop: () => {
      running = false
      cancel?.()
      cancel = null
    },
  }
}
