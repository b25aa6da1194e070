import { cause, phase } from '../population/down-causes.ts'
import { descriptionOf } from '../population/olt-config.ts'
import { type OltModel, type PonPort, presentOnus } from '../population/olt-model.ts'
import { refreshLife } from '../population/onu-life.ts'
import {
  isOnline,
  oltRxDbm,
  onuBiasMa,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../population/onu-readings.ts'
import type { ValueWriter } from '../snmp/mib-view.ts'
import { RowSet } from '../snmp/row-set.ts'
import {
  clockText,
  constant,
  counter,
  integer,
  octets,
  serialText,
  text,
  writeDateAndTime,
  writeSerial,
} from './cell-writers.ts'
import { cdataChassis } from './cdata-chassis.ts'
import { cdataOnuIndex, cdataPonIndex } from './cdata-index.ts'
import { type FamilyView, table } from './family.ts'
import { modelOf, wallClock } from './onu-cells.ts'
import { onuSetters } from './onu-setters.ts'
import { hasOptics } from './optics.ts'

/** Words of 2.8.4.1.1.103 and of the command line's `Last down-cause` (facts/olt.md 5, samples). */
export const cdataDownCauses: Readonly<Record<number, string>> = {
  [cause.none]: '--',
  [cause.dyingGasp]: 'dying-gasp',
  [cause.los]: 'LOS',
  [cause.losi]: 'losi',
  [cause.lofi]: 'lofi',
  [cause.deactivated]: 'deactive',
  [cause.rebooted]: 'reboot',
  [cause.authFailed]: '--',
}

/** FD1608S: the NSCRTV MIB, one number for an ONU's whole address (facts/olt.md 5 and the MIB). */
export const cdataGpon = (olt: OltModel): FamilyView => {
  const base = '1.3.6.1.4.1.17409.2.8.4'
  const { onus } = olt
  const sets = onuSetters(olt)
  const clock = wallClock(olt)
  const ponOf = (onu: number): PonPort => olt.pons[onus.pon[onu] as number] as PonPort
  const indexOf = (onu: number): number => cdataOnuIndex(ponOf(onu), onus.onuId[onu] as number)
  const rows = new RowSet(1, () =>
    presentOnus(olt).map((onu) => ({ index: [indexOf(onu)], item: onu })),
  )
  const opticRows = new RowSet(3, () =>
    presentOnus(olt).map((onu) => ({
      index: [indexOf(onu), 0, cdataPonIndex(ponOf(onu))],
      item: onu,
    })),
  )
  const foundRows = new RowSet(1, () => {
    const perPon = new Map<number, number>()
    return olt.unconfigured.map(({ pon }, item) => {
      const n = (perPon.get(pon) ?? 0) + 1
      perPon.set(pon, n)
      return { index: [cdataOnuIndex(olt.pons[pon] as PonPort, n)], item }
    })
  })
  const found = (item: number) => olt.unconfigured[item]
  const phaseOf = (onu: number, nowMs: number): number => {
    refreshLife(olt, onu, nowMs)
    return onus.phase[onu] as number
  }
  /** 0 stands for no reading. */
  const hundredths = (read: typeof onuRxDbm): ValueWriter =>
    integer((onu, nowMs) =>
      isOnline(olt, onu, nowMs) ? Math.round(read(olt, onu, nowMs) * 100) : 0,
    )
  const secondsUp = (onu: number, nowMs: number): number =>
    phaseOf(onu, nowMs) === phase.working
      ? Math.max(0, Math.floor((nowMs - (onus.lastUpMs[onu] as number)) / 1000))
      : 0
  return {
    rowSets: [rows, opticRows, foundRows],
    columns: [
      ...cdataChassis(olt).columns,
      ...table(
        `${base}.1.1`,
        rows,
        {
          2: text((onu) => cdataOnuName(olt, onu)),
          3: (writer, onu) =>
            writeSerial(writer, onus.serialVendor[onu] as number, onus.serialNumber[onu] as number),
          4: constant(1),
          5: text((onu) => modelOf(olt, onu).vendor),
          6: text((onu) => modelOf(olt, onu).equipment),
          7: integer((onu, nowMs) => (phaseOf(onu, nowMs) === phase.working ? 1 : 2)),
          8: integer((onu, nowMs) => (phaseOf(onu, nowMs) === phase.disabled ? 2 : 1)),
          9: integer((onu, nowMs) =>
            isOnline(olt, onu, nowMs) ? (onus.distanceM[onu] as number) : 0,
          ),
          10: constant(0),
          11: integer((onu, nowMs) => (phaseOf(onu, nowMs) === phase.disabled ? 2 : 1)),
          12: counter(32, secondsUp),
          13: counter(32, secondsUp),
          14: text((onu) => modelOf(olt, onu).hardware),
          102: text((onu, nowMs) => {
            refreshLife(olt, onu, nowMs)
            const at = onus.lastDownMs[onu] as number
            return Number.isNaN(at) ? '--' : clockText(at, clock)
          }),
          103: text((onu, nowMs) => {
            refreshLife(olt, onu, nowMs)
            return cdataDownCauses[onus.cause[onu] as number] ?? '--'
          }),
        },
        undefined,
        { 2: sets.description, 10: sets.reboot(1), 11: sets.admin(1, 2) },
      ),
      ...table(`${base}.2.1`, rows, {
        2: text((onu) => modelOf(olt, onu).software),
        3: constant(1),
        4: constant(1),
        5: constant(1),
        6: text(() => ''),
      }),
      ...table(
        `${base}.4.1`,
        opticRows,
        {
          4: hundredths(onuRxDbm),
          5: hundredths(onuTxDbm),
          6: hundredths(onuBiasMa),
          7: hundredths(onuVoltageV),
          8: hundredths(onuTemperatureC),
        },
        hasOptics(olt),
      ),
      ...table(`${base}.7.1`, foundRows, {
        2: text((item) => found(item)?.model.equipment ?? ''),
        3: text((item) => serialText(found(item)?.vendor ?? 0, found(item)?.number ?? 0)),
        4: octets(() => new Uint8Array(0)),
        5: text(() => ''),
        6: text(() => ''),
        7: (writer, item) => writeDateAndTime(writer, found(item)?.seenAtMs ?? Number.NaN, clock),
        8: text((item) => found(item)?.model.software ?? ''),
        9: text((item) => found(item)?.model.hardware ?? ''),
      }),
      ...table('1.3.6.1.4.1.17409.2.3.3.6.1', rows, { 2: hundredths(oltRxDbm) }, hasOptics(olt)),
    ],
  }
}

/** What was written there; until then the place, `gpon 0/0/1 onu 1` (facts/olt.md 5). */
const cdataOnuName = (olt: OltModel, onu: number): string => {
  const written = descriptionOf(olt, onu)
  if (written !== '') return written
  const { shelf, slot, port } = olt.pons[olt.onus.pon[onu] as number] as PonPort
  return `gpon ${shelf}/${slot}/${port} onu ${olt.onus.onuId[onu] as number}`
}
