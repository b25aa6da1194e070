import type { OnuCounts } from '../../src-shared/contract/network-model.ts'
import type { LiveOlt } from './live-state.ts'
import type { OnuTable } from './onu-table.ts'
import {
  causeClassCode,
  causeClassOptical,
  causeClassPower,
  signalCode,
  stateCode,
} from './rules.ts'

export type Counts = { -readonly [Key in keyof OnuCounts]: number }

export const emptyCounts = (): Counts => ({
  total: 0,
  online: 0,
  offlinePower: 0,
  offlineOptical: 0,
  offlineOther: 0,
  disabled: 0,
  starting: 0,
  authFailed: 0,
  unknown: 0,
  signalWarning: 0,
  signalCritical: 0,
  signalTooStrong: 0,
  unconfigured: 0,
})

export const addCounts = (sum: Counts, more: Counts): void => {
  for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += more[key]
}

/** Counts some rows of one OLT in one pass; `unconfigured` is not known here. */
export const countOnus = (table: OnuTable, olt: LiveOlt, rows: Int32Array): Counts => {
  const counts = emptyCounts()
  const { state, cause, outage, signal } = table
  counts.total = rows.length
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    const now = outage[row] === olt.outage ? state[row]! : stateCode.unknown
    switch (now) {
      case stateCode.online: {
        counts.online++
        const level = signal[row]!
        if (level === signalCode.warning) counts.signalWarning++
        else if (level === signalCode.critical) counts.signalCritical++
        else if (level === signalCode.tooStrong) counts.signalTooStrong++
        break
      }
      case stateCode.offline: {
        const kind = causeClassCode[cause[row]!]
        if (kind === causeClassPower) counts.offlinePower++
        else if (kind === causeClassOptical) counts.offlineOptical++
        else counts.offlineOther++
        break
      }
      case stateCode.disabled:
        counts.disabled++
        break
      case stateCode.starting:
        counts.starting++
        break
      case stateCode.authFailed:
        counts.authFailed++
        break
      default:
        counts.unknown++
    }
  }
  return counts
}
