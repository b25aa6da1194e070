import type { Falls } from './clusters.ts'

/**
 * ONUs of one OLT that fell and are no part of an outage (yet): they wait for others for a while. In
 * columns, as a whole OLT may be among them.
 */
export interface LooseFalls {
  readonly count: () => number
  readonly add: (fall: {
    readonly row: number
    readonly address: number
    readonly at: number
    readonly clocked: boolean
    readonly gasp: boolean
    readonly seenAt: number
    /** Not before then: it may come back by itself. */
    readonly from: number
  }) => void
  /** Keeps those for which this holds. */
  readonly keep: (isKept: (row: number, seenAt: number) => boolean) => void
  /** Those that may be looked at, ascending by address. */
  readonly ripe: (oltId: string, at: number, isCapable: (row: number) => boolean) => Falls
}

export const createLooseFalls = (): LooseFalls => {
  let rows: number[] = []
  let addresses: number[] = []
  let times: number[] = []
  let flags: number[] = []
  let seen: number[] = []
  let froms: number[] = []
  return {
    count: () => rows.length,
    add: (fall) => {
      rows.push(fall.row)
      addresses.push(fall.address)
      times.push(fall.at)
      flags.push((fall.clocked ? 1 : 0) + (fall.gasp ? 2 : 0))
      seen.push(fall.seenAt)
      froms.push(fall.from)
    },
    keep: (isKept) => {
      const places: number[] = []
      rows.forEach((row, place) => {
        if (isKept(row, Math.max(seen[place]!, froms[place]!))) places.push(place)
      })
      if (places.length === rows.length) return
      const pick = (column: readonly number[]): number[] => places.map((place) => column[place]!)
      rows = pick(rows)
      addresses = pick(addresses)
      times = pick(times)
      flags = pick(flags)
      seen = pick(seen)
      froms = pick(froms)
    },
    ripe: (oltId, at, isCapable) => {
      const order: number[] = []
      for (let place = 0; place < rows.length; place++) if (froms[place]! <= at) order.push(place)
      order.sort((one, other) => addresses[one]! - addresses[other]!)
      return {
        oltId,
        addresses: Int32Array.from(order, (place) => addresses[place]!),
        rows: Int32Array.from(order, (place) => rows[place]!),
        at: Float64Array.from(order, (place) => times[place]!),
        clocked: Uint8Array.from(order, (place) => flags[place]! & 1),
        gasp: Uint8Array.from(order, (place) => flags[place]! >> 1),
        capable: Uint8Array.from(order, (place) => (isCapable(rows[place]!) ? 1 : 0)),
      }
    },
  }
}
