import type { SignalClass } from '../../src-shared/domain/optics.ts'

/**
 * The step on the one perceptual scale from good (0) to beyond the limit (5), by the margin in dB
 * to the weakest specified level; the colours are `--nc-level-0` … `--nc-level-5` in tokens.css.
 */
export const signalLevel = (marginDb: number): 0 | 1 | 2 | 3 | 4 | 5 => {
  if (marginDb < 0) return 5
  if (marginDb < 2) return 4
  if (marginDb < 4) return 3
  if (marginDb < 6) return 2
  return marginDb < 9 ? 1 : 0
}

/** The CSS colour of one ONU's light, for cells, dots and canvases (there: through computed style). */
export const signalColour = (signal: SignalClass, marginDb: number | null): string => {
  if (signal === 'too-strong') return 'var(--nc-level-too-strong)'
  if (signal === 'none' || signal === 'invalid' || marginDb === null || Number.isNaN(marginDb)) {
    return 'var(--nc-level-none)'
  }
  return `var(--nc-level-${signalLevel(marginDb)})`
}
