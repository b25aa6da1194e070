import type { LineCause } from '../../../src-shared/contract/provisioning-model.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { serviceById, subscriptionById } from '../subscriptions/subscription-tables.ts'
import { opinionOf, type LineOpinion } from './rules.ts'
import {
  afterEndOf,
  dropWish,
  endedServiceOn,
  liveServiceOn,
  pendingWishes,
  putWish,
  serviceRules,
  subscriptionsOfService,
  wishesDue,
  wishOf,
} from './wish-tables.ts'

/** From whom what happens to a line comes. */
export interface LineBy {
  readonly accountId: string | null
  /** As a person typed it; empty: none. */
  readonly reason: string
}

/**
 * Says what subscriptions mean for lines, in the transaction of what happened to them. Only what is
 * new is said: what a person has wanted of the line since then stands.
 */
export interface ServiceLines {
  /** After anything happened to a subscription or to the ONU of its service. */
  readonly settle: (tx: Transaction, serviceId: string, by: LineBy) => void
  readonly settleSubscription: (tx: Transaction, subscriptionId: string, by: LineBy) => void
  /** An ONU was moved or replaced; its service names the new place already. */
  readonly followed: (
    tx: Transaction,
    to: { readonly oltId: string; readonly serial: string },
  ) => void
  /** Why the line of an ONU is kept off; null: it is not. */
  readonly heldFor: (
    tx: Transaction,
    onu: { readonly oltId: string; readonly serial: string },
  ) => LineCause | null
  /** Wakes the worker where something was said: after the transaction. */
  readonly committed: () => void
  readonly start: () => void
  /** After a sleep: the day may be another one. */
  readonly look: () => void
  readonly stop: () => void
}

const pendingEveryMs = 60_000
/** So many in a transaction. */
const batch = 100
const byItself: LineBy = { accountId: null, reason: '' }

export const createServiceLines = (
  deps: Pick<BillingDependencies, 'clock' | 'write' | 'log' | 'lines' | 'subscribers'> & {
    readonly reads: Reads
    readonly today: Today
  },
): ServiceLines => {
  const { clock, lines, reads, write, log } = deps
  /** Something was said in a transaction that may be open still. */
  let isSaid = false
  let stopTimer: (() => void) | null = null
  let isRunning = false

  const opinionIn = (tx: Transaction, serviceId: string): LineOpinion | null =>
    opinionOf(subscriptionsOfService(tx, serviceId), afterEndOf(serviceRules(tx)), deps.today())

  const settle: ServiceLines['settle'] = (tx, serviceId, by) => {
    const service = serviceById(tx, serviceId)
    if (service === null) return
    const before = wishOf(tx, serviceId)
    const opinion = opinionIn(tx, serviceId)
    if (opinion === null) {
      if (before !== null) dropWish(tx, serviceId)
      return
    }
    const { oltId, serial } = service
    const other = oltId === null || serial === null ? null : liveServiceOn(tx, oltId, serial)
    // An ONU that went to somebody else is his; one whose service has ended is not switched on.
    const isOurs =
      service.state === 'live' ||
      (service.state === 'ended' && other === null && opinion.wanted !== 'active')
    const isSame =
      before !== null &&
      !before.pending &&
      before.oltId === (isOurs ? oltId : null) &&
      before.serial === (isOurs ? serial : null) &&
      before.wanted === opinion.wanted &&
      before.cause === opinion.cause &&
      before.sinceOn === opinion.sinceOn
    if (isSame && before.nextOn === opinion.nextOn) return
    const wish = { serviceId, ...opinion }
    const at = clock.now()
    if (!isOurs || oltId === null || serial === null) {
      putWish(tx, { ...wish, oltId: null, serial: null, pending: false }, at)
      return
    }
    const said = isSame
      ? 'same'
      : lines.wish(tx, {
          oltId,
          serial,
          desired: opinion.wanted,
          cause: opinion.cause,
          ...by,
        })
    putWish(tx, { ...wish, oltId, serial, pending: said === 'unseen' }, at)
    if (said === 'wished') isSaid = true
    if (said === 'kept') {
      deps.subscribers.note(tx, {
        subscriberId: service.subscriberId,
        kind: 'line-kept',
        objectKind: 'service',
        objectId: serviceId,
        accountId: by.accountId,
        data: { name: service.name, serial },
      })
    }
  }

  const committed = (): void => {
    if (!isSaid) return
    isSaid = false
    lines.look()
  }

  /** In transactions of a batch each; what another one does meanwhile is not held up. */
  const settleAll = (ids: readonly string[]): void => {
    for (let from = 0; from < ids.length; from += batch) {
      const part = ids.slice(from, from + batch)
      write('billing.linesSettled', { services: part.length }, (tx) => {
        for (const id of part) settle(tx, id, byItself)
      })
    }
    committed()
  }

  const look = (): void => {
    if (!isRunning) return
    stopTimer?.()
    stopTimer = clock.after(pendingEveryMs, look)
    try {
      const known: string[] = []
      for (let after = ''; ;) {
        const part = pendingWishes(reads, after, 500)
        for (const { serviceId, oltId, serial } of part) {
          if (oltId !== null && serial !== null && lines.knows(oltId, serial)) known.push(serviceId)
        }
        if (part.length < 500) break
        after = part.at(-1)?.serviceId ?? ''
      }
      settleAll([...known, ...wishesDue(reads, deps.today(), 1000)])
    } catch (error) {
      log.error('what is wanted of lines could not be looked at', { error })
    }
  }

  return {
    settle,
    settleSubscription: (tx, subscriptionId, by) => {
      const record = subscriptionById(tx, subscriptionId)
      if (record?.kind === 'main' && record.serviceId !== null) settle(tx, record.serviceId, by)
    },
    followed: (tx, { oltId, serial }) => {
      const serviceId = liveServiceOn(tx, oltId, serial)
      const wish = serviceId === null ? null : wishOf(tx, serviceId)
      if (serviceId === null || wish === null) return
      // What is wanted of the ONU went with it already; what was never said is said to the new one.
      if (wish.oltId === null || wish.pending) settle(tx, serviceId, byItself)
      else putWish(tx, { ...wish, oltId, serial }, clock.now())
    },
    heldFor: (tx, { oltId, serial }) => {
      const serviceId = liveServiceOn(tx, oltId, serial)
      if (serviceId === null) return endedServiceOn(tx, oltId, serial) === null ? null : 'ended'
      const said = wishOf(tx, serviceId)
      if (said !== null && said.serial !== serial) return null
      // Of a line of which nothing was said yet, what would be.
      const held = said ?? opinionIn(tx, serviceId)
      return held?.wanted === 'suspended' ? held.cause : null
    },
    committed,
    start: () => {
      isRunning = true
      look()
    },
    look,
    stop: () => {
      isRunning = false
      stopTimer?.()
      stopTimer = null
    },
  }
}
