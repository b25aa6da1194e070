import { ponOf } from '../../../src-shared/domain/onu-address.ts'
import type { OltFacts, OnuFacts } from '../../engine/network-facts.ts'
import { isImpossibleDbm, medianOf } from './level-rules.ts'
import type { LightMedians } from './light-medians.ts'
import { stateAt } from './onu-rules.ts'

/** The directions of light, in the order in which columns carry them. */
export const directions = ['onu-rx', 'olt-rx'] as const

export type Direction = (typeof directions)[number]

export const dbmOf = (onus: OnuFacts, row: number, direction: number): number =>
  direction === 0 ? onus.onuRxDbm(row) : onus.oltRxDbm(row)

/** By place within the OLT, dB; NaN: not known. Good until the next measurement. */
export interface LightDrops {
  /** Below its own median; of ONUs that are online. */
  readonly own: Float64Array
  /** The middle drop of its PON; NaN: nobody to compare with. */
  readonly siblings: Float64Array
}

/** With fewer readings on a PON there is nobody to compare with. */
const leastSiblings = 3

/** How far the light of all ONUs of an OLT lies below their medians; no object per ONU. */
export const createDropMeter = (
  onus: OnuFacts,
  medians: LightMedians,
): ((olt: OltFacts, direction: number) => LightDrops) => {
  let own: Float64Array = new Float64Array(0)
  let siblings: Float64Array = new Float64Array(0)
  let scratch: Float64Array = new Float64Array(0)

  return (olt, direction) => {
    const { rows, addresses } = olt
    if (own.length < rows.length) {
      own = new Float64Array(rows.length)
      siblings = new Float64Array(rows.length)
      scratch = new Float64Array(rows.length)
    }
    const median = medians.aligned(olt, direction)
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!
      const value = onus.state(row) === stateAt.online ? dbmOf(onus, row, direction) : Number.NaN
      const isKnown = median !== null && !isImpossibleDbm(value)
      own[place] = isKnown ? median[place]! - value : Number.NaN
    }
    for (let from = 0; from < rows.length;) {
      let to = from + 1
      while (to < rows.length && ponOf(addresses[to]!) === ponOf(addresses[from]!)) to++
      let count = 0
      for (let place = from; place < to; place++) {
        if (!Number.isNaN(own[place]!)) scratch[count++] = own[place]!
      }
      // With itself in it: among several ONUs one does not move the middle.
      siblings.fill(count < leastSiblings ? Number.NaN : medianOf(scratch, count), from, to)
      from = to
    }
    return { own, siblings }
  }
}
