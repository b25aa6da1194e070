import type { Due } from './rules.ts'
import type { BilledRow, SubscriptionFacts } from './subscription-facts.ts'

/**
 * The facts once all that was due is issued. The lines of the new charges have no id yet: they are
 * named by `lineIdOf`.
 */
export const applied = (
  facts: SubscriptionFacts,
  { charges, credits }: Pick<Due, 'charges' | 'credits'>,
  lineIdOf: (index: number) => string,
): SubscriptionFacts => {
  const key = (lineId: string, kind: string, start: string): string => `${lineId} ${kind} ${start}`
  const byRow = new Map<string, Due['credits'][number][]>()
  const taken = new Map<string, number>()
  for (const credit of credits) {
    const row = key(credit.lineId, credit.chargeKind, credit.billed.start)
    byRow.set(row, [...(byRow.get(row) ?? []), credit])
    taken.set(credit.lineId, (taken.get(credit.lineId) ?? 0) + credit.amount)
  }
  const standing = facts.billed.flatMap((row): readonly BilledRow[] => {
    const left = row.left - (taken.get(row.lineId) ?? 0)
    const given = byRow.get(key(row.lineId, row.chargeKind, row.range.start))
    if (given === undefined) return [{ ...row, left }]
    return given.flatMap(({ kept }) => kept.map((part) => ({ ...row, ...part, left })))
  })
  const fresh = charges.map((charge, index): BilledRow => ({
    lineId: lineIdOf(index),
    chargeKind: charge.chargeKind,
    planVersionId: charge.planVersionId,
    name: charge.name,
    range: charge.range,
    amount: charge.amount,
    left: charge.amount,
  }))
  return { ...facts, billed: [...standing, ...fresh] }
}
