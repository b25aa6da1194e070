import { useTranslation } from 'react-i18next'
import type { BackupView } from '../../../src-shared/contract/restore.ts'
import { useFormat } from '../../components/use-format.ts'

/** What is in a backup that has proved itself. */
export const BackupFacts = ({ view }: { readonly view: BackupView }) => {
  const { t } = useTranslation('backups')
  const { t: tRestore } = useTranslation('restore')
  const format = useFormat()
  const { contents, transfer } = view
  const older = view.schemaVersion < view.ownSchemaVersion
  return (
    <dl className="nc-facts">
      {transfer !== null && (
        <>
          <Fact label={tRestore('transfer.name')} value={transfer.name} />
          <Fact
            label={tRestore('transfer.act')}
            value={tRestore(transfer.act === 'move' ? 'transfer.move' : 'transfer.copy')}
          />
        </>
      )}
      <dt>{t('preview.made')}</dt>
      <dd>{format.instant(view.createdAt)}</dd>
      <dt>{t('preview.lastAt')}</dt>
      <dd>{contents.lastAt === null ? '–' : format.instant(contents.lastAt)}</dd>
      <dt>{t('preview.owner')}</dt>
      <dd>{contents.owner ?? '–'}</dd>
      {(['olts', 'onus', 'accounts', 'auditRows', 'rows'] as const).map((name) => (
        <Fact key={name} label={t(`preview.${name}`)} value={format.number(contents[name])} />
      ))}
      {transfer === null ? (
        <Fact label={tRestore('history.label')} value={tRestore('history.no')} />
      ) : (
        <TransferFacts transfer={transfer} />
      )}
      <dt>{t('preview.size')}</dt>
      <dd>{format.bytes(view.bytes)}</dd>
      <dt>{t('preview.version')}</dt>
      <dd>
        {view.schemaVersion} {older && <span className="nc-soft">{t('preview.older')}</span>}
      </dd>
      <dt>{t('preview.workspace')}</dt>
      <dd className="nc-mono nc-backup__folder">{view.workspaceId}</dd>
    </dl>
  )
}

const Fact = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </>
)

const TransferFacts = ({
  transfer,
}: {
  readonly transfer: NonNullable<BackupView['transfer']>
}) => {
  const { t } = useTranslation('restore')
  const format = useFormat()
  const { history, historyBytes, mapBytes, families, appVersion } = transfer
  return (
    <>
      <Fact
        label={t('history.label')}
        value={
          history === null
            ? t('history.none')
            : t('history.days', { count: history.days, bytes: format.bytes(historyBytes) })
        }
      />
      <Fact label={t('transfer.families')} value={format.number(families)} />
      <Fact
        label={t('transfer.map')}
        value={mapBytes === 0 ? t('transfer.noMap') : format.bytes(mapBytes)}
      />
      {appVersion !== '' && (
        <Fact label={t('transfer.by')} value={t('transfer.version', { version: appVersion })} />
      )}
    </>
  )
}
