import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import type { Plan } from './day-rows.tsx'

type Conflict = Plan['technicians'][number]['conflicts'][number]

/** What does not go together, in words. */
export const useConflictWords = (plan: Plan): ((conflict: Conflict) => string) => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const numbers = new Map(
    plan.technicians.flatMap(({ orders }) => orders.map(({ id, number }) => [id, number] as const)),
  )
  return ({ kind, orderId, otherId, minutes }) =>
    t(`conflictOf.${kind}`, {
      number: numbers.get(orderId) ?? '',
      other: otherId === null ? '' : (numbers.get(otherId) ?? ''),
      minutes: format.number(minutes),
    })
}
