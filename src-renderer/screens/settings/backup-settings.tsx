import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { backUpNow, useBackUp } from '../../app/back-up.ts'
import { useQuery } from '../../client/hooks.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Setting } from './setting.tsx'

/** When the last backup was made, where they lie, and one more by a click. */
export const BackupSettings = () => {
  const { t } = useTranslation('backup')
  const { busy, ended } = useBackUp()
  const { value, failure, refresh } = useQuery('workspace.backups', {})
  useEffect(() => {
    if (ended > 0) refresh()
  }, [ended, refresh])
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
            <Button size="xs" loading={busy} onClick={() => void backUpNow()}>
              {t('now')}
            </Button>
          </Setting>
          <BackupFacts kept={value} />
          {value.backups.length === 0 ? null : <BackupList kept={value} />}
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

const BackupList = ({ kept: { backups } }: KeptProps) => {
  const { t } = useTranslation('backup')
  const format = useFormat()
  return (
    <table className="nc-table" aria-label={t('list')}>
      <thead>
        <tr>
          <th>{t('file')}</th>
          <th>{t('at')}</th>
          <th className="nc-num">{t('size')}</th>
        </tr>
      </thead>
      <tbody>
        {backups.map(({ name, at, bytes }) => (
          <tr key={name}>
            <td className="nc-mono">{name}</td>
            <td>{format.instant(at)}</td>
            <td className="nc-num">{format.bytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
