/** Takes one value of a column. Everything handed over is reused afterwards: read it, keep nothing. */
export type TakeVarbind = (
  arcs: Float64Array,
  arcCount: number,
  tag: number,
  buffer: Buffer,
  start: number,
  end: number,
) => void

/** Rows of a column that somebody wants. */
export interface Wish {
  readonly oid: string
  /** Index arcs that the rows start with; undefined for all rows. */
  readonly within: readonly number[] | undefined
  readonly take: TakeVarbind
}

/** A column to ask the OLT for, once, and all that want it. */
export interface SharedColumn<One extends Wish> extends Omit<Wish, 'take'> {
  readonly wishes: readonly One[]
}

/** A column that was read to its end. */
export interface HeardColumn extends Omit<Wish, 'take'> {
  /** The agent gave up at it with an error of its own. */
  readonly failed: boolean
  /** Null: nobody was to want it again. */
  readonly tape: Tape | null
}

/** Whether all rows of `inner` are among those of `outer`. */
export const covers = (
  outer: readonly number[] | undefined,
  inner: readonly number[] | undefined,
): boolean => (outer ?? []).every((arc, at) => inner?.[at] === arc)

/** Each column once: an OLT pays for every value, however many fields are decoded from it. */
export const shareColumns = <One extends Wish>(
  wishes: readonly One[],
): readonly SharedColumn<One>[] => {
  const columns: { oid: string; within: readonly number[] | undefined; wishes: One[] }[] = []
  // The widest first, so that the others find it.
  for (const wish of wishes.toSorted((left, right) => widthOf(left) - widthOf(right))) {
    const { oid, within } = wish
    const known = columns.find((column) => column.oid === oid && covers(column.within, within))
    if (known === undefined) columns.push({ oid, within, wishes: [wish] })
    else known.wishes.push(wish)
  }
  return columns
}

const widthOf = ({ within }: Wish): number => within?.length ?? 0

/** Gives each value to all that want it; `also` gets every value. */
export const fanOut = (
  { within, wishes }: SharedColumn<Wish>,
  also: TakeVarbind | null,
): TakeVarbind => {
  const takes = wishes.map((wish) =>
    widthOf(wish) === (within?.length ?? 0) ? wish.take : onlyWithin(wish),
  )
  return (also === null ? takes : [...takes, also]).reduce(
    (first, second) => (arcs, arcCount, tag, buffer, start, end) => {
      first(arcs, arcCount, tag, buffer, start, end)
      second(arcs, arcCount, tag, buffer, start, end)
    },
  )
}

/** Passes over the rows that were read for somebody else. */
export const onlyWithin = ({ within, take }: Wish): TakeVarbind => {
  if (within === undefined) return take
  return (arcs, arcCount, tag, buffer, start, end) => {
    if (arcCount < within.length) return
    for (let at = 0; at < within.length; at++) if (arcs[at] !== within[at]) return
    take(arcs, arcCount, tag, buffer, start, end)
  }
}

export interface Tape {
  readonly take: TakeVarbind
  /** Gives what was taken once more, in the same order. */
  readonly play: (take: TakeVarbind) => void
}

/** Keeps a column's values for a field that may turn to it when its first choice has none. */
export const createTape = (): Tape => {
  /** Of each row: how many arcs, tag, octets of value. */
  const heads: number[] = []
  let arcs = new Float64Array(256)
  let arcEnd = 0
  let values = Buffer.alloc(1024)
  let valueEnd = 0
  return {
    take: (rowArcs, arcCount, tag, buffer, start, end) => {
      if (arcEnd + arcCount > arcs.length) {
        const wider = new Float64Array(Math.max(arcEnd + arcCount, arcs.length * 2))
        wider.set(arcs)
        arcs = wider
      }
      if (valueEnd + end - start > values.length) {
        const wider = Buffer.alloc(Math.max(valueEnd + end - start, values.length * 2))
        values.copy(wider)
        values = wider
      }
      for (let at = 0; at < arcCount; at++) arcs[arcEnd++] = rowArcs[at] as number
      valueEnd += buffer.copy(values, valueEnd, start, end)
      heads.push(arcCount, tag, end - start)
    },
    play: (take) => {
      let [arc, value] = [0, 0]
      for (let at = 0; at < heads.length; at += 3) {
        const [arcCount = 0, tag = 0, octets = 0] = heads.slice(at, at + 3)
        take(arcs.subarray(arc, arc + arcCount), arcCount, tag, values, value, value + octets)
        arc += arcCount
        value += octets
      }
    },
  }
}
