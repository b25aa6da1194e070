import { calendarDate, daysBetween } from '../../../src-shared/domain/calendar-date.ts'

interface PlanLine {
  readonly chargeKind: string | null
  readonly description: string
  readonly startOn: string | null
  readonly endOn: string | null
}

/** Days charged, by plan, in the order in which they stand: what a document's sentence tells. */
export const daysOf = (
  lines: readonly PlanLine[],
): { readonly days: number; readonly daysAt: { name: string; days: number }[] } => {
  const byName = new Map<string, number>()
  for (const { chargeKind, description, startOn, endOn } of lines) {
    if (chargeKind !== 'plan' || startOn === null || endOn === null) continue
    const days = daysBetween(calendarDate(startOn), calendarDate(endOn))
    byName.set(description, (byName.get(description) ?? 0) + days)
  }
  const daysAt = [...byName].map(([name, days]) => ({ name, days }))
  return { days: daysAt.reduce((sum, { days }) => sum + days, 0), daysAt }
}
