import { address, customerCode, modelOf } from './families/onu-cells.ts'
import { serialText } from './families/cell-writers.ts'
import { causeName, phaseName } from './population/down-causes.ts'
import { type OltModel, type PonPort, ponName, presentOnus } from './population/olt-model.ts'
import { refreshLife } from './population/onu-life.ts'
import { isOnline, oltRxDbm, onuRxDbm } from './population/onu-readings.ts'

/** What is so, for tests that compare it with what a poller has read. */
export interface OnuTruth {
  readonly onu: string
  readonly serial: string
  readonly code: string
  readonly address: string
  readonly equipment: string
  readonly phase: ReturnType<typeof phaseName>
  readonly cause: ReturnType<typeof causeName>
  readonly distanceM: number
  /** NaN while the ONU is not working. */
  readonly rxDbm: number
  readonly oltRxDbm: number
  readonly lastUpMs: number
  readonly lastDownMs: number
}

export interface OltTruth {
  readonly olt: string
  readonly onus: readonly OnuTruth[]
  readonly unconfigured: readonly { readonly pon: string; readonly serial: string }[]
}

export const oltTruth = (olt: OltModel, nowMs: number): OltTruth => ({
  olt: olt.name,
  onus: presentOnus(olt).map((onu) => onuTruth(olt, onu, nowMs)),
  unconfigured: olt.unconfigured.map(({ pon, vendor, number }) => ({
    pon: ponName(olt.pons[pon] as PonPort),
    serial: serialText(vendor, number),
  })),
})

const onuTruth = (olt: OltModel, onu: number, nowMs: number): OnuTruth => {
  const onus = olt.onus
  refreshLife(olt, onu, nowMs)
  const online = isOnline(olt, onu, nowMs)
  const pon = olt.pons[onus.pon[onu] as number] as PonPort
  return {
    onu: `${ponName(pon)}:${onus.onuId[onu] as number}`,
    serial: serialText(onus.serialVendor[onu] as number, onus.serialNumber[onu] as number),
    code: customerCode(olt, onu),
    address: address(olt, onu),
    equipment: modelOf(olt, onu).equipment,
    phase: phaseName(onus.phase[onu] as number),
    cause: causeName(onus.cause[onu] as number),
    distanceM: onus.distanceM[onu] as number,
    rxDbm: online ? onuRxDbm(olt, onu, nowMs) : Number.NaN,
    oltRxDbm: online ? oltRxDbm(olt, onu, nowMs) : Number.NaN,
    lastUpMs: onus.lastUpMs[onu] as number,
    lastDownMs: onus.lastDownMs[onu] as number,
  }
}
