import { premises, type OnuModel, streets } from '../population/invented-names.ts'
import type { OltModel } from '../population/olt-model.ts'
import { isOnline } from '../population/onu-readings.ts'
import { hash32 } from '../population/seeded-random.ts'
import type { WallClock } from './cell-writers.ts'

/** Texts of an ONU, made when asked for: nothing is kept per ONU. */

export const wallClock = (olt: OltModel): WallClock => ({
  timeZoneMinutes: olt.timeZoneMinutes,
  skewS: olt.quirks.clockSkewS,
  octets: olt.quirks.dateAndTimeOctets,
})

export const modelOf = (olt: OltModel, onu: number): OnuModel =>
  olt.models[olt.onus.model[onu] as number] as OnuModel

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

/** A PON port is up while at least one of its ONUs is. */
export const isPonUp = (olt: OltModel, pon: number, nowMs: number): boolean => {
  for (let onu = 0; onu < olt.onus.count; onu++) {
    if (olt.onus.pon[onu] !== pon || !olt.onus.present[onu]) continue
    if (isOnline(olt, onu, nowMs)) return true
  }
  return false
}
