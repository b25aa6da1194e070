import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { standing, tellLife, type LifeEvent } from './life.ts'
import { createPlanBook } from './plan-book.ts'
import {
  appendEvent,
  followedFrom,
  lifeEventsOf,
  putFollowed,
  subscriptionById,
} from './subscription-tables.ts'

/** An act of the console itself that takes a subscription's line off, or brings it back. */
export interface LineAct {
  readonly kind: 'suspend' | 'restore'
  readonly on: CalendarDate
  /** Of a restore: its periods are counted from that day on. */
  readonly renews?: true
  readonly accountId: string | null
  readonly reason: string
  /** What the subscriber's time line says. */
  readonly note: string
}

export type TakeLineAct = (tx: Transaction, subscriptionId: string, act: LineAct) => boolean

/** The events an act adds; null: it cannot be. What is planned and cannot be after it is taken back. */
export const eventsOfAct = (
  events: readonly LifeEvent[],
  { kind, on, renews }: Pick<LineAct, 'kind' | 'on' | 'renews'>,
  newId: () => string,
): readonly LifeEvent[] | null => {
  let seq = Math.max(0, ...events.map((event) => event.seq)) + 1
  const id = newId()
  const made = (at: number): LifeEvent =>
    kind === 'restore' && renews === true
      ? { kind, id, seq: at, on, renews }
      : { kind, id, seq: at, on }
  const undone: LifeEvent[] = []
  for (const planned of standing(events).filter((event) => event.on > on)) {
    const told = tellLife([...events, ...undone, made(seq)])
    if (told.kind !== 'refused') break
    undone.push({ kind: 'undo', id: newId(), seq: seq++, on, undoes: planned.id })
  }
  const added = [...undone, made(seq)]
  return tellLife([...events, ...added]).kind === 'life' ? added : null
}

/** False: it cannot be, on that day. */
export const createLineActs = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly today: Today
    readonly lines: Pick<ServiceLines, 'settle'>
  },
): TakeLineAct => {
  const { clock, newId } = deps
  return (tx, subscriptionId, act) => {
    const record = subscriptionById(tx, subscriptionId)
    if (record === null) return false
    const { kind, on, accountId, reason } = act
    const events = lifeEventsOf(tx, subscriptionId)
    const added = eventsOfAct(events, act, newId)
    if (added === null) return false
    const at = clock.now()
    for (const event of added) appendEvent(tx, record.id, event, { reason, actorId: accountId, at })
    const followed = followedFrom(record, [...events, ...added], deps.today())
    const version = putFollowed(tx, record, followed, at)
    if (record.kind === 'main' && record.serviceId !== null) {
      deps.lines.settle(tx, record.serviceId, { accountId, reason })
    }
    deps.subscribers.note(tx, {
      subscriberId: record.subscriberId,
      kind: act.note,
      objectKind: 'subscription',
      objectId: record.id,
      accountId,
      data: { plan: createPlanBook(tx).version(followed.planVersionId).planName, on, reason },
    })
    tx.change({
      entity: 'subscription',
      entityId: record.id,
      kind: 'updated',
      version,
      data: { act: kind, on, status: followed.status },
    })
    return true
  }
}
