import type {
  OnuCode,
  OnuColumns,
  OnuGroup,
  OnuNumber,
  OnuText,
} from '../../src-main/olt/poller/olt-port.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import {
  downCauses,
  onuStates,
  type DownCause,
  type OnuState,
} from '../../src-shared/domain/onu-state.ts'

/** One ONU of a walk as a test writes it. */
export interface ReadOnu {
  readonly port?: number
  readonly onuId: number
  readonly state?: OnuState
  readonly cause?: DownCause
  readonly numbers?: Partial<Record<OnuNumber, number>>
  readonly texts?: Partial<Record<OnuText, string | null>>
}

export const addressOf = (onuId: number, port = 1) => ({ shelf: 0, slot: 1, port, onuId })

/** Columns of the fields that at least one of the ONUs has, as a driver would give them. */
export const columnsOf = (group: OnuGroup, onus: readonly ReadOnu[]): OnuColumns => {
  const sorted = onus
    .map((onu) => ({ onu, address: packOnuAddress(addressOf(onu.onuId, onu.port)) }))
    .toSorted((a, b) => a.address - b.address)
  const numbers: Partial<Record<OnuNumber, Float64Array>> = {}
  const codes: Partial<Record<OnuCode, Uint8Array>> = {}
  const texts: Partial<Record<OnuText, (string | null)[]>> = {}
  sorted.forEach(({ onu }, index) => {
    for (const [name, value] of Object.entries(onu.numbers ?? {})) {
      const column = (numbers[name as OnuNumber] ??= new Float64Array(sorted.length).fill(NaN))
      column[index] = value
    }
    for (const [name, value] of Object.entries(onu.texts ?? {})) {
      const column = (texts[name as OnuText] ??= sorted.map(() => null))
      column[index] = value
    }
    if (onu.state !== undefined) {
      const column = (codes.state ??= new Uint8Array(sorted.length))
      column[index] = onuStates.indexOf(onu.state)
    }
    if (onu.cause !== undefined) {
      const column = (codes.lastDownCause ??= new Uint8Array(sorted.length).fill(1))
      column[index] = downCauses.indexOf(onu.cause)
    }
  })
  return {
    group,
    count: sorted.length,
    address: Int32Array.from(sorted, ({ address }) => address),
    numbers,
    codes,
    texts,
    notOffered: [],
    unproven: [],
    problems: [],
  }
}

/** `count` ONUs that are online. */
export const onlineOnus = (count: number, from = 1): ReadOnu[] =>
  Array.from({ length: count }, (_, index) => ({ onuId: from + index, state: 'online' as const }))
