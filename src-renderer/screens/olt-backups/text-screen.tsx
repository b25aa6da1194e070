import { Button } from '@mantine/core'
import { IconCopy, IconDownload, IconFileOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { copyText } from '../../components/copy-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { fileNameOf, saveText } from './backup-acts.ts'
import { TextView } from './text-view.tsx'
import './olt-backups.css'

/** One version as text, secrets masked. */
export const TextScreen = () => {
  const { oltId, versionId } = useParams<{ oltId: string; versionId: string }>()
  const { t } = useTranslation('olt-backups')
  const { t: common } = useTranslation()
  const format = useFormat()
  const { value, failure, refresh } = useQuery('olt-backups.text', { versionId })
  const state = useQuery('olt-backups.versions', { oltId }).value?.state
  const name = state?.oltName ?? ''
  const time = format.instant(value?.version.firstAt)
  const save = (): void => {
    if (value !== undefined) saveText(`${fileNameOf('config', name, time)}.txt`, value.text)
  }
  const copy = (): void => {
    if (value === undefined) return
    copyText(value.text).then(
      () => showToast({ kind: 'done', title: t('text.copied') }),
      () => showToast({ kind: 'failure', title: common('button.copyFailed') }),
    )
  }
  useShortcut('exportList', save, value !== undefined)
  if (failure?.code === 'not-found' || failure?.code === 'invalid-input') {
    return (
      <div className="nc-page nc-page--full">
        <EmptyState
          icon={IconFileOff}
          title={t('text.notFound')}
          action={
            <Button component={Link} href={paths.configurationsOf(oltId)} variant="default">
              {t('back')}
            </Button>
          }
        />
      </div>
    )
  }
  return (
    <div className="nc-page nc-page--full nb-full">
      <header className="nc-page__head">
        <h1>
          <RouteLink to={paths.configurationsOf(oltId)} className="nb-crumb">
            {name === '' ? t('title') : name}
          </RouteLink>{' '}
          {value === undefined ? null : time}
        </h1>
        {value === undefined ? null : (
          <>
            <span className="nc-soft">
              {t('versions.size', {
                lines: format.number(value.version.lines),
                bytes: format.bytes(value.version.bytes),
              })}
            </span>
            <Button
              variant="default"
              leftSection={<IconCopy size={14} aria-hidden="true" />}
              onClick={copy}
            >
              {common('button.copy')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={save}
            >
              {t('text.save')}
            </Button>
          </>
        )}
      </header>
      {value === undefined ? (
        failure === undefined ? (
          <LoadingState rows={16} />
        ) : (
          <FailureState failure={failure} onRetry={refresh} />
        )
      ) : (
        <TextView text={value.text} label={t('text.label', { name, time })} />
      )}
    </div>
  )
}
