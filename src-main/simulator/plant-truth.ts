import type { CliState } from './cli/cli-faults.ts'
import { address, customerCode, modelOf } from './families/onu-cells.ts'
import { serialText } from './families/cell-writers.ts'
import { causeName, phaseName } from './population/down-causes.ts'
import { settingsOf } from './population/olt-config.ts'
import { type OltModel, type PonPort, ponName, presentOnus } from './population/olt-model.ts'
import { refreshLife } from './population/onu-life.ts'
import { isOnline, oltRxDbm, onuRxDbm } from './population/onu-readings.ts'
import type { OnuSettings } from './population/onu-settings.ts'
import { heardOnus, isDisabled } from './population/provision.ts'

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
  /** Not switched off by the operator. */
  readonly enabled: boolean
  /** A modem with its serial is plugged in at its port. */
  readonly plugged: boolean
  readonly settings: OnuSettings
}

export interface OltTruth {
  readonly olt: string
  readonly onus: readonly OnuTruth[]
  /** Those that it hears now. */
  readonly unconfigured: readonly { readonly pon: string; readonly serial: string }[]
  /** Something has been set and not been saved. */
  readonly unsaved: boolean
  /** What has happened at its CLI so far. */
  readonly cli: {
    readonly sessions: number
    readonly peakSessions: number
    readonly logins: number
    readonly attempts: number
    /** Lines that were typed, as they came. */
    readonly typed: readonly string[]
  }
}

export const oltTruth = (olt: OltModel, cli: CliState, nowMs: number): OltTruth => ({
  olt: olt.name,
  onus: presentOnus(olt).map((onu) => onuTruth(olt, onu, nowMs)),
  unconfigured: heardOnus(olt, nowMs).map(({ pon, vendor, number }) => ({
    pon: ponName(olt.pons[pon] as PonPort),
    serial: serialText(vendor, number),
  })),
  unsaved: olt.config.unsaved,
  cli: {
    sessions: cli.open,
    peakSessions: cli.peak,
    logins: cli.logins,
    attempts: cli.attempts,
    typed: [...cli.typed],
  },
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
    enabled: !isDisabled(olt, onu, nowMs),
    plugged: !olt.config.pulled.has(onu),
    settings: settingsOf(olt, onu),
  }
}
