import type { z } from 'zod'
import type {
  PlanTerms,
  PlanVersion,
  planHead,
} from '../../../src-shared/contract/billing-model.ts'
import { calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { isEverything, reachesOlt, type Reach } from '../../engine/reach.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { taxOn } from '../tax-rates.ts'
import {
  allPlans,
  bumpPlan,
  codeKeyOf,
  deleteVersion,
  insertVersion,
  isUsed,
  liveByVersion,
  planByCode,
  planById,
  putPlan,
  soldOn,
  versionById,
  versionsOf,
  type PlanRecord,
  type Reads,
  type VersionRecord,
} from './plan-tables.ts'
import { taxRates } from './settings-tables.ts'

type PlanQuery = 'billing.plans' | 'billing.plan'
type PlanCommand = 'billing.savePlan' | 'billing.saveVersion' | 'billing.removeVersion'

export const gone = (what: string): NocturneError => new NocturneError('not-found', { what })

/** Errors: `not-found`, `conflict`. */
export const planAt = (reads: Reads, planId: string, baseVersion: number): PlanRecord => {
  const plan = planById(reads, planId)
  if (plan === null) throw gone('plan')
  if (plan.version !== baseVersion) {
    throw new NocturneError('conflict', { what: 'plan', version: plan.version })
  }
  return plan
}

export const createPlanHandlers = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'speeds' | 'facts' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<PlanQuery>
  readonly commands: CommandHandlers<PlanCommand>
} => {
  const { clock, reads, speeds, today } = deps

  const speedOf = (speedId: string | null, reach: Reach): PlanVersion['speed'] => {
    if (speedId === null) return null
    const speed = speeds.speed(speedId)
    const olts = deps.facts.olts().filter(({ id }) => reachesOlt(reach, id))
    const gaps = olts.flatMap((olt) => {
      const gap = speeds.gap(speedId, olt.id)
      const { id: oltId, name: oltName, familyId } = olt
      return gap === null ? [] : [{ oltId, oltName, family: familyId ?? '', ...gap }]
    })
    return {
      name: speed?.name ?? null,
      downKbps: speed?.downKbps ?? null,
      upKbps: speed?.upKbps ?? null,
      gaps,
      olts: olts.length,
    }
  }

  const versionView = (
    version: VersionRecord,
    live: ReadonlyMap<string, number>,
    reach: Reach,
  ): PlanVersion => {
    const { planId: _, ...shown } = version
    return {
      ...shown,
      extras: [...version.extras],
      discounts: [...version.discounts],
      taxCodes: [...version.taxCodes],
      createdBy: version.createdBy === null ? null : deps.nameOfAccount(version.createdBy),
      live: isEverything(reach) ? (live.get(version.id) ?? 0) : null,
      used: isUsed(reads, version.id),
      speed: speedOf(version.speedId, reach),
    }
  }

  const head = (plan: PlanRecord): z.output<typeof planHead> => ({ ...plan })

  /** What a version names must be there when it is made; what goes later is told as a gap. */
  const refuseUnknown = (tx: Reads, terms: PlanTerms): void => {
    const rates = taxRates(tx)
    const on = calendarDate(terms.validFromOn)
    for (const code of terms.taxCodes) {
      if (taxOn(rates, code, on) === null) {
        throw new NocturneError('tax-rate-missing', { code, on })
      }
    }
    if (terms.speedId !== null && speeds.speed(terms.speedId) === null) {
      throw new NocturneError('not-found', { what: 'speed' })
    }
  }

  return {
    queries: {
      'billing.plans': (_input, { reach }) => {
        const live = liveByVersion(reads)
        const on = today()
        return {
          plans: allPlans(reads).map((plan) => {
            const versions = versionsOf(reads, plan.id)
            const current = soldOn(versions, on)
            const later = versions.filter(({ validFromOn }) => validFromOn > on).at(-1)
            return {
              ...head(plan),
              current: current === null ? null : versionView(current, live, reach),
              versions: versions.length,
              nextOn: later?.validFromOn ?? null,
              live: isEverything(reach)
                ? versions.reduce((sum, { id }) => sum + (live.get(id) ?? 0), 0)
                : null,
            }
          }),
        }
      },
      'billing.plan': ({ planId }, { reach }) => {
        const plan = planById(reads, planId)
        if (plan === null) throw gone('plan')
        const live = liveByVersion(reads)
        const versions = versionsOf(reads, planId)
        const on = today()
        return {
          plan: head(plan),
          versions: versions.map((version) => versionView(version, live, reach)),
          currentId: soldOn(versions, on)?.id ?? null,
          today: on,
        }
      },
    },
    commands: {
      'billing.savePlan': ({ planId, baseVersion, ...input }) => ({
        apply: (tx) => {
          const before = planId === null ? null : planAt(tx, planId, baseVersion)
          const same = planByCode(tx, codeKeyOf(input.code))
          if (same !== null && same.id !== before?.id) {
            throw new NocturneError('plan-code-taken', { code: same.code, name: same.name })
          }
          // What it was sold as stays what it was sold as.
          const fixed = before !== null && versionsOf(tx, before.id).length > 0
          for (const part of ['kind', 'payment', 'currency'] as const) {
            if (fixed && before[part] !== input[part]) {
              throw new NocturneError('plan-fixed', { part })
            }
          }
          const id = before?.id ?? deps.newId()
          const version = (before?.version ?? 0) + 1
          const currency = currencyCode(input.currency)
          putPlan(tx, { ...input, currency, id, version, updatedAt: clock.now() })
          tx.change({
            entity: 'billing-plan',
            entityId: id,
            kind: before === null ? 'created' : 'updated',
            version,
            data: input,
          })
          return { planId: id }
        },
        after: deps.changed,
      }),

      'billing.saveVersion': ({ planId, versionId, baseVersion, terms }, context) => ({
        apply: (tx) => {
          const plan = planAt(tx, planId, baseVersion)
          const versions = versionsOf(tx, planId)
          const before = versionId === null ? null : versions.find(({ id }) => id === versionId)
          if (before === undefined) throw gone('plan-version')
          if (before !== null) refuseUsed(tx, before)
          const sameDay = versions.find(
            ({ id, validFromOn }) => validFromOn === terms.validFromOn && id !== before?.id,
          )
          if (sameDay !== undefined) {
            throw new NocturneError('plan-version-day', {
              on: terms.validFromOn,
              number: sameDay.number,
            })
          }
          refuseUnknown(tx, terms)
          // What is paid for before is not charged afterwards. Days without service cost nothing, whatever it says.
          if (plan.payment === 'prepaid' && terms.mode === 'arrears') {
            throw new NocturneError('prepaid-terms', {})
          }
          const id = before?.id ?? deps.newId()
          const number = before?.number ?? Math.max(0, ...versions.map((each) => each.number)) + 1
          if (before !== null) deleteVersion(tx, before.id)
          insertVersion(tx, {
            ...terms,
            id,
            planId,
            number,
            validFromOn: calendarDate(terms.validFromOn),
            currency: plan.currency,
            createdAt: clock.now(),
            createdBy: accountOf(context),
          })
          bumpPlan(tx, plan, clock.now())
          tx.change({
            entity: 'billing-plan-version',
            entityId: id,
            kind: before === null ? 'created' : 'updated',
            version: number,
            data: { planId, ...terms },
          })
          return { versionId: id }
        },
        after: deps.changed,
      }),

      'billing.removeVersion': ({ planId, versionId, baseVersion }) => ({
        apply: (tx) => {
          const plan = planAt(tx, planId, baseVersion)
          const version = versionById(tx, versionId)
          if (version?.planId !== planId) throw gone('plan-version')
          refuseUsed(tx, version)
          deleteVersion(tx, versionId)
          bumpPlan(tx, plan, clock.now())
          tx.change({
            entity: 'billing-plan-version',
            entityId: versionId,
            kind: 'deleted',
            version: version.number,
          })
          return {}
        },
        after: deps.changed,
      }),
    },
  }
}

export const accountOf = ({ session }: Pick<CallContext, 'session'>): string | null =>
  session?.accountId ?? null

const refuseUsed = (reads: Reads, version: VersionRecord): void => {
  // SECURITY: what a subscriber bought is never another afterwards (a trigger says so as well).
  if (isUsed(reads, version.id)) {
    throw new NocturneError('plan-version-used', { number: version.number })
  }
}
