import { setImmediate } from 'node:timers/promises'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Today } from '../ports.ts'
import type { BillingDependencies } from '../ports.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import { planUsers } from '../plans/plan-users.ts'
import { versionById, type Reads, type VersionRecord } from '../plans/plan-tables.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { boughtAt } from './life.ts'
import { createPlanBook, type PlanBook } from './plan-book.ts'
import { actStep, type Standing, type Step } from './steps.ts'
import { standingOf } from './subscription-commands.ts'
import {
  appendEvent,
  followedFrom,
  liveUnder,
  putFollowed,
  subscriberById,
} from './subscription-tables.ts'
import { laterDate } from '../../../src-shared/domain/calendar-date.ts'

/** Everybody of one version to another one: seen first, then done in parts. */

export type MoveQuery = 'billing.planUsers' | 'billing.previewMove'

/** So many in one transaction. */
const batch = 300
const mostLeftOut = 100
const mostSamples = 10

interface Wanted {
  readonly planId: string
  readonly fromVersionId: string
  readonly toVersionId: string
  readonly when: 'today' | 'period-end'
}

export const createMoveHandlers = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
    readonly lines: Pick<ServiceLines, 'settle'>
  },
): {
  readonly queries: QueryHandlers<MoveQuery>
  readonly commands: CommandHandlers<'billing.moveToVersion'>
} => {
  const { clock, reads, newId, subscribers, today } = deps

  const versionsOf = (
    from: Reads,
    { planId, fromVersionId, toVersionId }: Wanted,
  ): readonly [VersionRecord, VersionRecord] => {
    const before = versionById(from, fromVersionId)
    const after = versionById(from, toVersionId)
    if (before?.planId !== planId || after?.planId !== planId) throw gone('plan-version')
    return [before, after]
  }

  const stepOf = (book: PlanBook, now: Standing, wanted: Wanted): Step => {
    const { record, life } = now
    const on = today()
    const bought = boughtAt(life, laterDate(on, life.start))
    const offered = book.version(wanted.toVersionId).extras
    return actStep(
      { book, today: on, newId },
      now,
      {
        kind: 'change',
        when: wanted.when === 'today' ? 'now' : 'period-end',
        bought: {
          planVersionId: wanted.toVersionId,
          quantity: bought?.quantity ?? 1,
          priceOverride: bought?.priceOverride ?? null,
          // What the new version does not have any more falls with the old one.
          extras: (bought?.extras ?? [])
            .filter(({ code }) => offered.some((extra) => extra.code === code))
            .map((extra) => ({ ...extra })),
        },
      },
      { managesPlans: record.planId === wanted.planId },
    )
  }

  const problemOf = (error: unknown): Problem => {
    if (isNocturneError(error)) return { code: error.code, params: error.params }
    throw error
  }

  return {
    queries: {
      'billing.planUsers': (input) => planUsers(reads, input),

      'billing.previewMove': async (wanted, { signal }) => {
        const [before, after] = versionsOf(reads, wanted)
        const book = createPlanBook(reads)
        const leftOut: { subscriptionId: string; subscriberName: string; problem: Problem }[] = []
        const samples: { subscriberName: string; effectiveOn: string }[] = []
        let count = 0
        const days: string[] = []
        const nameOf = (subscriberId: string): string =>
          subscriberById(reads, subscriberId)?.name ?? ''
        for (let afterId = ''; ;) {
          const part = liveUnder(reads, wanted.fromVersionId, afterId, batch)
          for (const record of part) {
            const step = lookAt(() => stepOf(book, standingOf(reads, record.id), wanted))
            const problem = 'problem' in step ? step.problem : null
            if (problem !== null || !('events' in step)) {
              if (leftOut.length < mostLeftOut && problem !== null) {
                const subscriberName = nameOf(record.subscriberId)
                leftOut.push({ subscriptionId: record.id, subscriberName, problem })
              }
              continue
            }
            count++
            const on = step.effectiveOn
            if (!days.includes(on)) days.push(on)
            if (samples.length < mostSamples) {
              samples.push({ subscriberName: nameOf(record.subscriberId), effectiveOn: on })
            }
          }
          if (part.length < batch) break
          afterId = part.at(-1)?.id ?? ''
          // A hundred thousand take seconds: others have their turn.
          await setImmediate()
          if (signal.aborted) throw new NocturneError('cancelled')
        }
        return {
          count,
          leftOut,
          firstOn: days.toSorted()[0] ?? null,
          lastOn: days.toSorted().at(-1) ?? null,
          priceBefore: before.price,
          priceAfter: after.price,
          currency: after.currency,
          samples,
        }
      },
    },
    commands: {
      'billing.moveToVersion': ({ after: afterId, reason, ...wanted }, context) => ({
        apply: (tx) => {
          versionsOf(tx, wanted)
          const book = createPlanBook(tx)
          const part = liveUnder(tx, wanted.fromVersionId, afterId ?? '', batch)
          const at = clock.now()
          let changed = 0
          for (const record of part) {
            const found = lookAt(() => {
              const now = standingOf(tx, record.id)
              return { now, step: stepOf(book, now, wanted) }
            })
            if (!('step' in found) || found.step.problem !== null) continue
            const { now, step } = found
            const by = { reason, actorId: accountOf(context), at }
            for (const event of step.events) appendEvent(tx, record.id, event, by)
            const followed = followedFrom(record, [...now.events, ...step.events], today())
            putFollowed(tx, record, followed, at)
            // What was planned for a day that has come takes effect with it.
            if (record.kind === 'main' && record.serviceId !== null) {
              deps.lines.settle(tx, record.serviceId, { accountId: accountOf(context), reason })
            }
            subscribers.note(tx, {
              subscriberId: record.subscriberId,
              kind: 'subscription-changed',
              objectKind: 'subscription',
              objectId: record.id,
              accountId: accountOf(context),
              data: {
                plan: book.version(wanted.toVersionId).planName,
                on: step.effectiveOn,
                reason,
              },
            })
            changed++
          }
          tx.about({ reason })
          return {
            changed,
            leftOut: part.length - changed,
            next: part.length < batch ? null : (part.at(-1)?.id ?? null),
          }
        },
        after: deps.changed,
      }),
    },
  }

  /** One that cannot be is left out with why; it stops nobody else. */
  function lookAt<Found>(look: () => Found): Found | { readonly problem: Problem } {
    try {
      return look()
    } catch (error) {
      return { problem: problemOf(error) }
    }
  }
}
