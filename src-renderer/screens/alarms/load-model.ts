/** EEMUA 191: under one alarm in ten minutes can be borne; more than ten is a flood (facts/noc.md E1). */
export const aimPerTenMinutes = 1
export const floodPerTenMinutes = 10

export interface LoadBar {
  /** Wall ms of its begin. */
  readonly at: number
  readonly count: number
  readonly flood: boolean
}

export const loadBars = (at: Float64Array, told: Float64Array): readonly LoadBar[] =>
  Array.from(at, (begin, index) => {
    const count = told[index] ?? 0
    return { at: begin, count, flood: count > floodPerTenMinutes }
  })

/** The scale always has room for the flood line, so that a calm day looks calm. */
export const loadScale = (told: Float64Array): number =>
  Math.max(floodPerTenMinutes + 2, ...told) * 1.05
