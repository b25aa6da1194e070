import type { SubscriptionAct } from '../../../src-shared/contract/billing-subscriptions.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import { createSchedule } from '../schedule.ts'
import {
  calendarDate,
  dateParts,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { undoingOf } from './act-rules.ts'
import type { LifeEvent } from './life.ts'
import type { PrepaidDesk } from '../prepaid/prepaid-desk.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { createPlanBook } from './plan-book.ts'
import { hasBegun, settleService } from './settle.ts'
import { actStep, lifeOf, startStep, type Rights, type Standing, type StepDeps } from './steps.ts'
import {
  appendEvent,
  followedFrom,
  insertSubscription,
  lifeEventsOf,
  overlappingMain,
  putFollowed,
  serviceById,
  subscriberById,
  subscriptionById,
  type SubscriptionRecord,
} from './subscription-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'

export type SubscriptionCommand =
  | 'billing.startSubscription'
  | 'billing.changeSubscription'
  | 'billing.pauseSubscription'
  | 'billing.resumeSubscription'
  | 'billing.endSubscription'
  | 'billing.undoPlanned'

export const rightsOf = ({ session }: Pick<CallContext, 'session'>): Rights => ({
  managesPlans: session?.permissions.has('billing.plan.manage') === true,
})

const refuse = (problem: Problem | null): void => {
  if (problem !== null) throw new NocturneError(problem.code, problem.params)
}

/** A subscription with its life. Errors: `not-found`, `subscription-act-refused` for one that never was. */
export const standingOf = (reads: Reads, subscriptionId: string): Standing => {
  const record = subscriptionById(reads, subscriptionId)
  if (record === null) throw gone('subscription')
  const events = lifeEventsOf(reads, subscriptionId)
  const life = lifeOf(events)
  if (life === null) {
    throw new NocturneError('subscription-act-refused', { act: 'change', state: 'ended' })
  }
  return { record, events, life }
}

/** A service has one live subscription of a main plan: why it cannot have this one; null: it can. */
export const serviceTaken = (
  reads: Reads,
  record: Pick<SubscriptionRecord, 'id' | 'kind' | 'serviceId' | 'startsOn'>,
  endsOn: CalendarDate | null,
): Problem | null => {
  if (record.kind !== 'main' || record.serviceId === null || record.startsOn === endsOn) return null
  const other = overlappingMain(reads, record.serviceId, record.id, record.startsOn, endsOn)
  return other === null
    ? null
    : {
        code: 'service-has-subscription',
        params: { from: other.startsOn, until: other.endsOn },
      }
}

export const createSubscriptionCommands = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers' | 'leadBegins'> & {
    readonly today: Today
    readonly changed: () => void
    /** What it means for the line. */
    readonly lines: Pick<ServiceLines, 'settle'>
    /** What is paid for before is paid for there and then. */
    readonly acted: PrepaidDesk['acted']
  },
): CommandHandlers<SubscriptionCommand> => {
  const { clock, newId, subscribers } = deps

  const stepDeps = (tx: Transaction): StepDeps => ({
    book: createPlanBook(tx),
    today: deps.today(),
    newId,
  })

  const note = (
    tx: Transaction,
    record: Pick<SubscriptionRecord, 'id' | 'subscriberId'>,
    act: string,
    context: CallContext,
    data: Readonly<Record<string, string | number | null>>,
  ): void =>
    subscribers.note(tx, {
      subscriberId: record.subscriberId,
      kind: `subscription-${act}`,
      objectKind: 'subscription',
      objectId: record.id,
      accountId: accountOf(context),
      data,
    })

  /** Appends, and keeps what follows; told on the time line and in the trail as about the subscriber. */
  const take = (
    tx: Transaction,
    now: Standing,
    added: readonly LifeEvent[],
    act: string,
    reason: string,
    context: CallContext,
    on: CalendarDate,
  ): void => {
    const { record } = now
    const at = clock.now()
    for (const event of added) {
      appendEvent(tx, record.id, event, { reason, actorId: accountOf(context), at })
    }
    const followed = followedFrom(record, [...now.events, ...added], deps.today())
    // An end that is taken back finds the place of another perhaps.
    refuse(serviceTaken(tx, record, followed.endsOn))
    const version = putFollowed(tx, record, followed, at)
    if (record.kind === 'main' && record.serviceId !== null) {
      deps.lines.settle(tx, record.serviceId, { accountId: accountOf(context), reason })
    }
    const planName = createPlanBook(tx).version(followed.planVersionId).planName
    note(tx, record, act, context, { plan: planName, on, reason })
    tx.about({ subjectId: record.subscriberId, reason })
    tx.change({
      entity: 'subscription',
      entityId: record.id,
      kind: 'updated',
      version,
      data: { act, on, status: followed.status },
    })
  }

  const based = (tx: Transaction, subscriptionId: string, baseVersion: number): Standing => {
    const now = standingOf(tx, subscriptionId)
    if (now.record.version !== baseVersion) {
      throw new NocturneError('conflict', { what: 'subscription', version: now.record.version })
    }
    return now
  }

  const step = (
    input: {
      readonly subscriptionId: string
      readonly baseVersion: number
      readonly reason: string
    },
    act: SubscriptionAct,
    word: string,
    context: CallContext,
  ) => ({
    apply: (tx: Transaction): CalendarDate => {
      const now = based(tx, input.subscriptionId, input.baseVersion)
      const made = actStep(stepDeps(tx), now, act, rightsOf(context))
      refuse(made.problem)
      take(tx, now, made.events, word, input.reason, context, made.effectiveOn)
      deps.acted(tx, now.record.id, {
        mustPay: act.kind === 'change' && made.effectiveOn <= deps.today(),
        by: accountOf(context),
      })
      return made.effectiveOn
    },
    after: deps.changed,
  })

  return {
    'billing.startSubscription': (input, context) => ({
      apply: (tx) => {
        const subscriber = subscriberById(tx, input.subscriberId)
        if (subscriber === null) throw gone('subscriber')
        const now = stepDeps(tx)
        const { bought } = input
        const version = now.book.version(bought.planVersionId)
        const plan = now.book.plan(version.planId)
        const made = startStep(now, input, rightsOf(context))
        refuse(made.problem)
        const at = clock.now()
        const on = made.effectiveOn
        if (input.serviceId === null) {
          if (plan.kind === 'main') throw new NocturneError('subscription-needs-service')
        } else {
          const service = serviceById(tx, input.serviceId)
          if (service?.subscriberId !== input.subscriberId || service.state === 'ended') {
            throw gone('service')
          }
          if (plan.kind === 'main') {
            settleService(tx, input.serviceId, now.today, at)
          }
        }
        const id = newId()
        const anchorDay = input.billingDay ?? dateParts(on).day
        const { anchorOn } = createSchedule(version.interval, on, {
          kind: 'billing-day',
          day: anchorDay,
        })
        const record: SubscriptionRecord = {
          id,
          version: 1,
          subscriberId: input.subscriberId,
          serviceId: input.serviceId,
          planId: plan.id,
          kind: plan.kind,
          currency: plan.currency,
          startsOn: on,
          anchorOn,
          anchorDay,
          billedThroughOn: null,
          ...followedFrom({ startsOn: on, planVersionId: version.id }, made.events, now.today),
        }
        refuse(serviceTaken(tx, record, record.endsOn))
        insertSubscription(tx, record, at)
        for (const event of made.events) {
          appendEvent(tx, id, event, { reason: input.reason, actorId: accountOf(context), at })
        }
        if (plan.kind === 'main' && input.serviceId !== null) {
          const by = { accountId: accountOf(context), reason: input.reason }
          deps.lines.settle(tx, input.serviceId, by)
        }
        if (hasBegun(record.status)) {
          deps.leadBegins?.(tx, record.subscriberId, accountOf(context))
        }
        note(tx, record, 'started', context, { plan: plan.name, on, reason: input.reason })
        tx.about({ subjectId: input.subscriberId, reason: input.reason })
        tx.change({
          entity: 'subscription',
          entityId: id,
          kind: 'created',
          version: 1,
          data: { planVersionId: version.id, on, status: record.status },
        })
        deps.acted(tx, id, { mustPay: false, by: accountOf(context) })
        return { subscriptionId: id }
      },
      after: deps.changed,
    }),

    'billing.changeSubscription': ({ bought, when, ...input }, context) => {
      const made = step(input, { kind: 'change', bought, when }, 'changed', context)
      return { ...made, apply: (tx) => ({ effectiveOn: made.apply(tx) }) }
    },
    'billing.pauseSubscription': ({ fromOn, untilOn, ...input }, context) => {
      const made = step(input, { kind: 'pause', fromOn, untilOn }, 'paused', context)
      return { ...made, apply: (tx) => (made.apply(tx), {}) }
    },
    'billing.resumeSubscription': ({ on, ...input }, context) => {
      const made = step(input, { kind: 'resume', on }, 'resumed', context)
      return { ...made, apply: (tx) => (made.apply(tx), {}) }
    },
    'billing.endSubscription': ({ when, waiveTerm, ...input }, context) => {
      const made = step(input, { kind: 'end', when, waiveTerm }, 'ended', context)
      return { ...made, apply: (tx) => ({ endsOn: made.apply(tx) }) }
    },

    'billing.undoPlanned': ({ subscriptionId, baseVersion, eventId, reason }, context) => ({
      apply: (tx) => {
        const now = based(tx, subscriptionId, baseVersion)
        const today = deps.today()
        const undoing = undoingOf(now.events, eventId, today)
        if (undoing.kind === 'refused') {
          throw new NocturneError(undoing.problem.code, undoing.problem.params)
        }
        const last = Math.max(...now.events.map(({ seq }) => seq))
        const added = undoing.ids.map((undoes, index): LifeEvent => ({
          kind: 'undo',
          id: newId(),
          seq: last + 1 + index,
          on: today,
          undoes,
        }))
        take(tx, now, added, 'undone', reason, context, calendarDate(today))
        deps.acted(tx, subscriptionId, { mustPay: false, by: accountOf(context) })
        return {}
      },
      after: deps.changed,
    }),
  }
}
