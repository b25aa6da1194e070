import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from './backup-acts.ts'

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
          <th>{tBackup('file')}</th>
          <th>{tBackup('at')}</th>
          <th className="nc-num">{tBackup('size')}</th>
          <th>{t('list.inside')}</th>
          <th>{t('list.opens')}</th>
          <th>{t('list.state')}</th>
          <th aria-label={t('list.verify')} />
        </tr>
      </thead>
      <tbody>
        {backups.map(({ name, at, bytes, proof, contents }) => (
          <tr key={name}>
            <td className="nc-mono">{name}</td>
            <td>{format.instant(at)}</td>
            <td className="nc-num">{format.bytes(bytes)}</td>
            <td>
              {contents === null
                ? '–'
                : t('list.short', {
                    olts: format.number(contents.olts),
                    accounts: format.number(contents.accounts),
                  })}
            </td>
            <td>
              {proof === null
                ? '–'
                : proof.ways.length === 0
                  ? t('list.no')
                  : proof.ways.map((way) => t(`ways.${way}`)).join(', ')}
            </td>
            <td>
              {proof === null
                ? t('list.unknown')
                : t(proof.problem === null ? 'list.proved' : 'list.damaged', {
                    time: format.instant(proof.at),
                  })}
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
    <div className="nc-setting__group">
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
