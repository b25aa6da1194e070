import { cause, type Cause, phase, phaseOfCause } from './down-causes.ts'
import { canGasp } from './gasps.ts'
import type { Interval, OltModel } from './olt-model.ts'
import { unit } from './seeded-random.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** Before it works again an ONU boots; during the last part the OLT sees it range. */
const rangingMs = 12_000
const daysLookedBack = 8

/** Time an ONU needs from light and power to service, 25 to 60 s unless the scenario says other. */
export const bootMs = (olt: OltModel, onu: number): number => {
  const [lowS, highS] = olt.scenario.population.onuBootS
  return lowS * 1000 + Math.floor(unit(olt.seed, onu, 31) * (highS - lowS) * 1000)
}

/** What is known while the spans of one ONU are looked at; reused, since this is the hot path. */
const now = {
  atMs: 0,
  activeStart: 0,
  activeEnd: 0,
  activeCause: cause.none as Cause,
  lastUp: 0,
  lastDown: 0,
  lastGasp: 0,
  lastCause: cause.none as Cause,
  disabled: false,
  nextChange: 0,
}

/**
 * Brings the state columns of an ONU up to a moment. A state is a function of the seed, the spans
 * and the time, so an ONU that nobody asks about costs nothing, and the same moment always gives the
 * same state. The outcome holds until the next start or end of a span.
 */
export const refreshLife = (olt: OltModel, onu: number, nowMs: number): void => {
  const onus = olt.onus
  if (nowMs >= (onus.validFromMs[onu] as number) && nowMs < (onus.validUntilMs[onu] as number)) {
    return
  }
  now.atMs = nowMs
  now.activeStart = Number.POSITIVE_INFINITY
  now.activeEnd = Number.NEGATIVE_INFINITY
  now.lastUp = onus.upSinceMs[onu] as number
  now.lastDown = Number.NaN
  now.lastGasp = Number.NaN
  now.lastCause = cause.none
  // switched off by the operator, whatever took it down first
  now.disabled = false
  now.nextChange = nowMs + dayMs

  for (const interval of olt.ownIntervals.get(onu) ?? []) considerInterval(interval)
  const pon = olt.pons[onus.pon[onu] as number]
  for (const cut of pon?.cuts ?? []) {
    if ((onus.distanceM[onu] as number) > cut.beyondM) considerInterval(cut)
  }
  considerFlapping(olt, onu)
  considerDailyOutages(olt, onu)

  const down = now.activeStart <= nowMs
  const lastCause = down ? now.activeCause : now.lastCause
  onus.cause[onu] = lastCause
  onus.phase[onu] = down ? downPhase(lastCause, now.activeEnd - nowMs) : phase.working
  onus.lastUpMs[onu] = down && now.lastUp >= now.activeStart ? upBefore(olt, onu) : now.lastUp
  onus.lastDownMs[onu] = down ? now.activeStart : now.lastDown
  if (down && (onus.upSinceMs[onu] as number) > nowMs) {
    // it has never been up where it is configured
    onus.lastUpMs[onu] = Number.NaN
    onus.lastDownMs[onu] = Number.NaN
  }
  onus.lastGaspMs[onu] = now.lastGasp
  onus.validFromMs[onu] = nowMs
  onus.validUntilMs[onu] = now.nextChange
}

/** An ONU that is down was up before: at the latest ten minutes earlier, at most a month. */
const upBefore = (olt: OltModel, onu: number): number =>
  now.activeStart - Math.floor((10 + 43_000 * unit(olt.seed, onu, 32)) * minuteMs)

const downPhase = (lastCause: Cause, remainingMs: number): number => {
  if (now.disabled) return phase.disabled
  if (remainingMs <= rangingMs) return phase.starting
  // switched on again, and booting
  return lastCause === cause.deactivated ? phase.offline : phaseOfCause(lastCause)
}

const considerInterval = ({ startMs, endMs, cause: why, liftedMs }: Interval): void => {
  consider(startMs, endMs, why)
  if (why !== cause.deactivated || startMs > now.atMs || endMs <= now.atMs) return
  if (liftedMs === undefined) now.disabled = true
  else if (liftedMs > now.atMs) {
    now.disabled = true
    now.nextChange = Math.min(now.nextChange, liftedMs)
  }
}

const consider = (start: number, end: number, why: Cause): void => {
  const at = now.atMs
  if (start > at) {
    if (start < now.nextChange) now.nextChange = start
    return
  }
  if (why === cause.dyingGasp && !(start <= now.lastGasp)) now.lastGasp = start
  if (end > at) {
    if (start < now.activeStart) {
      now.activeStart = start
      now.activeCause = why
    }
    if (end > now.activeEnd) now.activeEnd = end
    const change = end - rangingMs > at ? end - rangingMs : end
    if (change < now.nextChange) now.nextChange = change
    return
  }
  if (end > now.lastUp) now.lastUp = end
  if (!(start <= now.lastDown)) {
    now.lastDown = start
    now.lastCause = why
  }
}

/** Down once in every cycle, for 10 to 35 % of it. */
const considerFlapping = (olt: OltModel, onu: number): void => {
  const cycleMs = (olt.onus.flapMinutes[onu] as number) * minuteMs
  if (cycleMs === 0) return
  const offset = Math.floor(unit(olt.seed, onu, 41) * cycleMs)
  const cycle = Math.floor((now.atMs - offset) / cycleMs)
  const why = unit(olt.seed, onu, 42) < 0.7 ? cause.losi : cause.lofi
  for (let c = cycle - 1; c <= cycle + 1; c++) {
    const start = offset + c * cycleMs + Math.floor(unit(olt.seed, onu, 43, c) * 0.6 * cycleMs)
    const length = Math.floor((0.1 + 0.25 * unit(olt.seed, onu, 44, c)) * cycleMs)
    consider(start, start + length, why)
  }
}

/** A short outage of the house on some days, mostly power. Looked back for a few days. */
const considerDailyOutages = (olt: OltModel, onu: number): void => {
  const share = olt.scenario.population.dailyOutageShare
  const today = Math.floor(now.atMs / dayMs)
  const first = Math.max(today - daysLookedBack, Math.floor(olt.startMs / dayMs))
  for (let day = first; day <= today; day++) {
    if (unit(olt.seed, onu, 51, day) >= share) continue
    const start = day * dayMs + Math.floor(unit(olt.seed, onu, 52, day) * 22 * 60 * minuteMs)
    const length = Math.floor((4 + 70 * unit(olt.seed, onu, 53, day)) * minuteMs)
    const isPower = unit(olt.seed, onu, 54, day) < 0.8 && canGasp(olt, onu)
    const why = isPower ? cause.dyingGasp : cause.losi
    consider(start, start + length, why)
  }
  now.nextChange = Math.min(now.nextChange, (today + 1) * dayMs)
}
