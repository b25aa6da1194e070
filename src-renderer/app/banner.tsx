import { Button } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../client/hooks.ts'
import { SeverityBadge } from '../components/severity-badge.tsx'
import { showFailure } from '../components/toast.tsx'
import { useLive } from '../state/live.ts'
import { useSimulated } from '../state/workspace.ts'
import { leaveLookAround } from './session-actions.ts'

/** What holds for the whole screen: a stopped engine first, then the simulated plant. */
export const Banner = () => {
  const { t } = useTranslation()
  const simulated = useSimulated()
  const running = useLive((state) => state.engineRunning)
  const [leaving, setLeaving] = useState(false)
  if (!running) {
    return (
      <div className="nc-banner" data-kind="stopped" role="alert">
        <SeverityBadge severity="critical" />
        <span className="nc-banner__text">{t('banner.engineStopped')}</span>
      </div>
    )
  }
  if (!simulated) return null
  const leave = (): void => {
    setLeaving(true)
    leaveLookAround()
      .catch((error: unknown) => showFailure(failureOf(error)))
      .finally(() => setLeaving(false))
  }
  return (
    <div className="nc-banner" data-kind="simulated" role="note">
      <IconFlask size={16} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <span className="nc-banner__text">{t('banner.simulated')}</span>
      <Button variant="subtle" size="compact-xs" onClick={leave} disabled={leaving}>
        {t(leaving ? 'banner.returning' : 'banner.returnHome')}
      </Button>
    </div>
  )
}
