import { Button } from '@mantine/core'
import { IconDownload, IconListDetails } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { GonePage, isGone } from '../../components/gone-page.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { fileNameOf, saveText } from '../olt-backups/backup-acts.ts'
import { TextView } from '../olt-backups/text-view.tsx'
import './terminal.css'

/** One recorded session as text, secrets masked. */
export const TranscriptScreen = () => {
  const { transcriptId } = useParams<{ transcriptId: string }>()
  const { t } = useTranslation('olt-cli')
  const format = useFormat()
  const { value, failure, refresh } = useQuery('olt-cli.transcript', { transcriptId })
  const row = value?.transcript
  const save = (): void => {
    if (value === undefined || row === undefined) return
    saveText(
      `${fileNameOf('session', row.oltName, new Date(row.startedAt).toISOString().slice(0, 16))}.txt`,
      value.text,
    )
  }
  useShortcut('exportList', save, value !== undefined)
  if (isGone(failure)) {
    return (
      <GonePage
        icon={IconListDetails}
        title={t('transcripts.notFound')}
        to={paths.transcripts()}
        back={t('transcripts.back')}
      />
    )
  }
  return (
    <div className="nc-page nc-page--full nb-full">
      <header className="nc-page__head">
        <h1>
          <RouteLink to={paths.transcripts()} className="nb-crumb">
            {t('transcripts.title')}
          </RouteLink>{' '}
          {row === undefined ? null : t('transcripts.text', { name: row.oltName })}
        </h1>
        {row === undefined ? null : (
          <>
            <span className="nc-soft">
              {row.by}, {format.instant(row.startedAt)},{' '}
              {t(row.mayWrite ? 'terminal.writing' : 'terminal.readOnly')}
            </span>
            <Button
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={save}
            >
              {t('terminal.export')}
            </Button>
          </>
        )}
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={16} />
      ) : (
        <TextView
          text={value.text}
          label={t('transcripts.text', { name: value.transcript.oltName })}
        />
      )}
    </div>
  )
}
