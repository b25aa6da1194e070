import type { PageScript } from './page.ts'

/** Intervals between the page's animation frames, ms. */
export interface FrameProbe {
  readonly start: () => void
  readonly stop: () => readonly number[]
}

const watchFrames = (): void => {
  if (Object.hasOwn(window, 'benchFrames') || window.location.protocol === 'data:') return
  let intervals: number[] = []
  let turn = 0
  const probe: FrameProbe = {
    start: () => {
      intervals = []
      const mine = ++turn
      let last: number | null = null
      const frame = (now: number): void => {
        if (mine !== turn) return
        if (last !== null) intervals.push(now - last)
        last = now
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    },
    stop: () => {
      turn++
      return intervals
    },
  }
  Object.assign(window, { benchFrames: probe })
}

export const frameProbe: PageScript = { run: watchFrames, argument: null }

declare global {
  interface Window {
    readonly benchFrames: FrameProbe
  }
}
