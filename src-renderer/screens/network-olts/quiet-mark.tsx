import { IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useFormat } from '../../components/use-format.ts'
import './quiet.css'

export interface QuietMarkProps {
  readonly quiet: OltRow['quiet']
  /** Says until when, where there is room. */
  readonly withEnd?: boolean
}

/** Beside an OLT's name: it is left alone, so its values get old on purpose. */
export const QuietMark = ({ quiet, withEnd = false }: QuietMarkProps) => {
  const { t } = useTranslation('care')
  const format = useFormat()
  if (quiet === null) return null
  const end =
    quiet.until === null
      ? t('quiet.mark')
      : t('quiet.markUntil', { time: format.instant(quiet.until, 'minute') })
  return (
    <span className="no-quiet-mark" title={`${end}. ${t('quiet.bannerText')}`}>
      <IconPlayerPause size={12} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {withEnd ? end : t('quiet.mark')}
    </span>
  )
}
