import type { ErrorCode, NocturneError } from '../../../src-shared/errors.ts'
import type { OltChassis, OltUnconfigured, OnuGroup, OnuWalk, Recognition } from './olt-port.ts'
import type { PollGroup } from './schedule.ts'

/** When something was read: wall time for people, monotonic time for durations; both ms. */
interface Times {
  readonly at: number
  readonly monotonic: number
}

/** What the poller tells about one OLT, in the order it happens. */
export type PollReport =
  | { readonly kind: 'started'; readonly group: PollGroup }
  | {
      readonly kind: 'progress'
      readonly group: OnuGroup
      readonly done: number
      readonly total: number | null
    }
  | ({
      readonly kind: 'recognised'
      readonly recognition: Recognition
      readonly answerMs: number
      /** What the wish for light and this family come to: false, its group comes only when asked for. */
      readonly opticsPolled: boolean
    } & Times)
  | ({
      readonly kind: 'walked'
      readonly walk: OnuWalk
      /**
       * Packed PON port (onuId 0) when a trap had only this one read: it says nothing of the ONUs of
       * other ports, and is no cycle. Null: all ONUs of the OLT were asked for. `walk.failure` set:
       * of ONUs that are missing in it nothing is known either way.
       */
      readonly pon: number | null
    } & Times)
  | ({
      readonly kind: 'chassis'
      readonly chassis: OltChassis
      /** Its uptime began anew: everything will be read again. */
      readonly restarted: boolean
    } & Times)
  | ({ readonly kind: 'unconfigured'; readonly onus: readonly OltUnconfigured[] } & Times)
  | ({
      readonly kind: 'failed'
      readonly group: PollGroup
      readonly error: NocturneError
      /** Nothing came back: the way to the OLT, not this group, is the trouble. */
      readonly noAnswer: boolean
      readonly unreachable: boolean
    } & Times)
  | {
      readonly kind: 'ended'
      readonly group: PollGroup
      /** Wall time of this OLT's next turn; null: none. */
      readonly nextAt: number | null
    }

const noAnswerCodes: ReadonlySet<ErrorCode> = new Set([
  'timeout',
  'olt-no-answer',
  'olt-no-route',
  'olt-host-unresolvable',
  'olt-port-closed',
  'olt-no-snmp-answer-community',
  'olt-no-snmp-answer-v3',
  // It answers, but no question of ours: as good as silence, its ONUs are unknown.
  'olt-v3-unknown-user',
  'olt-v3-wrong-auth',
  'olt-v3-wrong-priv',
  'olt-v3-level-refused',
  'olt-v3-clock',
  'olt-v3-algorithm-missing',
])

const localFaultCodes: ReadonlySet<ErrorCode> = new Set(['olt-no-route', 'olt-host-unresolvable'])

/** Our own network is the trouble, as far as one can tell: a cable, a VPN that comes late. */
export const isLocalFault = (error: NocturneError): boolean => localFaultCodes.has(error.code)

export const isNoAnswer = (error: NocturneError): boolean => noAnswerCodes.has(error.code)

/** A walk that ended early but read something: the OLT is there. */
export class PartialWalk extends Error {
  readonly failure: NocturneError

  constructor(failure: NocturneError) {
    super(failure.code)
    this.name = 'PartialWalk'
    this.failure = failure
  }
}
