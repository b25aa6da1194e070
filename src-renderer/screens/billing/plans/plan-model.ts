import type { Output } from '../../../../src-shared/contract/index.ts'
import type { PlanVersion } from '../../../../src-shared/contract/billing-model.ts'

/** Filter and order of the plans: pure rules. */

export type PlanLine = Output<'billing.plans'>['plans'][number]
export type PlanState = 'sold' | 'withdrawn' | 'none' | 'later'

export const planColumns = [
  'code',
  'name',
  'kind',
  'price',
  'interval',
  'speed',
  'live',
  'state',
] as const
export type PlanColumn = (typeof planColumns)[number]

export interface PlanSort {
  readonly column: PlanColumn
  readonly descending: boolean
}

export const stateOf = ({ sold, current, nextOn }: PlanLine): PlanState =>
  !sold ? 'withdrawn' : current !== null ? 'sold' : nextOn === null ? 'none' : 'later'

/** Every typed word occurs in its code, its name or its speed. */
export const fitsPlan = ({ code, name, current }: PlanLine, text: string): boolean => {
  const parts = [code, name, current?.speed?.name ?? ''].map((part) => part.toLowerCase())
  return text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .every((word) => parts.some((part) => part.includes(word)))
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

const keyOf = (plan: PlanLine, column: PlanColumn): string | number | null => {
  switch (column) {
    case 'code':
    case 'name':
    case 'kind':
    case 'live':
      return plan[column]
    case 'price':
      return plan.current === null ? null : (plan.current.price ?? plan.current.unitPrice)
    case 'interval':
      return plan.current?.interval ?? null
    case 'speed':
      return plan.current?.speed?.downKbps ?? null
    case 'state':
      return stateOf(plan)
  }
}

export const sortPlans = (
  plans: readonly PlanLine[],
  { column, descending }: PlanSort,
): readonly PlanLine[] =>
  plans.toSorted((one, other) => {
    const [a, b] = [keyOf(one, column), keyOf(other, column)]
    if (a === b) return collator.compare(one.code, other.code)
    // What has no value stands last in either direction.
    if (a === null) return 1
    if (b === null) return -1
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : collator.compare(String(a), String(b))
    return descending ? -order : order
  })

/** Where a version stands among those of its plan. */
export const standOf = (
  version: Pick<PlanVersion, 'id' | 'validFromOn'>,
  currentId: string | null,
  today: string,
): 'current' | 'later' | 'past' =>
  version.id === currentId ? 'current' : version.validFromOn > today ? 'later' : 'past'
