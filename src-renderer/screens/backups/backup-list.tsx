import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from './backup-acts.ts'
import './backups.css'

export type KeptBackup = Output<'workspace.backups'>['backups'][number]

export interface BackupListProps {
  readonly backups: readonly KeptBackup[]
  /** May look inside. */
  readonly onPreview: ((name: string) => void) | null
}

/** Backups in the folder, the latest first, each with what it was when it was last opened. */
export const BackupList = ({ backups, onPreview }: BackupListProps) => {
  const { t } = useTranslation('backups')
  const { t: tBackup } = useTranslation('backup')
  const format = useFormat()
  return (
    <table className="nc-table" aria-label={tBackup('list')}>
      <thead>
        <tr>
          <th>{tBackup('at')}</th>
          <th className="nc-num">{tBackup('size')}</th>
          <th>{t('list.state')}</th>
          <th aria-label={t('list.verify')} />
        </tr>
      </thead>
      <tbody>
        {backups.map(({ name, at, bytes, proof, contents }) => (
          <tr key={name}>
            <td>
              {format.instant(at)}
              <div className="nc-mono nc-small nc-soft">{name}</div>
            </td>
            <td className="nc-num">{format.bytes(bytes)}</td>
            <td>
              <State proof={proof} />
              {contents !== null && (
                <div className="nc-small nc-soft">
                  {t('list.short', {
                    olts: format.number(contents.olts),
                    accounts: format.number(contents.accounts),
                  })}
                </div>
              )}
              {proof !== null && (
                <div className="nc-small nc-soft">
                  {t('list.opens')}:{' '}
                  {proof.ways.length === 0
                    ? t('list.no')
                    : proof.ways.map((way) => t(`ways.${way}`)).join(', ')}
                </div>
              )}
            </td>
            <td>
              <Acts name={name} onPreview={onPreview} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const State = ({ proof }: Pick<KeptBackup, 'proof'>) => {
  const { t } = useTranslation('backups')
  const format = useFormat()
  if (proof === null) return t('list.unknown')
  const time = format.instant(proof.at)
  if (proof.problem === null) return t('list.proved', { time })
  return (
    <span className="nc-backup__damaged">
      <IconAlertTriangle size={14} aria-hidden="true" /> {t('list.damaged', { time })}
    </span>
  )
}

const Acts = ({
  name,
  onPreview,
}: {
  readonly name: string
  readonly onPreview: BackupListProps['onPreview']
}) => {
  const { t } = useTranslation('backups')
  const [looking, setLooking] = useState(false)
  const verify = async (): Promise<void> => {
    setLooking(true)
    const seen = await act('backups.verify', { name })
    setLooking(false)
    if (seen === null) return
    const whole = seen.problem === null
    showToast({
      kind: whole ? 'done' : 'failure',
      title: t(whole ? 'list.whole' : 'list.broken'),
      text: t(whole ? 'list.wholeText' : 'list.brokenText', { name }),
    })
  }
  return (
    <div className="nc-backup__acts">
      <Button
        size="compact-xs"
        variant="default"
        loading={looking}
        aria-label={`${t('list.verify')}: ${name}`}
        onClick={() => void verify()}
      >
        {t('list.verify')}
      </Button>
      {onPreview !== null && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${t('list.preview')}: ${name}`}
          onClick={() => onPreview(name)}
        >
          {t('list.preview')}
        </Button>
      )}
    </div>
  )
}
