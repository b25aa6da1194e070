import { currentState, fromCenti, type LiveOlt, type LiveState } from './live-state.ts'
import { causeClassCode } from './rules.ts'

/** One cell per ONU of an OLT, by address: what the heat strip draws. */
export const stripOf = (live: LiveState, olt: LiveOlt) => {
  const { table } = live
  const count = olt.rows.length
  const states = new Uint8Array(count)
  const signals = new Uint8Array(count)
  const marginsDb = new Float64Array(count)
  const causes = new Uint8Array(count)
  const onuRxDbm = new Float64Array(count)
  const oltRxDbm = new Float64Array(count)
  const distancesM = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const row = olt.rows[index]!
    states[index] = currentState(table, olt, row)
    signals[index] = table.signal[row]!
    marginsDb[index] = fromCenti(table.margin[row]!)
    causes[index] = causeClassCode[table.cause[row]!]!
    onuRxDbm[index] = fromCenti(table.onuRx[row]!)
    oltRxDbm[index] = fromCenti(table.oltRx[row]!)
    distancesM[index] = table.distance[row]! < 0 ? Number.NaN : table.distance[row]!
  }
  // Copies: a view into a shared buffer would send the whole buffer (facts/performance.md 3.3).
  return {
    rows: olt.rows.slice(),
    addresses: olt.addresses.slice(),
    states,
    signals,
    marginsDb,
    causes,
    onuRxDbm,
    oltRxDbm,
    distancesM,
  }
}
