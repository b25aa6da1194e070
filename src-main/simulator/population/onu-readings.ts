import { phase } from './down-causes.ts'
import type { OltModel, PonPort } from './olt-model.ts'
import { refreshLife } from './onu-life.ts'
import { unit } from './seeded-random.ts'
import { trafficSeconds } from './traffic.ts'

/** What the instruments of an ONU and its OLT would measure at a moment. Units in the names. */

const hourMs = 3_600_000
const noiseMs = 300_000

export const isOnline = (olt: OltModel, onu: number, nowMs: number): boolean => {
  refreshLife(olt, onu, nowMs)
  return olt.onus.phase[onu] === phase.working
}

/** Slow drift of ±0.2 dB over hours and a little noise every five minutes. */
const driftDb = (olt: OltModel, onu: number, nowMs: number, what: number): number => {
  const period = (6 + 34 * unit(olt.seed, onu, 61)) * hourMs
  const wave = Math.sin((2 * Math.PI * nowMs) / period + 6.283 * unit(olt.seed, onu, 62))
  const noise = unit(olt.seed, onu, what, Math.floor(nowMs / noiseMs)) - 0.5
  return 0.2 * wave + 0.12 * noise
}

const extraLossDb = (olt: OltModel, onu: number, nowMs: number): number => {
  const pon = olt.pons[olt.onus.pon[onu] as number] as PonPort
  let loss = 0
  for (const extra of pon.extraLosses) {
    if (nowMs < extra.startMs || nowMs >= extra.endMs) continue
    loss += extra.lowDb + (extra.highDb - extra.lowDb) * unit(olt.seed, onu, 63)
  }
  return loss
}

/** Weaker than this no GPON receiver reports. */
const floorDbm = -34

export const onuRxDbm = (olt: OltModel, onu: number, nowMs: number): number =>
  Math.max(
    floorDbm,
    (olt.onus.rxDbm[onu] as number) + driftDb(olt, onu, nowMs, 64) - extraLossDb(olt, onu, nowMs),
  )

export const oltRxDbm = (olt: OltModel, onu: number, nowMs: number): number =>
  Math.max(
    floorDbm,
    (olt.onus.oltRxDbm[onu] as number) +
      driftDb(olt, onu, nowMs, 65) -
      extraLossDb(olt, onu, nowMs),
  )

export const onuTxDbm = (olt: OltModel, onu: number, nowMs: number): number =>
  (olt.onus.txDbm[onu] as number) + 0.2 * driftDb(olt, onu, nowMs, 66)

/** Warm by day, warmer indoors: 36 to 58 °C. */
export const onuTemperatureC = (olt: OltModel, onu: number, nowMs: number): number => {
  const day = Math.sin(
    (2 * Math.PI * (nowMs + olt.timeZoneMinutes * 60_000 - 9 * hourMs)) / (24 * hourMs),
  )
  return 46 + 9 * (unit(olt.seed, onu, 67) - 0.5) * 2 + 3 * day + driftDb(olt, onu, nowMs, 68)
}

export const onuBiasMa = (olt: OltModel, onu: number, nowMs: number): number =>
  11 + 7 * unit(olt.seed, onu, 69) + 0.12 * (onuTemperatureC(olt, onu, nowMs) - 46)

export const onuVoltageV = (olt: OltModel, onu: number, nowMs: number): number =>
  3.27 + 0.09 * (unit(olt.seed, onu, 70) - 0.5) + 0.02 * driftDb(olt, onu, nowMs, 71)

/**
 * Octets since the ONU last registered: counters start again at every registration and stand still
 * while it is down.
 */
export const onuOctets = (olt: OltModel, onu: number, nowMs: number, up: boolean): number => {
  refreshLife(olt, onu, nowMs)
  const onus = olt.onus
  const since = onus.lastUpMs[onu] as number
  const working = onus.phase[onu] === phase.working
  const until = working ? nowMs : Math.max(since, onus.lastDownMs[onu] as number)
  const rate = (onus.downRate[onu] as number) * (up ? (onus.upShare[onu] as number) : 1)
  return Math.floor(rate * secondsBetween(olt, onu, since, until))
}

const secondsBetween = (olt: OltModel, key: number, fromMs: number, toMs: number): number => {
  const zone = olt.timeZoneMinutes * 60_000
  const ripple = 6.283 * unit(olt.seed, key, 72)
  return Math.max(0, trafficSeconds(toMs + zone, ripple) - trafficSeconds(fromMs + zone, ripple))
}

/** Octets of a whole port since the chassis started, from a mean rate in octets per second. */
export const portOctets = (olt: OltModel, key: number, rate: number, nowMs: number): number =>
  Math.floor(rate * secondsBetween(olt, 100_000 + key, olt.bootedAtMs, nowMs))
