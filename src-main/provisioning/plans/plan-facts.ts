import { formatOnu, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { ApprovalFacts } from '../../engine/approval-ports.ts'
import { confirmationOf } from '../../../src-shared/domain/device-steps.ts'
import type { PlanReads, PlanRecord } from './tables.ts'

const samplesShown = 5
const linesShown = 30

export const onusOf = (reads: Pick<PlanReads, 'counts'>, planId: string): number =>
  Object.values(reads.counts(planId)).reduce((sum, count) => sum + count, 0)

/**
 * What a person must see of a plan before he says yes, and what he has to do. SECURITY: the facts come
 * from the plan in the store, not from the page.
 */
export const planFacts = (reads: PlanReads, plan: PlanRecord): ApprovalFacts => {
  const onus = onusOf(reads, plan.id)
  const asked = confirmationOf(plan.risk, onus, plan.olts.length)
  const how = asked === 'none' ? 'confirm' : asked
  const some = reads.targets(plan.id, [], samplesShown, 0)
  return {
    risk: plan.risk,
    how,
    expected:
      how === 'type-name'
        ? (plan.olts[0]?.oltName ?? '')
        : how === 'type-count'
          ? String(onus)
          : '',
    change: plan.kind,
    olts: plan.olts.map(({ oltName }) => oltName),
    onus,
    samples: some.map(({ serial, address }) => `${serial} ${formatOnu(unpackOnuAddress(address))}`),
    lines: reads
      .firstSteps(plan.id, linesShown)
      .flatMap(({ rendered }) =>
        rendered.via === 'cli'
          ? rendered.lines.map(({ mode, line }) => `(${mode})# ${line}`)
          : rendered.sets.map(({ oid, value, meaning }) => `${oid} = ${value} (${meaning})`),
      )
      .slice(0, linesShown),
    serviceLossS: some.reduce<number | null>(
      (most, { serviceLossS }) =>
        serviceLossS === null ? most : Math.max(most ?? 0, serviceLossS),
      null,
    ),
  }
}
