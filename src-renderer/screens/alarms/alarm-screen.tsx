import { Button } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useParams } from 'wouter'
import { copyPageAddress } from '../../app/global-shortcuts.ts'
import { paths } from '../../app/paths.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { AlarmRecord } from './alarm-record.tsx'
import { placeWord } from './alarm-words.ts'
import { useAlarm } from './use-alarm.ts'
import { useSpeaker } from './use-speaker.ts'
import './alarms.css'

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One alarm under its own address. */
export const AlarmScreen = (): ReactNode => {
  const { t } = useSpeaker()
  const { id } = useParams<{ readonly id: string }>()
  if (id === undefined || !uuidShape.test(id)) {
    return (
      <div className="nc-page">
        <h1>{t('record.title')}</h1>
        <EmptyState title={t('record.notFound')} text={t('record.notFoundText')} />
      </div>
    )
  }
  return <AlarmPage key={id} id={id} />
}

const AlarmPage = ({ id }: { readonly id: string }): ReactNode => {
  const speaker = useSpeaker()
  const { t } = speaker
  const alarm = useAlarm(id).value?.alarm
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <div className="na-head-title">
          <nav className="nc-small nc-soft" aria-label={t('nav.label')}>
            <RouteLink to={paths.alarms()}>{t('title')}</RouteLink>
            {alarm === undefined ? null : (
              <>
                {' › '}
                {[alarm.oltName, placeWord(speaker, alarm.resource), alarm.name]
                  .filter(Boolean)
                  .join(' · ')}
              </>
            )}
          </nav>
          <h1>{alarm === undefined ? t('record.title') : t(`type.${alarm.type}`)}</h1>
        </div>
        <Button
          variant="default"
          leftSection={<IconLink size={15} stroke={1.7} aria-hidden="true" />}
          onClick={copyPageAddress}
        >
          {t('record.copyAddress')}
        </Button>
      </header>
      <AlarmRecord id={id} wide />
    </div>
  )
}
