import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { onuStates, type OnuState } from '../../../src-shared/domain/onu-state.ts'
import type { NetworkFacts, OltFacts } from '../../engine/network-facts.ts'
import { reachesOlt, type Reach } from '../../engine/reach.ts'
import type { Slices } from '../slices.ts'

/**
 * The network as it is now, copied slice by slice: a live row may be given to another ONU while one
 * looks. Only of OLTs that are reached.
 */
export interface ShotOnu {
  readonly oltId: string
  /** Packed. */
  readonly address: number
  readonly serial: string
  /** `unknown` where its OLT does not answer. */
  readonly state: OnuState
  readonly stateSince: number | null
}

export interface ShotOlt {
  readonly oltId: string
  readonly oltName: string
  /** Its ONUs were read and it answers: what it does not hold is not there. */
  readonly answers: boolean
  readonly readAt: number | null
  notKnown: number
}

export interface NetworkShot {
  readonly olts: ReadonlyMap<string, ShotOlt>
  readonly onus: readonly ShotOnu[]
  /** Places of a serial number, on all OLTs that are reached. */
  readonly withSerial: (serial: string) => readonly ShotOnu[]
}

export type ShotFacts = Pick<NetworkFacts, 'olts'> & {
  readonly onus: Pick<NetworkFacts['onus'], 'state' | 'serial' | 'stateSince' | 'address'>
}

const answers = ({ reachability, ages }: OltFacts): boolean =>
  reachability === 'reachable' && ages.status !== null

const instant = (value: number): number | null => (Number.isFinite(value) ? value : null)

export const shootNetwork = async (
  facts: ShotFacts,
  reach: Reach,
  slices: Slices,
): Promise<NetworkShot> => {
  const olts = new Map<string, ShotOlt>()
  const onus: ShotOnu[] = []
  const bySerial = new Map<string, ShotOnu | ShotOnu[]>()
  for (const olt of facts.olts()) {
    // SECURITY: of an OLT that is not reached nothing is told, not even that a serial is twice.
    if (!reachesOlt(reach, olt.id)) continue
    const answering = answers(olt)
    const shot = {
      oltId: olt.id,
      oltName: olt.name,
      answers: answering,
      readAt: olt.ages.status,
      notKnown: 0,
    }
    olts.set(olt.id, shot)
    for (let at = 0; at < olt.rows.length; at++) {
      if (at % 500 === 0) await slices.breathe()
      const row = olt.rows[at]!
      const address = olt.addresses[at]!
      // Given to another ONU while others had their turn.
      if (facts.onus.address(row) !== address) continue
      const serial = facts.onus.serial(row)
      const state = answering ? (onuStates[facts.onus.state(row)] ?? 'unknown') : 'unknown'
      if (state === 'unknown') shot.notKnown++
      if (serial === null || serial === '') continue
      const onu = {
        oltId: olt.id,
        address,
        serial,
        state,
        stateSince: instant(facts.onus.stateSince(row)),
      }
      onus.push(onu)
      const known = bySerial.get(serial)
      if (known === undefined) bySerial.set(serial, onu)
      else if (Array.isArray(known)) known.push(onu)
      else bySerial.set(serial, [known, onu])
    }
  }
  return {
    olts,
    onus,
    withSerial: (serial) => {
      const known = bySerial.get(serial)
      return known === undefined ? [] : Array.isArray(known) ? known : [known]
    },
  }
}

export const shownPlace = (onu: ShotOnu, olts: NetworkShot['olts']) => ({
  oltId: onu.oltId,
  oltName: olts.get(onu.oltId)?.oltName ?? '',
  address: unpackOnuAddress(onu.address),
  state: onu.state,
})
