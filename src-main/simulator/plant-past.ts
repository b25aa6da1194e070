import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import {
  downCauses,
  onuStates,
  type DownCause,
  type OnuState,
} from '../../src-shared/domain/onu-state.ts'
import { serialText } from './families/cell-writers.ts'
import { causeName, phaseName } from './population/down-causes.ts'
import { type OltModel, presentOnus } from './population/olt-model.ts'
import { isOnline, oltRxDbm, onuOctets, onuRxDbm } from './population/onu-readings.ts'

/** What would have been read of an OLT at moments before now: a state is a function of the time. */
export interface PlantPast {
  /** Packed, ascending. */
  readonly addresses: Int32Array
  readonly serials: readonly string[]
  /** Its counters wrap at so many bits. */
  readonly counterBits: 32 | 64
  readonly moments: readonly PastMoment[]
}

/** One place per address. */
export interface PastMoment {
  /** Epoch ms. */
  readonly at: number
  /** Positions in `onuStates` and `downCauses`. */
  readonly states: Uint8Array
  readonly causes: Uint8Array
  /** NaN while the ONU is not working. */
  readonly onuRxDbm: Float64Array
  readonly oltRxDbm: Float64Array
  readonly upBytes: Float64Array
  readonly downBytes: Float64Array
}

const stateOfPhase: Readonly<Record<ReturnType<typeof phaseName>, OnuState>> = {
  working: 'online',
  starting: 'starting',
  los: 'offline',
  dyingGasp: 'offline',
  authFailed: 'auth-failed',
  offline: 'offline',
  disabled: 'disabled',
}

const causeNames: Readonly<Record<ReturnType<typeof causeName>, DownCause>> = {
  none: 'none',
  dyingGasp: 'dying-gasp',
  los: 'los',
  losi: 'losi',
  lofi: 'lofi',
  deactivated: 'deactivated',
  rebooted: 'rebooted',
  authFailed: 'auth-failed',
}

export const plantPast = (olt: OltModel, times: readonly number[]): PlantPast => {
  const onus = presentOnus(olt)
    .flatMap((onu) => {
      const pon = olt.pons[olt.onus.pon[onu] as number]
      if (pon === undefined) return []
      const { shelf, slot, port } = pon
      const onuId = olt.onus.onuId[onu] as number
      return [{ onu, address: packOnuAddress({ shelf, slot, port, onuId }) }]
    })
    .toSorted((a, b) => a.address - b.address)
  const wrap = 2 ** olt.quirks.counterBits
  const moment = (at: number): PastMoment => {
    const states = new Uint8Array(onus.length)
    const causes = new Uint8Array(onus.length)
    const column = () => new Float64Array(onus.length).fill(Number.NaN)
    const [onuRx, oltRx, up, down] = [column(), column(), column(), column()]
    onus.forEach(({ onu }, index) => {
      const online = isOnline(olt, onu, at)
      const phase = phaseName(olt.onus.phase[onu] as number)
      states[index] = onuStates.indexOf(stateOfPhase[phase])
      causes[index] = downCauses.indexOf(causeNames[causeName(olt.onus.cause[onu] as number)])
      if (!online) return
      onuRx[index] = onuRxDbm(olt, onu, at)
      oltRx[index] = oltRxDbm(olt, onu, at)
      up[index] = onuOctets(olt, onu, at, true) % wrap
      down[index] = onuOctets(olt, onu, at, false) % wrap
    })
    return {
      at,
      states,
      causes,
      onuRxDbm: onuRx,
      oltRxDbm: oltRx,
      upBytes: up,
      downBytes: down,
    }
  }
  return {
    addresses: Int32Array.from(onus, ({ address }) => address),
    serials: onus.map(({ onu }) =>
      serialText(olt.onus.serialVendor[onu] as number, olt.onus.serialNumber[onu] as number),
    ),
    counterBits: olt.quirks.counterBits,
    moments: times.map(moment),
  }
}
