import type { FindingKind } from '../../../src-shared/contract/billing-reconciliation.ts'
import type { ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import type { OnuState } from '../../../src-shared/domain/onu-state.ts'
import type { SpeedOnOnu } from '../../engine/capability-ports.ts'

/**
 * What is wrong between the books and the network, of one service or one ONU. Pure. What is not known
 * (an OLT that does not answer, an ONU that nobody read) is neither right nor wrong.
 */

/** Where the network shows the ONU that a service names. */
export type Seen =
  /** The service names none. */
  | { readonly kind: 'none' }
  /** Its OLT does not answer, was never read, or is not there. */
  | { readonly kind: 'unknown' }
  /** Its OLT answers and does not hold it. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'there'; readonly state: OnuState; readonly stateSince: number | null }

type DesiredState = ServiceState['desired']

export interface Wish {
  readonly desired: DesiredState
  readonly desiredSince: number
  readonly actual: DesiredState | 'unknown'
}

export interface ServiceCase {
  readonly service: {
    readonly state: 'planned' | 'live' | 'ended'
    readonly endedAt: number | null
  }
  readonly subscriber: {
    readonly status: 'lead' | 'active' | 'suspended' | 'ended'
    readonly statusSince: number
  }
  /** What is sold on it: the one that runs, else what is planned, else what ended last. */
  readonly subscription: {
    readonly status: 'draft' | 'trial' | 'active' | 'paused' | 'suspended' | 'ended'
    readonly statusSinceOn: string
    readonly startsOn: string
  } | null
  readonly seen: Seen
  readonly wish: Wish | null
  /** Null: the plan has no speed, or nobody can be asked. */
  readonly speed: SpeedOnOnu | null
  /** Of a service that ended: a live one names the same ONU. */
  readonly takenOver: boolean
}

export interface Found {
  readonly kind: FindingKind
  readonly sinceOn: string | null
  readonly sinceAt: number | null
}

export interface Judgement {
  readonly found: readonly Found[]
  /** The network could not be asked, and the answer would have mattered. */
  readonly notKnown: boolean
  readonly speedNotKnown: boolean
}

const onDay = (kind: FindingKind, sinceOn: string | null): Found => ({
  kind,
  sinceOn,
  sinceAt: null,
})
const at = (kind: FindingKind, sinceAt: number | null): Found => ({ kind, sinceOn: null, sinceAt })

const fine: Judgement = { found: [], notKnown: false, speedNotKnown: false }
const unknown: Judgement = { ...fine, notKnown: true }
const only = (found: Found): Judgement => ({ ...fine, found: [found] })

/** Lets traffic through, or is about to. */
const carries = (state: OnuState): boolean => state === 'online' || state === 'starting'

/** Days of it are billed; those of a pause on wish are not. */
const isBilled = (status: NonNullable<ServiceCase['subscription']>['status']): boolean =>
  status === 'trial' || status === 'active' || status === 'suspended'

/** Its line is off for as long as this lasts (service-state/rules.ts). */
const isHeld = (status: NonNullable<ServiceCase['subscription']>['status']): boolean =>
  status === 'suspended' || status === 'paused'

const isSwitchedOff = (wish: Wish | null): boolean =>
  wish !== null && wish.actual !== 'active' && wish.actual !== 'unknown'

export const judgeService = (of: ServiceCase): Judgement => {
  const { service, subscription, seen } = of
  const billed = subscription !== null && isBilled(subscription.status)
  if (service.state === 'ended') return judgeEnded(of, billed)
  if (seen.kind === 'none')
    return billed ? only(onDay('billed-no-onu', subscription.startsOn)) : fine
  if (seen.kind === 'unknown') return unknown
  // Since when it is gone, nobody wrote down.
  if (seen.kind === 'absent') return billed ? only(onDay('billed-not-on-olt', null)) : fine
  return judgeLine(of, seen)
}

const judgeEnded = (
  { service, subscription, seen, wish, takenOver }: ServiceCase,
  billed: boolean,
) => {
  if (billed) return only(onDay('billed-no-onu', subscription!.startsOn))
  if (takenOver || seen.kind === 'none' || seen.kind === 'absent') return fine
  if (seen.kind === 'unknown') return unknown
  return seen.state === 'disabled' || isSwitchedOff(wish)
    ? fine
    : only(at('ended-authorised', service.endedAt))
}

const judgeLine = (of: ServiceCase, seen: Seen & { readonly kind: 'there' }): Judgement => {
  const { subscriber, subscription, wish } = of
  const found: Found[] = []
  const off = seen.state === 'disabled' || isSwitchedOff(wish)
  const status = subscription?.status ?? null
  if (status === null || status === 'draft') {
    // A subscriber who left has nothing to be billed for.
    if (subscriber.status === 'ended') {
      if (!off) found.push(at('ended-authorised', subscriber.statusSince))
    } else if (carries(seen.state)) found.push(at('live-no-subscription', seen.stateSince))
  } else if (status === 'ended' || subscriber.status === 'ended') {
    if (!off) {
      found.push(
        status === 'ended'
          ? onDay('ended-authorised', subscription!.statusSinceOn)
          : at('ended-authorised', subscriber.statusSince),
      )
    }
  } else if (isHeld(status) || subscriber.status === 'suspended') {
    if (carries(seen.state) && !isSwitchedOff(wish)) {
      found.push(
        isHeld(status)
          ? onDay('suspended-online', subscription!.statusSinceOn)
          : at('suspended-online', subscriber.statusSince),
      )
    }
  } else if (off || (wish !== null && wish.desired !== 'active')) {
    found.push(
      at(
        'active-suspended',
        wish === null || wish.desired === 'active' ? seen.stateSince : wish.desiredSince,
      ),
    )
  }
  const sold = status !== null && status !== 'draft' && status !== 'ended'
  if (sold && of.speed?.state === 'differs') found.push(at('speed-differs', null))
  return {
    found,
    // Its OLT answers, and of this one it did not tell.
    notKnown: seen.state === 'unknown',
    speedNotKnown: sold && (of.speed?.state === 'unknown' || of.speed?.state === 'unmapped'),
  }
}

export interface OnuCase {
  readonly state: OnuState
  readonly stateSince: number | null
  /** A live service names it. */
  readonly served: boolean
  /** A service that ended names it: that is told there. */
  readonly remembered: boolean
}

/** Of an ONU by itself. */
export const judgeOnu = ({ state, stateSince, served, remembered }: OnuCase): Found | null =>
  served || remembered || !carries(state) ? null : at('live-no-service', stateSince)

/** One finding for a serial number, wherever it is. */
export const judgeSerial = (places: number, services: number): Found | null =>
  places > 1 || services > 1 ? at('duplicate-serial', null) : null

/** Kind, service and ONU: what is ignored is this, and another ONU is another finding. */
export const keyOf = (
  kind: FindingKind,
  of: {
    readonly serviceId: string | null
    readonly oltId: string | null
    readonly serial: string | null
  },
): string => [kind, of.serviceId ?? '', of.oltId ?? '', of.serial ?? ''].join('|')
