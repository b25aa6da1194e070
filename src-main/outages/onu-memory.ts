/**
 * What is remembered of every ONU for the sake of verdicts, by live row and in columns: whether it was
 * up before, how far away, how its light was, how often it fell. About 40 octets an ONU.
 */
export interface OnuMemory {
  readonly known: Uint8Array
  /** Metres while it was up last; NaN: never told. */
  readonly distanceM: Float32Array
  /** dBm while it was up last, and a slow mean of it; NaN: none. */
  readonly rxDbm: Float32Array
  readonly usualRxDbm: Float32Array
  /** Falls, fading within hours, and when the last one was. */
  readonly falls: Float32Array
  readonly fellAt: Float64Array
  /** Number of the outage that it is part of; 0: none. */
  readonly outage: Int32Array
}

export const knownUp = 1
export const knownDown = 2
/** Switched off, refused or gone: neither up nor an outage. */
export const knownAside = 3

/**
 * Whether an ONU that is up bears witness that its fibre and power held: one that was down in the
 * meantime, by the OLT's own record, does not.
 */
export const heldThrough = (lastDownAt: number, aheadMs: number, since: number): boolean =>
  !(lastDownAt - aheadMs >= since)

export interface OnuMemories {
  readonly columns: () => OnuMemory
  /** Room up to and with this row; columns must be taken after this. */
  readonly reserve: (row: number) => void
  readonly forget: (row: number) => void
  readonly noteFall: (row: number, at: number) => void
  /** Falls within about the last hour. */
  readonly fallsAt: (row: number, at: number) => number
  readonly noteLight: (row: number, dbm: number) => void
}

const growBy = 8_192
const hourMs = 3_600_000
/** A new reading moves the usual level by this share. */
const lightShare = 0.1

const emptyMemory = (length: number): OnuMemory => ({
  known: new Uint8Array(length),
  distanceM: new Float32Array(length).fill(Number.NaN),
  rxDbm: new Float32Array(length).fill(Number.NaN),
  usualRxDbm: new Float32Array(length).fill(Number.NaN),
  falls: new Float32Array(length),
  fellAt: new Float64Array(length).fill(Number.NEGATIVE_INFINITY),
  outage: new Int32Array(length),
})

export const createOnuMemories = (): OnuMemories => {
  let memory = emptyMemory(0)

  const fallsAt = (row: number, at: number): number =>
    memory.falls[row]! * 0.5 ** (Math.max(0, at - memory.fellAt[row]!) / hourMs)

  return {
    columns: () => memory,
    reserve: (row) => {
      if (row < memory.known.length) return
      const grown = emptyMemory((Math.floor(row / growBy) + 1) * growBy)
      grown.known.set(memory.known)
      grown.distanceM.set(memory.distanceM)
      grown.rxDbm.set(memory.rxDbm)
      grown.usualRxDbm.set(memory.usualRxDbm)
      grown.falls.set(memory.falls)
      grown.fellAt.set(memory.fellAt)
      grown.outage.set(memory.outage)
      memory = grown
    },
    forget: (row) => {
      if (row >= memory.known.length) return
      memory.known[row] = 0
      memory.distanceM[row] = Number.NaN
      memory.rxDbm[row] = Number.NaN
      memory.usualRxDbm[row] = Number.NaN
      memory.falls[row] = 0
      memory.fellAt[row] = Number.NEGATIVE_INFINITY
      memory.outage[row] = 0
    },
    noteFall: (row, at) => {
      memory.falls[row] = fallsAt(row, at) + 1
      memory.fellAt[row] = at
    },
    fallsAt,
    noteLight: (row, dbm) => {
      if (Number.isNaN(dbm)) return
      const usual = memory.usualRxDbm[row]!
      memory.rxDbm[row] = dbm
      memory.usualRxDbm[row] = Number.isNaN(usual) ? dbm : usual + lightShare * (dbm - usual)
    },
  }
}
