import { IconChartLine } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { formatPon, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'

export interface PonHistoryLinkProps {
  readonly oltId: string
  readonly pon: PonAddress
}

/** To the page of one PON port and its charts. */
export const PonHistoryLink = ({ oltId, pon }: PonHistoryLinkProps): ReactNode => {
  const { t } = useTranslation('history')
  const label = t('pon.openHistory', { pon: formatPon(pon) })
  return (
    <>
      {' '}
      <Link href={paths.pon(oltId, pon)} aria-label={label} title={label}>
        <IconChartLine size={14} stroke={1.7} aria-hidden="true" className="nc-icon" />
      </Link>
    </>
  )
}
