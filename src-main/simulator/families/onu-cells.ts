import { premises, streets } from '../population/invented-names.ts'
import type { OltModel } from '../population/olt-model.ts'
import type { OnuModel } from '../population/onu-models.ts'
import { isOnline } from '../population/onu-readings.ts'
import { hash32 } from '../population/seeded-random.ts'
import { macOctets, type WallClock } from './cell-writers.ts'

/** Texts of an ONU, made when asked for: nothing is kept per ONU. */

export const wallClock = (olt: OltModel): WallClock => ({
  timeZoneMinutes: olt.timeZoneMinutes,
  skewS: olt.quirks.clockSkewS,
  octets: olt.quirks.dateAndTimeOctets,
})

export const modelOf = (olt: OltModel, onu: number): OnuModel =>
  olt.models[olt.onus.model[onu] as number] as OnuModel

/** Four letters of an EPON ONU's maker. */
export const bdcomVendor = (olt: OltModel, onu: number): string =>
  modelOf(olt, onu).vendor.startsWith('02BDC') ? 'BDCM' : 'CDAT'

export const customerCode = (olt: OltModel, onu: number): string =>
  `C${String(olt.onus.code[onu] as number).padStart(6, '0')}`

export const address = (olt: OltModel, onu: number): string => {
  const street = streets[olt.onus.street[onu] as number] ?? ''
  const house = `${street} No.${olt.onus.house[onu] as number}`
  const draw = hash32(olt.seed, onu, 37) % 40
  const premise = premises[draw]
  return premise ? `${premise}, ${house}` : house
}

export const countOnus = (olt: OltModel, pon: number): number => {
  let count = 0
  for (let onu = 0; onu < olt.onus.count; onu++) {
    if (olt.onus.pon[onu] === pon) count += olt.onus.present[onu] as number
  }
  return count
}

export const countOnline = (olt: OltModel, pon: number, nowMs: number): number => {
  let count = 0
  for (let onu = 0; onu < olt.onus.count; onu++) {
    if (olt.onus.pon[onu] !== pon || !olt.onus.present[onu]) continue
    if (isOnline(olt, onu, nowMs)) count++
  }
  return count
}

/** Of an EPON ONU its identity; a GPON one gets one of the locally administered kind. */
export const macOf = (olt: OltModel, onu: number): Uint8Array => {
  const [vendor, number] = [
    olt.onus.serialVendor[onu] as number,
    olt.onus.serialNumber[onu] as number,
  ]
  return macOctets(vendor < 2 ** 24 ? vendor : 0x020a00 | (number >>> 24), number)
}

/** A PON port is up while at least one of its ONUs is. */
export const isPonUp = (olt: OltModel, pon: number, nowMs: number): boolean => {
  for (let onu = 0; onu < olt.onus.count; onu++) {
    if (olt.onus.pon[onu] !== pon || !olt.onus.present[onu]) continue
    if (isOnline(olt, onu, nowMs)) return true
  }
  return false
}
