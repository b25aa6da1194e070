import {
  IconCalendarEvent,
  IconCheck,
  IconCircleDashed,
  IconCircleX,
  IconLock,
  IconMapPin,
  IconPlayerPause,
  IconSend,
  IconSignature,
  IconThumbUp,
  IconTruck,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import type { WorkOrderState } from '../../../src-shared/domain/work-order.ts'
import { useFormat } from '../../components/use-format.ts'
import './fieldwork.css'

const icons: Readonly<Record<WorkOrderState, Icon>> = {
  draft: IconCircleDashed,
  scheduled: IconCalendarEvent,
  dispatched: IconSend,
  accepted: IconThumbUp,
  'en-route': IconTruck,
  'on-site': IconMapPin,
  paused: IconPlayerPause,
  done: IconCheck,
  'signed-off': IconSignature,
  closed: IconLock,
  cancelled: IconCircleX,
  'not-completed': IconCircleX,
}

/** Shape and word; colour only where somebody should act. */
export const OrderStateBadge = ({ state }: { readonly state: WorkOrderState }) => {
  const { t } = useTranslation('fieldwork')
  const StateIcon = icons[state]
  return (
    <span className="nfw-state" data-state={state}>
      <StateIcon size={14} stroke={1.8} aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  )
}

const hours = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
/** `13:05`, by this machine's clock. */
export const hourText = (at: number): string => hours.format(at)

const days = {
  en: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }),
  id: new Intl.DateTimeFormat('id-ID', { weekday: 'short', day: 'numeric', month: 'short' }),
}

/** `Tue 24 Nov 13:05`: field work is about days, so the day is never left out. */
export const useMoment = (): ((at: number) => string) => {
  const { locale } = useFormat()
  return (at) => `${days[locale].format(at).replace(',', '')} ${hourText(at)}`
}

/** When it is to be done: the day and the hours of its window. */
export const OrderWindow = ({
  order,
}: {
  readonly order: Pick<WorkOrderRow, 'windowFrom' | 'windowTo'>
}) => {
  const { t } = useTranslation('fieldwork')
  const moment = useMoment()
  if (order.windowFrom === null || order.windowTo === null) {
    return <span className="nc-faint">{t('unplanned')}</span>
  }
  return (
    <span className="nfw-window">
      {moment(order.windowFrom)}–{hourText(order.windowTo)}
    </span>
  )
}
