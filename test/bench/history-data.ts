import { seededRandom } from '../support/seeded-random.ts'

/**
 * One day and more of a network, the same from the same seed: states that seldom change, light with
 * small noise around a slow drift, octet counters whose gains have a heavy tail (log-normal, so
 * that most of their digits are noise no codec can take away).
 */
export interface HistoryData {
  readonly addresses: Int32Array
  readonly serials: readonly string[]
  /** The columns of the next cycle. The arrays are filled anew by the next call. */
  readonly next: () => HistoryColumns
}

export interface HistoryColumns {
  readonly state: Uint8Array
  readonly onuRxDbm: Float64Array
  readonly oltRxDbm: Float64Array
  readonly upBytes: Float64Array
  readonly downBytes: Float64Array
}

export const historyMetrics = ['state', 'onuRxDbm', 'oltRxDbm', 'upBytes', 'downBytes'] as const

const onusPerPon = 64
const noiseDb = 0.07
const spread = 1.6
const medianUp = 3e6
const medianDown = 3e7

export const createHistoryData = (onus: number, seed: number): HistoryData => {
  const random = seededRandom(seed)
  /** Box and Muller; one of the two is enough. */
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const addresses = Int32Array.from(
    { length: onus },
    (_, index) => 65_536 * 4 + Math.floor(index / onusPerPon) * 1024 + (index % onusPerPon) + 1,
  )
  const serials = Array.from(addresses, (_, index) => `BNCH${index.toString(16).padStart(8, '0')}`)
  const base = Float64Array.from(addresses, () => -21 + normal() * 3)
  const oltBase = Float64Array.from(base, (dbm) => dbm - 2 + normal())
  const busy = Float64Array.from(addresses, () => Math.exp(normal() * 0.7))
  const downUntil = new Int32Array(onus)
  const columns: HistoryColumns = {
    state: new Uint8Array(onus),
    onuRxDbm: new Float64Array(onus),
    oltRxDbm: new Float64Array(onus),
    upBytes: Float64Array.from(addresses, () => Math.floor(random() * 1e11)),
    downBytes: Float64Array.from(addresses, () => Math.floor(random() * 1e12)),
  }
  let cycle = 0
  return {
    addresses,
    serials,
    next: () => {
      for (let index = 0; index < onus; index++) {
        if (random() < 0.0005) downUntil[index] = cycle + 1 + Math.floor(random() * 12)
        columns.state[index] = cycle < downUntil[index]! ? 2 : 1
        base[index]! += normal() * 0.002
        columns.onuRxDbm[index] = Math.round((base[index]! + normal() * noiseDb) * 100) / 100
        columns.oltRxDbm[index] = Math.round((oltBase[index]! + normal() * noiseDb) * 100) / 100
        columns.upBytes[index]! += Math.floor(medianUp * busy[index]! * Math.exp(normal() * spread))
        columns.downBytes[index]! += Math.floor(
          medianDown * busy[index]! * Math.exp(normal() * spread),
        )
      }
      cycle++
      return columns
    },
  }
}
