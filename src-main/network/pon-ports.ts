import type { PonPort } from '../../src-shared/contract/network-model.ts'
import {
  packOnuAddress,
  ponOf,
  unpackOnuAddress,
  type PonAddress,
} from '../../src-shared/domain/onu-address.ts'
import { possibleDbm } from '../../src-shared/domain/optics.ts'
import type { OltPonPort } from '../olt/poller/olt-port.ts'
import { currentState, fromCenti, lowerBound, type LiveOlt, type LiveState } from './live-state.ts'
import { countOnus } from './onu-counts.ts'
import { stateCode } from './rules.ts'

/** The rows of one PON: addresses are sorted, so they stand together. */
export const rowsOfPon = (olt: LiveOlt, pon: PonAddress): Int32Array => {
  const first = packOnuAddress({ ...pon, onuId: 0 })
  return olt.rows.subarray(
    lowerBound(olt.addresses, first),
    lowerBound(olt.addresses, first + 1024),
  )
}

export interface Levels {
  readonly average: number | null
  readonly worst: number | null
}

/** Of the ONUs that are online; impossible readings are left out. */
export const levelsOf = (
  live: LiveState,
  olt: LiveOlt,
  rows: Int32Array,
  column: Int16Array,
): Levels => {
  let sum = 0
  let count = 0
  let worst = Infinity
  for (const row of rows) {
    const dbm = fromCenti(column[row]!)
    if (!(dbm >= possibleDbm.min && dbm <= possibleDbm.max)) continue
    if (currentState(live.table, olt, row) !== stateCode.online) continue
    // The mean of what the eye compares: dBm, not milliwatts, in which one strong ONU hides all.
    sum += dbm
    count++
    if (dbm < worst) worst = dbm
  }
  return count === 0
    ? { average: null, worst: null }
    : { average: Math.round((sum / count) * 100) / 100, worst }
}

/** Ports that the OLT named, and those on which ONUs stand. */
export const ponPortsOf = (
  live: LiveState,
  olt: LiveOlt,
  named: readonly OltPonPort[],
): PonPort[] => {
  const ports = new Map<number, PonAddress & { readonly read: OltPonPort | null }>()
  for (const read of named) ports.set(packOnuAddress({ ...read, onuId: 0 }), { ...read, read })
  for (const address of olt.addresses) {
    const pon = ponOf(address)
    if (!ports.has(pon)) ports.set(pon, { ...unpackOnuAddress(pon), read: null })
  }
  return [...ports]
    .toSorted(([a], [b]) => a - b)
    .map(([, { shelf, slot, port, read }]) => {
      const rows = rowsOfPon(olt, { shelf, slot, port })
      const onuRx = levelsOf(live, olt, rows, live.table.onuRx)
      const oltRx = levelsOf(live, olt, rows, live.table.oltRx)
      return {
        shelf,
        slot,
        port,
        name: read?.name ?? null,
        description: read?.description ?? null,
        state: read?.state ?? 'unknown',
        capacity: read?.capacity ?? null,
        counts: countOnus(live.table, olt, rows),
        averageOnuRxDbm: onuRx.average,
        worstOnuRxDbm: onuRx.worst,
        averageOltRxDbm: oltRx.average,
        worstOltRxDbm: oltRx.worst,
        txDbm: read?.txDbm ?? null,
        temperatureC: read?.temperatureC ?? null,
        voltageV: read?.voltageV ?? null,
        biasMa: read?.biasMa ?? null,
      }
    })
}
