import { onuStateFilters, type OnuFilter } from '../../src-shared/contract/network-model.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { signalClasses } from '../../src-shared/domain/optics.ts'
import { lowerBound, type LiveOlt, type LiveState } from './live-state.ts'
import {
  causeClassCode,
  causeClassOptical,
  causeClassPower,
  searchWords,
  stateCode,
} from './rules.ts'

/**
 * Which rows a filter takes. `signals` looks at ONUs that are online, as the dashboard's counters
 * do: the last light of an ONU that is off says nothing about its light now.
 */

/** Each state filter is a bit, so that a row is tried against all of them at once. */
const stateBit = (filter: OnuFilter['states'][number]): number =>
  1 << onuStateFilters.indexOf(filter)

const offlineBits: Readonly<Record<number, number>> = {
  [causeClassPower]: stateBit('offline-power'),
  [causeClassOptical]: stateBit('offline-optical'),
}
const offlineOther = stateBit('offline-other')
const stateBits: Readonly<Record<number, number>> = {
  [stateCode.online]: stateBit('online'),
  [stateCode.disabled]: stateBit('disabled'),
  [stateCode.starting]: stateBit('starting'),
  [stateCode.authFailed]: stateBit('auth-failed'),
}
const unknown = stateBit('unknown')

const bitOf = (state: number, cause: number): number =>
  state === stateCode.offline
    ? (offlineBits[causeClassCode[cause]!] ?? offlineOther)
    : (stateBits[state] ?? unknown)

/** OLTs in the order in which their ONUs are listed, with the lower-cased name that is searched. */
export interface ListedOlt {
  readonly olt: LiveOlt
  readonly name: string
}

/** Matching rows in base order: OLT by OLT, by address. */
export const filterRows = (
  live: LiveState,
  listed: readonly ListedOlt[],
  filter: OnuFilter,
  /** Rows that are known to hold every match, in base order; null: all. */
  within: Int32Array | null,
): Int32Array => {
  const { table } = live
  const wanted = filter.oltIds.length === 0 ? null : new Set(filter.oltIds)
  const chosen = listed.filter(({ olt }) => !olt.hidden && (wanted === null || wanted.has(olt.id)))
  let most = 0
  for (const { olt } of chosen) most += olt.rows.length
  const result = new Int32Array(within === null ? most : within.length)
  const states = filter.states.reduce((bits, name) => bits | stateBit(name), 0)
  const signals = filter.signals.reduce(
    (bits, name) => bits | (1 << signalClasses.indexOf(name)),
    0,
  )
  const words = searchWords(filter.search)
  const { state, cause, outage, signal, duplicate, search } = table
  let found = 0

  const scan = (
    olt: LiveOlt,
    rows: Int32Array,
    from: number,
    to: number,
    left: readonly string[],
  ) => {
    const [word1, word2, ...more] = left
    for (let index = from; index < to; index++) {
      const row = rows[index]!
      if (states !== 0 || signals !== 0) {
        const now = outage[row] === olt.outage ? state[row]! : stateCode.unknown
        if (states !== 0 && (bitOf(now, cause[row]!) & states) === 0) continue
        if (signals !== 0 && (now !== stateCode.online || ((1 << signal[row]!) & signals) === 0)) {
          continue
        }
      }
      if (filter.duplicateSerial && duplicate[row] !== 1) continue
      if (word1 !== undefined) {
        const text = search[row]!
        if (!text.includes(word1)) continue
        if (word2 !== undefined && !text.includes(word2)) continue
        if (more.length > 0 && !more.every((word) => text.includes(word))) continue
      }
      result[found++] = row
    }
  }

  let place = 0
  for (const { olt, name } of chosen) {
    // A word that the OLT's own name holds is found in all of its ONUs.
    const left = words.filter((word) => !name.includes(word))
    const rows = within ?? olt.rows
    let from = 0
    let to = rows.length
    if (within !== null) {
      from = place
      while (place < within.length && table.oltIndex[within[place]!] === olt.index) place++
      to = place
    } else if (filter.pon !== null && wanted !== null && wanted.size === 1) {
      from = lowerBound(olt.addresses, packOnuAddress({ ...filter.pon, onuId: 0 }))
      to = lowerBound(olt.addresses, packOnuAddress({ ...filter.pon, onuId: 1023 }) + 1)
    }
    scan(olt, rows, from, to, left)
  }
  // A small result must not keep a large buffer.
  return found < result.length / 2 ? result.slice(0, found) : result.subarray(0, found)
}
