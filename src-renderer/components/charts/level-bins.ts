import {
  classifySignal,
  possibleDbm,
  signalClasses,
  type ReceiveRange,
  type SignalClass,
} from '../../../src-shared/domain/optics.ts'

/** A histogram of receive levels whose bins never straddle a limit. */
export interface LevelBin {
  /** dBm; the bin holds fromDbm <= level < toDbm. */
  readonly fromDbm: number
  readonly toDbm: number
  readonly count: number
  readonly signal: SignalClass
}

export interface LevelHistogram {
  readonly bins: readonly LevelBin[]
  /** How many levels are of each class; `none`: not read, `invalid`: impossible, in no bin. */
  readonly classes: Readonly<Record<SignalClass, number>>
}

export const mostBins = 60
const fineDb = 0.5
const coarseDb = 1
/** Levels between bins of this many dB beyond the limits are worth showing even when empty. */
const roomDb = 1

/** `levelsDbm`: null is "no value". Limits are whole dBm, and so are the edges of coarse bins. */
export const binLevels = (
  levelsDbm: readonly (number | null)[],
  range: ReceiveRange,
): LevelHistogram => {
  const classes = Object.fromEntries(signalClasses.map((name) => [name, 0])) as Record<
    SignalClass,
    number
  >
  const usable: number[] = []
  for (const level of levelsDbm) {
    const signal = classifySignal(level ?? Number.NaN, range)
    classes[signal]++
    if (level !== null && signal !== 'none' && signal !== 'invalid') usable.push(level)
  }
  if (usable.length === 0) return { bins: [], classes }
  const lowest = usable.reduce((low, level) => Math.min(low, level), range.minDbm)
  const highest = usable.reduce((high, level) => Math.max(high, level), lowest)
  const from = Math.max(possibleDbm.min, Math.floor(lowest) - roomDb)
  const to = Math.min(possibleDbm.max, Math.floor(highest) + 1) + roomDb
  const step = (to - from) / fineDb <= mostBins ? fineDb : coarseDb
  const counts = Array.from({ length: Math.min(mostBins, Math.ceil((to - from) / step)) }, () => 0)
  for (const level of usable) {
    const place = Math.min(counts.length - 1, Math.floor((level - from) / step))
    counts[place] = (counts[place] ?? 0) + 1
  }
  const bins = counts.map((count, place) => {
    const fromDbm = from + place * step
    // The strongest level allowed is itself still allowed: a bin is judged by its middle.
    const signal = classifySignal(fromDbm + step / 2, range)
    return { fromDbm, toDbm: fromDbm + step, count, signal }
  })
  return { bins, classes }
}
