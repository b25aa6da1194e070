import {
  IconArrowMerge,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDot,
  IconClockExclamation,
  IconClockPause,
  IconClockX,
  IconLock,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import type { TicketPriority, TicketState } from '../../../src-shared/domain/ticket-state.ts'
import { useFormat } from '../../components/use-format.ts'
import './tickets.css'

const icons: Readonly<Record<TicketState, Icon>> = {
  new: IconCircleDashed,
  open: IconCircleDot,
  'pending-customer': IconClockPause,
  'pending-vendor': IconClockPause,
  'pending-reminder': IconClockPause,
  solved: IconCircleCheck,
  closed: IconLock,
  merged: IconArrowMerge,
}

/** Shape and word; colour only where nobody has looked at it yet. */
export const TicketStateBadge = ({ state }: { readonly state: TicketState }) => {
  const { t } = useTranslation('tickets')
  const StateIcon = icons[state]
  return (
    <span className="ntk-state" data-state={state}>
      <StateIcon size={14} stroke={1.8} aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  )
}

/** The letter and number are the name; the words stand in its title. */
export const TicketPriorityMark = ({ priority }: { readonly priority: TicketPriority }) => {
  const { t } = useTranslation('tickets')
  return (
    <span className="ntk-priority" data-priority={priority} title={t(`priorityWord.${priority}`)}>
      {priority}
    </span>
  )
}

export type DueStand = 'breached' | 'warned' | 'running'

/** What was promised and is due first, as it stands at `now`; null: no clock runs. */
export const dueStandOf = (
  { dueAt, warnAt }: Pick<TicketRow, 'dueAt' | 'warnAt'>,
  now: number,
): DueStand | null => {
  if (dueAt === null) return null
  if (now > dueAt) return 'breached'
  return warnAt !== null && now >= warnAt ? 'warned' : 'running'
}

/** How long is left, or by how much it is missed: shape, word and colour. */
export const TicketDue = ({
  ticket,
  now,
}: {
  readonly ticket: Pick<TicketRow, 'dueAt' | 'warnAt'>
  readonly now: number
}) => {
  const { t } = useTranslation('tickets')
  const format = useFormat()
  const stand = dueStandOf(ticket, now)
  if (stand === null || ticket.dueAt === null) return <span className="nc-faint">–</span>
  const rest = format.age(Math.abs(ticket.dueAt - now))
  const DueIcon = stand === 'breached' ? IconClockX : IconClockExclamation
  return (
    <span className="ntk-due" data-stand={stand} title={format.instant(ticket.dueAt, 'minute')}>
      {stand !== 'running' && <DueIcon size={14} stroke={1.8} aria-hidden="true" />}
      {t(stand === 'breached' ? 'due.missed' : 'due.left', { rest })}
    </span>
  )
}
