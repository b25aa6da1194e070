import { Button } from '@mantine/core'
import { IconDownload, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuFilter, OnuRow, OnuSort } from '../../../src-shared/contract/network-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { exportCsv } from '../../components/export-csv.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { OnuCellContext } from './onu-cell-context.ts'
import type { OnuColumn } from './onu-columns.tsx'
import { fetchAllOnus } from './onu-export.ts'

/** Head and rows as a spreadsheet takes them: the columns that are shown, in their order. */
export const writeOnuFile = (
  rows: readonly OnuRow[],
  columns: readonly OnuColumn[],
  context: OnuCellContext,
): void => {
  const day = new Date().toISOString().slice(0, 10)
  exportCsv(
    `onus-${day}.csv`,
    columns.map(({ label, unit }) => (unit === undefined ? label : `${label} (${unit})`)),
    rows.map((row) => columns.map((column) => column.plain(row, context))),
  )
}

export interface OnuExportButtonProps {
  readonly filter: OnuFilter
  readonly sort: OnuSort
  readonly columns: readonly OnuColumn[]
  readonly context: OnuCellContext
}

/** Exports all rows that are shown, not only those that were scrolled to; can be cancelled. */
export const OnuExportButton = (props: OnuExportButtonProps): ReactNode => {
  const { filter, sort, columns, context } = props
  const { t } = useTranslation('network')
  const format = useFormat()
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = async (): Promise<void> => {
    if (running.current !== null) return
    const stop = new AbortController()
    running.current = stop
    setProgress({ done: 0, total: 0 })
    try {
      const rows = await fetchAllOnus(filter, sort, {
        viewId: makeUuidV7(),
        openView: (input) => callQuery('network.openView', input),
        viewPage: (input) => callQuery('network.viewPage', input),
        closeView: (viewId) => callQuery('network.closeView', { viewId }),
        onProgress: (done, total) => setProgress({ done, total }),
        signal: stop.signal,
      })
      if (rows === null) {
        showToast({ kind: 'info', title: t('onus.export.cancelled') })
      } else {
        writeOnuFile(rows, columns, context)
        showToast({ kind: 'done', title: t('onus.export.done', { count: rows.length }) })
      }
    } catch (error) {
      showFailure(failureOf(error))
    } finally {
      running.current = null
      setProgress(null)
    }
  }

  useShortcut('exportList', () => void start())

  if (progress === null) {
    return (
      <Button
        variant="default"
        title={t('onus.export.shownHint')}
        leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
        onClick={() => void start()}
      >
        {t('onus.export.shown')}
      </Button>
    )
  }
  return (
    <Button
      variant="default"
      aria-label={t('onus.export.cancel')}
      rightSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
      onClick={() => running.current?.abort()}
    >
      {t('onus.export.progress', {
        done: format.number(progress.done),
        total: format.number(progress.total),
      })}
    </Button>
  )
}
