import { Button, Progress } from '@mantine/core'
import { IconFlask, IconServer2 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { Payload } from '../../../src-shared/contract/index.ts'
import { onEvent } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { lookAround } from '../../app/session-actions.ts'
import { FailureState } from '../../components/failure-state.tsx'
import './welcome-screen.css'

/** The two doors of an empty workspace. */
export const WelcomeScreen = () => {
  const { t } = useTranslation('workspace')
  const [starting, setStarting] = useState(false)
  const [failure, setFailure] = useState<Failure>()

  const look = (): void => {
    setStarting(true)
    setFailure(undefined)
    lookAround().catch((error: unknown) => {
      setFailure(failureOf(error))
      setStarting(false)
    })
  }

  return (
    <div className="nc-page nc-welcome">
      <h1>{t('welcome.title')}</h1>
      <div className="nc-welcome__doors">
        <section className="nc-panel nc-welcome__door">
          <IconServer2 size={28} stroke={1.4} aria-hidden="true" />
          <h2>{t('welcome.addTitle')}</h2>
          <p className="nc-soft">{t('welcome.addText')}</p>
          <Button onClick={() => navigate(paths.addOlt())} disabled={starting}>
            {t('welcome.addAction')}
          </Button>
        </section>
        <section className="nc-panel nc-welcome__door">
          <IconFlask size={28} stroke={1.4} aria-hidden="true" />
          <h2>{t('welcome.lookTitle')}</h2>
          <p className="nc-soft">{t('welcome.lookText')}</p>
          <Button variant="default" onClick={look} disabled={starting}>
            {t(starting ? 'welcome.starting' : 'welcome.lookAction')}
          </Button>
          {starting && <StartProgress />}
        </section>
      </div>
      {failure !== undefined && <FailureState failure={failure} onRetry={look} />}
    </div>
  )
}

const StartProgress = () => {
  const { t, i18n } = useTranslation('workspace')
  const [progress, setProgress] = useState<Payload<'workspace.progress'>>()
  useEffect(() => onEvent('workspace.progress', setProgress), [])
  const known = progress !== undefined && i18n.exists(`workspace:progress.${progress.step}`)
  const step = known ? t(`progress.${progress.step}` as 'progress.other') : t('progress.other')
  const share =
    progress?.total == null || progress.total === 0 ? undefined : progress.done / progress.total
  return (
    <div className="nc-welcome__progress" role="status">
      <Progress value={share === undefined ? 100 : share * 100} animated={share === undefined} />
      <span className="nc-small nc-soft">{step}…</span>
    </div>
  )
}
