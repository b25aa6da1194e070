import { cause, phase } from '../population/down-causes.ts'
import { type OltModel, type PonPort, presentOnus } from '../population/olt-model.ts'
import { refreshLife } from '../population/onu-life.ts'
import {
  isOnline,
  oltRxDbm,
  onuOctets,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../population/onu-readings.ts'
import { unit } from '../population/seeded-random.ts'
import type { Column, ValueWriter } from '../snmp/mib-view.ts'
import { RowSet } from '../snmp/row-set.ts'
import {
  constant,
  counter,
  integer,
  serialText,
  text,
  writeDateAndTime,
  writeSerial,
} from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { address, customerCode, modelOf, wallClock } from './onu-cells.ts'
import { zteChassis } from './zte-chassis.ts'
import { newTreeIndex, ponTreeIndex } from './zte-index.ts'

/** Source: facts/olt.md 2.2 and 2.3. */

const enterprise = '1.3.6.1.4.1.3902'
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

export const zteC300 = (olt: OltModel): FamilyView => {
  const onus = olt.onus
  const bits = olt.quirks.counterBits
  const pon = (p: number): PonPort => olt.pons[p] as PonPort
  const a = (p: number): number => ponTreeIndex(pon(p))
  const b = (p: number): number => newTreeIndex(pon(p).slot, pon(p).port)
  const onuRows = (space: (p: number) => number, ...tail: number[]): RowSet =>
    new RowSet(2 + tail.length, () =>
      presentOnus(olt).map((onu) => ({
        index: [space(onus.pon[onu] as number), onus.onuId[onu] as number, ...tail],
        item: onu,
      })),
    )
  const foundRows = (space: (p: number) => number): RowSet =>
    new RowSet(2, () => {
      const perPon = new Map<number, number>()
      return olt.unconfigured.map((found, item) => {
        const n = (perPon.get(found.pon) ?? 0) + 1
        perPon.set(found.pon, n)
        return { index: [space(found.pon), n], item }
      })
    })
  const [inA, inA1, inB, inB1] = [onuRows(a), onuRows(a, 1), onuRows(b), onuRows(b, 1)]
  const [foundA, foundB] = [foundRows(a), foundRows(b)]
  const uniB = new RowSet(3, () =>
    presentOnus(olt).flatMap((onu) =>
      Array.from({ length: modelOf(olt, onu).ethernetPorts }, (_, p) => ({
        index: [b(onus.pon[onu] as number), onus.onuId[onu] as number, p + 1],
        item: onu * 8 + p,
      })),
    ),
  )

  const cells = onuCells(olt)
  const found = (item: number) => olt.unconfigured[item]
  const foundSerial: ValueWriter = (writer, item) =>
    writeSerial(writer, found(item)?.vendor ?? 0, found(item)?.number ?? 0)
  const foundType = text((item) => `ZTE-${found(item)?.model.equipment ?? ''}`)
  const foundSoftware = text((item) => found(item)?.model.software ?? '')
  const identity = { 1: cells.type, 2: cells.name, 3: cells.description }
  const state = { 1: cells.admin, 5: cells.lastOnline, 6: cells.lastOffline, 7: cells.reason }
  const optics = { 10: cells.onuRx, 14: cells.onuTx, 17: cells.voltage, 19: cells.temperature }
  const hasOptics: Column['has'] =
    olt.quirks.offlineOptics === 'absent' ? (onu, nowMs) => isOnline(olt, onu, nowMs) : undefined
  return {
    rowSets: [inA, inA1, inB, inB1, foundA, foundB, uniB],
    columns: [
      ...zteChassis(olt).columns,
      ...table(`${enterprise}.1012.3.11.4.1`, inA, { 1: cells.equalisation, 2: cells.distance }),
      ...table(`${enterprise}.1012.3.13.3.1`, foundA, {
        2: foundSerial,
        5: text(() => ''),
        10: foundType,
        11: foundSoftware,
      }),
      ...table(`${enterprise}.1012.3.28.1.1`, inA, {
        ...identity,
        5: cells.serial,
        9: constant(1),
      }),
      ...table(`${enterprise}.1012.3.28.2.1`, inA, { ...state, 4: cells.phase }),
      ...table(`${enterprise}.1012.3.50.11.2.1`, inA, { 1: cells.vendor, 17: cells.type }),
      ...table(`${enterprise}.1012.3.50.12.1.1`, inA1, optics, hasOptics),
      ...table(`${enterprise}.1015.1010.5.56.1.1`, inA, {
        2: counter(bits, (onu, nowMs) => onuOctets(olt, onu, nowMs, true)),
        3: counter(bits, (onu, nowMs) => onuOctets(olt, onu, nowMs, false)),
      }),
      ...table(`${enterprise}.1015.1010.11.2.1`, inA, { 2: cells.oltRx }, hasOptics),
      ...table(`${enterprise}.1082.500.1.2.4.2.1`, inB, { 2: cells.oltRx }, hasOptics),
      ...table(`${enterprise}.1082.500.2.2.11.2.1`, foundB, {
        2: foundSerial,
        8: foundType,
        10: foundSoftware,
      }),
      ...table(`${enterprise}.1082.500.4.2.2.2.1`, inB, {
        1: counter(bits, (onu, nowMs) => onuOctets(olt, onu, nowMs, true)),
        44: counter(bits, (onu, nowMs) => onuOctets(olt, onu, nowMs, false)),
      }),
      ...table(`${enterprise}.1082.500.10.2.3.3.1`, inB, { ...identity, 18: cells.serialText }),
      ...table(`${enterprise}.1082.500.10.2.3.8.1`, inB, { ...state, 4: cells.phaseInNewTree }),
      ...table(`${enterprise}.1082.500.10.2.3.10.1`, inB, { 2: cells.distance }),
      ...table(`${enterprise}.1082.500.20.2.1.2.1`, inB, {
        1: cells.vendor,
        2: cells.software,
        3: cells.serial,
        8: cells.equipment,
      }),
      ...table(`${enterprise}.1082.500.20.2.2.2.1`, inB1, optics, hasOptics),
      ...table(`${enterprise}.1082.500.20.2.3.2.1`, uniB, {
        5: constant(1),
        6: integer((item, nowMs) => uniLink(olt, item, nowMs)),
      }),
    ],
  }
}

/** One writer per value; the trees differ only in where they put it. */
const onuCells = (olt: OltModel) => {
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
    type: text((onu) => `ZTE-${modelOf(olt, onu).equipment}`),
    name: text((onu) => customerCode(olt, onu)),
    description: text((onu) => address(olt, onu)),
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
    admin: integer((onu, nowMs) => {
      refreshLife(olt, onu, nowMs)
      return onus.phase[onu] === phase.disabled ? 2 : 1
    }),
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
const uniLink = (olt: OltModel, item: number, nowMs: number): number => {
  const onu = item >> 3
  if (!isOnline(olt, onu, nowMs)) return noOnuPower
  const p = item & 7
  return unit(olt.seed, onu, 39, p) < (p === 0 ? 0.95 : 0.25) ? 1 : 2
}
