import { Button } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../components/use-format.ts'
import { useEntrance } from '../state/workspace.ts'

/** This machine's clock was set back: said until it is right, or somebody has seen it. */
export const ClockBackBanner = () => {
  const { t } = useTranslation()
  const format = useFormat()
  const was = useEntrance((state) => state.status?.clockWas)
  const [seen, setSeen] = useState<number | null>(null)
  if (was === undefined || was === seen) return null
  return (
    <div className="nc-banner" data-kind="clock" role="alert">
      <IconClockExclamation size={16} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <span className="nc-banner__text">{t('banner.clockBack', { was: format.instant(was) })}</span>
      <Button variant="subtle" size="compact-xs" onClick={() => setSeen(was)}>
        {t('banner.clockBackSeen')}
      </Button>
    </div>
  )
}
