import { Button, Menu } from '@mantine/core'
import { IconDownload, IconFileCertificate, IconTable, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditFilter } from '../../../src-shared/contract/audit.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { runCommand } from '../../client/client.ts'
import { useTask } from '../../client/use-task.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { CloseButton } from './audit-verify.tsx'

type Made = Output<'audit.export'>

export interface AuditExportProps {
  readonly filter: AuditFilter
  readonly onMade: (made: Made) => void
}

/** What is shown, all of it, into a file of the workspace's. It asks who one is. */
export const AuditExport = ({ filter, onMade }: AuditExportProps) => {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const task = useTask<Made>()
  const [opened, setOpened] = useState(false)
  const { state } = task
  useShortcut('exportList', () => setOpened(true))
  useEffect(() => {
    if (state.kind === 'done') onMade(state.result)
    else if (state.kind === 'failed') showFailure(state.failure)
    else if (state.kind === 'cancelled') showToast({ kind: 'info', title: t('export.cancelled') })
    // Told once for each state, whatever else is drawn anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [state])
  const start = (kind: 'signed' | 'csv'): void =>
    task.start((taskId) => runCommand('audit.export', { format: kind, filter, taskId }))

  if (state.kind === 'running') {
    return (
      <Button
        variant="default"
        aria-label={t('export.cancel')}
        rightSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
        onClick={task.cancel}
      >
        {state.total === null
          ? t('export.starting')
          : t('export.running', {
              done: format.number(state.done),
              total: format.number(state.total),
            })}
      </Button>
    )
  }
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
        >
          {t('export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('export.menu')}>
        <Menu.Item
          leftSection={<IconFileCertificate size={15} stroke={1.7} aria-hidden="true" />}
          onClick={() => start('signed')}
        >
          {t('export.signed')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTable size={15} stroke={1.7} aria-hidden="true" />}
          onClick={() => start('csv')}
        >
          {t('export.csv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Where the file lies now, and how it is proved. */
export const ExportMade = ({
  made,
  onClose,
}: {
  readonly made: Made
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const { folder, fileName, rows, fingerprint } = made
  return (
    <section className="nc-panel nau-proof" aria-label={t('export.button')}>
      <div className="nau-proof__line">
        <strong role="status">
          {t('export.done', { count: rows, number: format.number(rows) })}
        </strong>
        <CloseButton onClose={onClose} />
      </div>
      <div className="nau-key">
        <span className="nc-mono nau-hash">{t('export.where', { file: fileName, folder })}</span>
        <CopyButton text={`${folder}/${fileName}`} label={t('export.copyPath')} />
      </div>
      {fingerprint !== null && <p className="nc-soft nc-small">{t('export.check')}</p>}
    </section>
  )
}
