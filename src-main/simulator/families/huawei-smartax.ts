import { cause, phase } from '../population/down-causes.ts'
import { descriptionOf, lineProfileName, serviceProfileName } from '../population/olt-config.ts'
import { type OltModel, type PonPort, presentOnus } from '../population/olt-model.ts'
import { refreshLife } from '../population/onu-life.ts'
import {
  isOnline,
  oltRxDbm,
  onuBiasMa,
  onuOctets,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../population/onu-readings.ts'
import { isDisabled } from '../population/provision.ts'
import { unit } from '../population/seeded-random.ts'
import type { ValueWriter } from '../snmp/mib-view.ts'
import { RowSet } from '../snmp/row-set.ts'
import {
  constant,
  counter,
  dateText,
  integer,
  octets,
  text,
  writeDateAndTime,
  writeSerial,
} from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { huaweiChassis } from './huawei-chassis.ts'
import { gponIfIndex } from './huawei-index.ts'
import { modelOf, wallClock } from './onu-cells.ts'
import { heardRows, onuSetters } from './onu-setters.ts'

/** Sources: facts/olt.md 1.2 to 1.4 and HUAWEI-XPON-MIB (facts/mib/huawei_xpon_mib_tables.tsv). */

const base = '1.3.6.1.4.1.2011.6.128.1.1'
/** "No value" in every optical column. */
const none = 2_147_483_647

/** hwGponDeviceOntControlLastDownCause, facts/olt.md 1.4. */
const downCauses: Readonly<Record<number, number>> = {
  [cause.none]: -1,
  [cause.dyingGasp]: 13,
  [cause.los]: 1,
  [cause.losi]: 2,
  [cause.lofi]: 3,
  [cause.deactivated]: 8,
  [cause.rebooted]: 31,
  [cause.authFailed]: -1,
}

/** hwGponDeviceOntRegisterInfoDownCause counts otherwise. */
const historyCauses: Readonly<Record<number, number>> = {
  [cause.none]: 255,
  [cause.dyingGasp]: 13,
  [cause.los]: 1,
  [cause.losi]: 2,
  [cause.lofi]: 3,
  [cause.deactivated]: 8,
  [cause.rebooted]: 9,
  [cause.authFailed]: 12,
}

export const huaweiSmartax = (olt: OltModel): FamilyView => {
  const onus = olt.onus
  const clock = wallClock(olt)
  const ifIndexOf = (onu: number): number =>
    gponIfIndex(olt.pons[onus.pon[onu] as number] as PonPort)
  const onuIndex = (onu: number): number[] => [ifIndexOf(onu), onus.onuId[onu] as number]

  const onuRows = new RowSet(2, () =>
    presentOnus(olt).map((onu) => ({ index: onuIndex(onu), item: onu })),
  )
  const portRows = new RowSet(3, () =>
    presentOnus(olt).flatMap((onu) =>
      Array.from({ length: modelOf(olt, onu).ethernetPorts }, (_, p) => ({
        index: [...onuIndex(onu), p + 1],
        item: onu * 8 + p,
      })),
    ),
  )
  const historyRows = new RowSet(3, () =>
    presentOnus(olt).map((onu) => ({ index: [...onuIndex(onu), 1], item: onu })),
  )
  const foundRows = new RowSet(2, () => {
    const perPon = new Map<number, number>()
    return olt.unconfigured.map(({ pon }, item) => {
      const n = (perPon.get(pon) ?? 0) + 1
      perPon.set(pon, n)
      return { index: [gponIfIndex(olt.pons[pon] as PonPort), n], item }
    })
  })

  const phaseOf = (onu: number, nowMs: number): number => {
    refreshLife(olt, onu, nowMs)
    return onus.phase[onu] as number
  }
  const time =
    (column: () => Float64Array): ValueWriter =>
    (writer, onu, nowMs) => {
      refreshLife(olt, onu, nowMs)
      writeDateAndTime(writer, column()[onu] as number, clock)
    }
  const optical = (read: (olt: OltModel, onu: number, nowMs: number) => number): ValueWriter =>
    integer((onu, nowMs) => (isOnline(olt, onu, nowMs) ? Math.round(read(olt, onu, nowMs)) : none))
  const whenUp = (up: number, otherwise: number): ValueWriter =>
    integer((onu, nowMs) => (isOnline(olt, onu, nowMs) ? up : otherwise))
  const empty = text(() => '')
  const found = (item: number) => olt.unconfigured[item]
  const sets = onuSetters(olt)
  const hasOptics =
    olt.quirks.offlineOptics === 'absent'
      ? (onu: number, nowMs: number): boolean => isOnline(olt, onu, nowMs)
      : undefined

  const chassis = huaweiChassis(olt)
  return {
    rowSets: [onuRows, portRows, historyRows, foundRows],
    columns: [
      ...chassis.columns,
      ...table(
        `${base}.2.43.1`,
        onuRows,
        {
          2: constant(1),
          3: (writer, onu) =>
            writeSerial(writer, onus.serialVendor[onu] as number, onus.serialNumber[onu] as number),
          4: octets(() => new Uint8Array(0)),
          6: constant(1),
          7: text((onu) => lineProfileName(olt, onu)),
          8: text((onu) => serviceProfileName(olt, onu)),
          9: text((onu) => descriptionOf(olt, onu)),
          10: constant(1),
        },
        undefined,
        { 9: sets.description, 10: sets.rowStatus },
      ),
      ...table(`${base}.2.45.1`, onuRows, {
        1: text((onu) => modelOf(olt, onu).hardware),
        4: text((onu) => modelOf(olt, onu).equipment),
        5: text((onu) => modelOf(olt, onu).software),
        6: text((onu) => modelOf(olt, onu).software),
      }),
      ...table(
        `${base}.2.46.1`,
        onuRows,
        {
          1: integer((onu, nowMs) => (isDisabled(olt, onu, nowMs) ? 2 : 1)),
          2: constant(-1),
          15: integer((onu, nowMs) => (phaseOf(onu, nowMs) === phase.working ? 1 : 2)),
          16: whenUp(2, 1),
          18: whenUp(2, 1),
          20: integer((onu, nowMs) =>
            isOnline(olt, onu, nowMs) ? (onus.distanceM[onu] as number) : -1,
          ),
          21: integer((onu, nowMs) =>
            isOnline(olt, onu, nowMs) ? 1 + Math.floor(unit(olt.seed, onu, 38) * 3) : 0,
          ),
          22: time(() => onus.lastUpMs),
          23: time(() => onus.lastDownMs),
          24: integer((onu, nowMs) => {
            refreshLife(olt, onu, nowMs)
            return downCauses[onus.cause[onu] as number] ?? -1
          }),
          25: time(() => onus.lastGaspMs),
          26: constant(0),
          27: constant(0),
        },
        undefined,
        { 1: sets.admin(1, 2), 2: sets.reboot(1) },
      ),
      ...table(
        `${base}.2.48.1`,
        foundRows,
        {
          2: (writer, item) =>
            writeSerial(writer, found(item)?.vendor ?? 0, found(item)?.number ?? 0),
          3: empty,
          5: text((item) => found(item)?.model.hardware ?? ''),
          6: text((item) => found(item)?.model.software ?? ''),
          7: text((item) => found(item)?.model.equipment ?? ''),
          8: (writer, item) => writeDateAndTime(writer, found(item)?.seenAtMs ?? Number.NaN, clock),
          9: empty,
          10: empty,
        },
        heardRows(olt),
      ),
      ...table(
        `${base}.2.51.1`,
        onuRows,
        {
          1: optical(onuTemperatureC),
          2: optical(onuBiasMa),
          3: optical((...args) => onuTxDbm(...args) * 100),
          4: optical((...args) => onuRxDbm(...args) * 100),
          5: optical((...args) => onuVoltageV(...args) * 1000),
          6: optical((...args) => oltRxDbm(...args) * 100 + 10_000),
          7: constant(none),
        },
        hasOptics,
      ),
      ...table(`${base}.2.62.1`, portRows, {
        3: constant(3),
        4: integer((item, nowMs) => (isLinkUp(olt, item, nowMs) ? 7 : 4)),
        5: constant(1),
        7: constant(100),
        22: integer((item, nowMs) => (isLinkUp(olt, item, nowMs) ? 1 : 2)),
      }),
      ...table(`${base}.2.101.1`, historyRows, {
        6: text((onu, nowMs) => {
          refreshLife(olt, onu, nowMs)
          return dateText(onus.lastUpMs[onu] as number, clock)
        }),
        7: text((onu, nowMs) => {
          refreshLife(olt, onu, nowMs)
          return dateText(onus.lastDownMs[onu] as number, clock)
        }),
        8: integer((onu, nowMs) => {
          refreshLife(olt, onu, nowMs)
          return historyCauses[onus.cause[onu] as number] ?? 255
        }),
      }),
      ...table(`${base}.4.23.1`, onuRows, {
        1: counter(64, (onu, nowMs) => Math.floor(onuOctets(olt, onu, nowMs, true) / 310)),
        2: counter(64, (onu, nowMs) => Math.floor(onuOctets(olt, onu, nowMs, false) / 980)),
        3: counter(64, (onu, nowMs) => onuOctets(olt, onu, nowMs, true)),
        4: counter(64, (onu, nowMs) => onuOctets(olt, onu, nowMs, false)),
        5: counter(64, () => 0),
        6: counter(64, (onu, nowMs) => Math.floor(onuOctets(olt, onu, nowMs, false) / 310_000)),
      }),
    ],
  }
}

/** Item is onu × 8 + port; the first port is nearly always plugged in. */
const isLinkUp = (olt: OltModel, item: number, nowMs: number): boolean => {
  const onu = item >> 3
  if (!isOnline(olt, onu, nowMs)) return false
  const p = item & 7
  return unit(olt.seed, onu, 39, p) < (p === 0 ? 0.95 : 0.25)
}
