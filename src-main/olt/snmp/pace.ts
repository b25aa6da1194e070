import { createRequestGate, type GateFigures, type RequestGate } from './request-gate.ts'

/**
 * How many rows one GETBULK may ask of an OLT. One object per OLT, kept from walk to walk: what an
 * OLT could not take once is not asked of it again at once (facts/performance.md 1.2).
 */
export interface WalkPace {
  /** Rows to ask for now; never 0, which hangs some agents. */
  readonly maxRepetitions: () => number
  readonly onCleanAnswer: () => void
  /** The OLT fell silent, answered garbage or said tooBig when asked for `rows` rows. */
  readonly onTrouble: (rows: number) => void
  /** To be given to every session with this OLT. */
  readonly gate: RequestGate
  /** For the OLT's page. */
  readonly figures: () => PaceFigures
}

export interface PaceFigures extends GateFigures {
  readonly maxRepetitions: number
  /** What it may grow to now; below `limit` after trouble. */
  readonly ceiling: number
  readonly limit: number
  readonly troubles: number
}

export interface WalkPaceOptions {
  readonly start?: number
  /** 20 unless a probe of this model has shown that it takes more; 48 at most. */
  readonly limit?: number
  readonly gate?: RequestGate
}

const cleanAnswersToDouble = 3
/** After so many clean answers a lowered ceiling is tried one step higher. */
const cleanAnswersToForgive = 64

export const createWalkPace = (options: WalkPaceOptions = {}): WalkPace => {
  const limit = Math.min(48, Math.max(1, options.limit ?? 20))
  let ceiling = limit
  let current = Math.min(ceiling, Math.max(1, options.start ?? 10))
  let clean = 0
  let troubles = 0
  const gate = options.gate ?? createRequestGate()
  let cleanSinceTrouble = 0

  return {
    gate,
    figures: () => ({ ...gate.figures(), maxRepetitions: current, ceiling, limit, troubles }),
    maxRepetitions: () => current,
    onCleanAnswer: () => {
      cleanSinceTrouble++
      if (ceiling < limit && cleanSinceTrouble >= cleanAnswersToForgive) {
        ceiling = Math.min(limit, ceiling * 2)
        cleanSinceTrouble = 0
      }
      if (current < ceiling && ++clean >= cleanAnswersToDouble) {
        current = Math.min(ceiling, current * 2)
        clean = 0
      }
    },
    onTrouble: (rows) => {
      troubles++
      current = Math.max(1, Math.floor(Math.min(rows, current) / 2))
      ceiling = current
      clean = 0
      cleanSinceTrouble = 0
    },
  }
}
