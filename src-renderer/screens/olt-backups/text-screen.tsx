import { Button } from '@mantine/core'
import { IconCopy, IconDownload, IconFileOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { copyTold } from '../../components/copy-told.ts'
import { GonePage, isGone } from '../../components/gone-page.tsx'
import { RouteLink } from '../../components/route-link.tsx'
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
    if (value !== undefined) copyTold(value.text, t('text.copied'))
  }
  useShortcut('exportList', save, value !== undefined)
  if (isGone(failure)) {
    return (
      <GonePage
        icon={IconFileOff}
        title={t('text.notFound')}
        to={paths.configurationsOf(oltId)}
        back={t('back')}
      />
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
        <Awaiting failure={failure} onRetry={refresh} rows={16} />
      ) : (
        <TextView text={value.text} label={t('text.label', { name, time })} />
      )}
    </div>
  )
}
