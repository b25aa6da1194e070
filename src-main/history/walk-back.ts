import { decodeFrame } from './frame-codec.ts'
import { openGrid } from './grid-codec.ts'
import { groupSize, type ReadingsFile, type SpanHead } from './readings-file.ts'

/** One cycle of a lane, as a sample of it is met on the way back. */
export interface MetCycle {
  readonly cycle: number
  /** Wall ms. */
  readonly at: number
  /** Monotonic ms of the run. */
  readonly tick: number
  readonly partial: boolean
}

/**
 * Told of the samples of a slot, the newest first. NaN: a whole cycle had no value of it; cycles that
 * asked for others are left out. True: nothing older of this slot is wanted.
 */
export type TakeSample = (slot: number, value: number, mark: number, cycle: MetCycle) => boolean

export interface WalkBack {
  /** In order of time. */
  readonly files: readonly ReadingsFile[]
  readonly lane: number
  readonly metric: number
  /** Slots from here on are left out. */
  readonly slots: number
  /** Wall ms, both inclusive. */
  readonly from: number
  readonly to: number
}

/**
 * One metric of all series of a lane, from a moment back: each block is read once for its 64 series,
 * up to the moment alone, and only where something is still wanted.
 */
export const walkBack = (
  { files, lane, metric, slots, from, to }: WalkBack,
  take: TakeSample,
): void => {
  const open = new Uint8Array(slots).fill(1)
  let left = slots
  const give = (slot: number, value: number, mark: number, cycle: MetCycle): void => {
    if (cycle.partial && Number.isNaN(value)) return
    if (!take(slot, value, mark, cycle)) return
    open[slot] = 0
    left--
  }

  const throughFrames = (file: ReadingsFile): void => {
    const heads = file
      .frames(lane, metric)
      .filter(({ at }) => at >= from && at <= to)
      .toReversed()
    for (const head of heads) {
      if (left === 0) return
      const { values, marks } = decodeFrame(file.frameBytes(head.id))
      for (let slot = 0; slot < slots; slot++) {
        if (open[slot] === 0) continue
        // Behind its end stand series that came later.
        const value = slot < values.length ? values[slot]! : Number.NaN
        give(slot, value, marks?.[slot] ?? 0, head)
      }
    }
  }

  const throughSpan = (file: ReadingsFile, span: SpanHead): void => {
    const cycles: (MetCycle & { readonly column: number })[] = []
    for (let column = span.columns - 1; column >= 0; column--) {
      const at = span.at[column]!
      if (at < from || at > to) continue
      cycles.push({
        column,
        at,
        cycle: span.cycles[column]!,
        tick: span.ticks[column]!,
        partial: span.partial?.[column] === 1,
      })
    }
    const newest = cycles[0]
    if (newest === undefined) return
    const values = new Float64Array(span.columns)
    const marks = new Uint8Array(span.columns)
    for (let first = 0; first < slots; first += groupSize) {
      const end = Math.min(slots, first + groupSize)
      if (!open.subarray(first, end).includes(1)) continue
      const bytes = file.block(span, first / groupSize)
      // At once: all of its series are wanted, and each read of a strip costs more than its bytes.
      const grid = bytes === undefined ? null : openGrid(bytes.read(0, bytes.length))
      for (let slot = first; slot < end; slot++) {
        if (open[slot] === 0) continue
        if (grid === null || slot - first >= grid.rows) values.fill(Number.NaN)
        else grid.readRow(slot - first, values, marks, newest.column + 1)
        for (const cycle of cycles) {
          give(slot, values[cycle.column]!, marks[cycle.column]!, cycle)
          if (open[slot] === 0) break
        }
      }
    }
  }

  for (const file of files.toReversed()) {
    file.atOnce(() => {
      throughFrames(file)
      for (const span of file.spans(lane, metric, from, to).toReversed()) {
        if (left > 0) throughSpan(file, span)
      }
    })
  }
}

/** When cycles of a metric were, ascending wall ms; `whole` leaves those out that asked for some. */
export const cycleTimes = (
  files: readonly ReadingsFile[],
  lane: number,
  metric: number,
  range: { readonly from: number; readonly to: number },
  which: 'all' | 'whole',
): Float64Array => {
  const times: number[] = []
  const note = (at: number, partial: boolean): void => {
    if (at >= range.from && at <= range.to && !(partial && which === 'whole')) times.push(at)
  }
  for (const file of files) {
    for (const { at, partial } of file.spans(lane, metric, range.from, range.to)) {
      at.forEach((time, column) => note(time, partial?.[column] === 1))
    }
    for (const { at, partial } of file.frames(lane, metric)) note(at, partial)
  }
  return Float64Array.from(new Set(times)).sort()
}
