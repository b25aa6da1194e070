import { IconAlarm, IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { useFormat } from '../../components/use-format.ts'
import './desk.css'

export type Due = Pick<TicketRow, 'dueAt' | 'warnAt'>
export type DueStand = 'late' | 'warned' | 'well'

export const dueStand = ({ dueAt, warnAt }: Due, now: number): DueStand | null =>
  dueAt === null
    ? null
    : dueAt <= now
      ? 'late'
      : warnAt !== null && warnAt <= now
        ? 'warned'
        : 'well'

/** P1 to P4: the letter tells, colour only for what must be acted on. */
export const PriorityMark = ({ priority }: { readonly priority: TicketRow['priority'] }) => {
  const { t } = useTranslation('tickets-desk')
  return (
    <span className="ntd-priority" data-priority={priority} title={t(`priority.${priority}`)}>
      {priority}
    </span>
  )
}

/** When it is due, and by how much it is late. */
export const DueMark = ({ due, now }: { readonly due: Due; readonly now: number }) => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  const stand = dueStand(due, now)
  if (stand === null || due.dueAt === null) return null
  const span = format.age(Math.abs(due.dueAt - now))
  const text = stand === 'late' ? t('late', { for: span }) : t('dueIn', { for: span })
  const title = format.instant(due.dueAt, 'minute')
  return (
    <span
      className="ntd-due"
      data-stand={stand}
      title={stand === 'warned' ? `${title} · ${t('warned')}` : title}
    >
      {stand === 'late' && <IconAlertTriangle size={13} stroke={1.8} aria-hidden="true" />}
      {stand === 'warned' && <IconAlarm size={13} stroke={1.8} aria-hidden="true" />}
      {text}
      {stand === 'warned' && <span className="nc-hidden"> ({t('warned')})</span>}
    </span>
  )
}
