import { IconBan, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Status } from './subscriber-query.ts'
import './subscribers.css'

const icons = {
  lead: IconCircleDashed,
  active: IconCircleCheck,
  suspended: IconBan,
  ended: IconCircleX,
} as const

/** Colour, sign and word: never colour alone. */
export const StatusBadge = ({ status }: { readonly status: Status }) => {
  const { t } = useTranslation('subscribers')
  const Sign = icons[status]
  return (
    <span className="nsu-status" data-status={status}>
      <Sign size={14} stroke={1.8} aria-hidden="true" /> {t(`status.${status}`)}
    </span>
  )
}
