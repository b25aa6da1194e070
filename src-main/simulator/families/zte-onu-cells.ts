import { cause, phase } from '../population/down-causes.ts'
import { isDisabled } from '../population/provision.ts'
import { descriptionOf, nameOf, typeOf } from '../population/olt-config.ts'
import type { OltModel } from '../population/olt-model.ts'
import { refreshLife } from '../population/onu-life.ts'
import {
  isOnline,
  oltRxDbm,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../population/onu-readings.ts'
import { unit } from '../population/seeded-random.ts'
import type { ValueWriter } from '../snmp/mib-view.ts'
import { integer, serialText, text, writeDateAndTime, writeSerial } from './cell-writers.ts'
import { modelOf, wallClock } from './onu-cells.ts'

/** What a ZTE of any generation tells of an ONU. Source: facts/olt.md 2.3. */

const noOnuPower = 65_535
const noOltPower = -80_000

/** The 1012 numbers; the 1082 tree counts one higher. Disabled ONUs show as offline. */
const phases: Readonly<Record<number, number>> = {
  [phase.los]: 1,
  [phase.working]: 3,
  [phase.dyingGasp]: 4,
  [phase.authFailed]: 5,
  [phase.offline]: 6,
  [phase.disabled]: 6,
}

const reasons: Readonly<Record<number, number>> = {
  [cause.none]: 1,
  [cause.los]: 2,
  [cause.losi]: 3,
  [cause.lofi]: 4,
  [cause.authFailed]: 8,
  [cause.dyingGasp]: 9,
  [cause.deactivated]: 10,
  [cause.rebooted]: 12,
}

/** 0.002 dB steps from -30 dBm, two's complement in 16 bits below it; 65535 stays free for "none". */
export const encodePower = (dbm: number): number => {
  const steps = Math.round((dbm + 30) / 0.002)
  return steps >= 0 ? steps : Math.min(65_534, 65_536 + steps)
}

/** One writer per value; the trees differ only in where they put it. */
export const zteOnuCells = (olt: OltModel) => {
  const onus = olt.onus
  const clock = wallClock(olt)
  const phaseNumber = (onu: number, nowMs: number): number => {
    refreshLife(olt, onu, nowMs)
    const value = onus.phase[onu] as number
    // a ranging ONU is seen either logging in or exchanging its MIB
    if (value === phase.starting) return unit(olt.seed, onu, 97) < 0.5 ? 0 : 2
    return phases[value] ?? 6
  }
  const time =
    (column: () => Float64Array): ValueWriter =>
    (writer, onu, nowMs) => {
      refreshLife(olt, onu, nowMs)
      writeDateAndTime(writer, column()[onu] as number, clock)
    }
  const power = (read: typeof onuRxDbm): ValueWriter =>
    integer((onu, nowMs) =>
      isOnline(olt, onu, nowMs) ? encodePower(read(olt, onu, nowMs)) : noOnuPower,
    )
  const scaled = (read: typeof onuRxDbm, perUnit: number): ValueWriter =>
    integer((onu, nowMs) =>
      isOnline(olt, onu, nowMs) ? Math.round(read(olt, onu, nowMs) * perUnit) : noOnuPower,
    )
  const metres = (onu: number, nowMs: number): number =>
    isOnline(olt, onu, nowMs) ? (onus.distanceM[onu] as number) : 0
  const serialOf = (onu: number): string =>
    serialText(onus.serialVendor[onu] as number, onus.serialNumber[onu] as number)
  return {
    type: text((onu) => typeOf(olt, onu)),
    name: text((onu) => nameOf(olt, onu)),
    description: text((onu) => descriptionOf(olt, onu)),
    serial: ((writer, onu) =>
      writeSerial(
        writer,
        onus.serialVendor[onu] as number,
        onus.serialNumber[onu] as number,
      )) as ValueWriter,
    serialText: text((onu) => olt.quirks.serialTextPrefix + serialOf(onu)),
    vendor: text((onu) => modelOf(olt, onu).vendor),
    software: text((onu) => modelOf(olt, onu).software),
    equipment: text((onu) => modelOf(olt, onu).equipment),
    admin: integer((onu, nowMs) => (isDisabled(olt, onu, nowMs) ? 2 : 1)),
    phase: integer(phaseNumber),
    phaseInNewTree: integer((onu, nowMs) => phaseNumber(onu, nowMs) + 1),
    lastOnline: time(() => onus.lastUpMs),
    lastOffline: time(() => onus.lastDownMs),
    reason: integer((onu, nowMs) => {
      refreshLife(olt, onu, nowMs)
      return reasons[onus.cause[onu] as number] ?? 1
    }),
    distance: integer(metres),
    // fitted to the recording: 250199 at 1235 m, 247232 at 1473 m
    equalisation: integer((onu, nowMs) => Math.round(265_595 - 12.466 * metres(onu, nowMs))),
    onuRx: power(onuRxDbm),
    onuTx: power(onuTxDbm),
    voltage: scaled(onuVoltageV, 50),
    temperature: scaled(onuTemperatureC, 256),
    oltRx: integer((onu, nowMs) =>
      isOnline(olt, onu, nowMs) ? Math.round(oltRxDbm(olt, onu, nowMs) * 1000) : noOltPower,
    ),
  }
}

/** Item is onu × 8 + port. 65535 while the ONU is not there to ask. */
export const uniLink = (olt: OltModel, item: number, nowMs: number): number => {
  const onu = item >> 3
  if (!isOnline(olt, onu, nowMs)) return noOnuPower
  const p = item & 7
  return unit(olt.seed, onu, 39, p) < (p === 0 ? 0.95 : 0.25) ? 1 : 2
}
