import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { backUpNow, cancelBackUp, useBackUp } from '../../app/back-up.ts'
import { useQuery } from '../../client/hooks.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePermissions } from '../../state/workspace.ts'
import { BackupList } from '../backups/backup-list.tsx'
import { BackupPlan } from '../backups/backup-plan.tsx'
import { BackupPreview } from '../backups/backup-preview.tsx'
import { BackupWays } from '../backups/backup-ways.tsx'
import { Setting } from './setting.tsx'

/** When the last backup was made, where they lie, and one more by a click. */
export const BackupSettings = () => {
  const { t } = useTranslation('backup')
  const { t: tMore } = useTranslation('backups')
  const permissions = usePermissions()
  const { busy, step, ended } = useBackUp()
  const { value, failure, refresh } = useQuery('workspace.backups', {}, { on: ['backups.changed'] })
  const settings = useQuery('backups.settings', {}, { on: ['backups.changed'] })
  const [shown, setShown] = useState<{ readonly name: string | null } | null>(null)
  const configures = permissions.includes('workspace.backup.configure')
  const previews = permissions.includes('workspace.backup.restore')
  const { refresh: refreshSettings } = settings
  useEffect(() => {
    if (ended === 0) return
    refresh()
    refreshSettings()
  }, [ended, refresh, refreshSettings])
  return (
    <section className="nc-panel" aria-label={t('title')}>
      <header className="nc-panel__head">
        <h2>{t('title')}</h2>
      </header>
      {value === undefined ? (
        failure === undefined ? (
          <LoadingState rows={3} />
        ) : (
          <div className="nc-panel__body">
            <FailureState failure={failure} onRetry={refresh} brief />
          </div>
        )
      ) : (
        <>
          <Setting label={t('what')} hint={t('hint')}>
            <div className="nc-setting__group">
              {busy && step !== null && (
                <span className="nc-small nc-soft" role="status">
                  {tMore(`progress.${step === 'copy' || step === 'write' ? step : 'prove'}`)}
                </span>
              )}
              {busy && (
                <Button size="xs" variant="default" onClick={cancelBackUp}>
                  {tMore('run.cancel')}
                </Button>
              )}
              {previews && (
                <Button size="xs" variant="default" onClick={() => setShown({ name: null })}>
                  {tMore('run.file')}
                </Button>
              )}
              <Button size="xs" loading={busy} onClick={() => void backUpNow()}>
                {t('now')}
              </Button>
            </div>
          </Setting>
          <BackupFacts kept={value} />
          {value.backups.length === 0 ? null : (
            <BackupList
              backups={value.backups}
              onPreview={previews ? (name) => setShown({ name }) : null}
            />
          )}
          {configures && settings.value !== undefined && (
            <>
              <BackupWays ways={settings.value.ways} />
              <BackupPlan settings={settings.value} />
            </>
          )}
          {shown !== null && <BackupPreview name={shown.name} onClose={() => setShown(null)} />}
        </>
      )}
    </section>
  )
}

interface KeptProps {
  readonly kept: Output<'workspace.backups'>
}

const BackupFacts = ({ kept: { lastAt, folder } }: KeptProps) => {
  const { t } = useTranslation('backup')
  const format = useFormat()
  return (
    <div className="nc-panel__body">
      <dl className="nc-facts">
        <dt>{t('last')}</dt>
        <dd>
          {lastAt === null ? (
            t('never')
          ) : (
            <>
              {format.instant(lastAt)}{' '}
              <span className="nc-soft">
                (<Since at={lastAt} />)
              </span>
            </>
          )}
        </dd>
        <dt>{t('folder')}</dt>
        <dd className="nc-backup__folder">
          <span className="nc-mono">{folder}</span> <CopyButton text={folder} label={t('folder')} />
        </dd>
      </dl>
    </div>
  )
}
