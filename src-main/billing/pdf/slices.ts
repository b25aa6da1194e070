/** Work that is long gives way every few milliseconds, so that nothing else waits for it. */
export interface Slices {
  /** Null: go on; else to be awaited. */
  readonly pause: () => Promise<void> | null
}

/** The engine's loop is held no longer than this and one step of the work. */
const sliceMs = 8

export const createSlices = (deps: {
  readonly monotonic: () => number
  readonly nextTurn: () => Promise<void>
}): Slices => {
  let since = deps.monotonic()
  return {
    pause: () => {
      if (deps.monotonic() - since < sliceMs) return null
      return deps.nextTurn().then(() => {
        since = deps.monotonic()
      })
    },
  }
}
