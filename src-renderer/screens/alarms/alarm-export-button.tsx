import { Button } from '@mantine/core'
import { IconDownload, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { AlarmFilter, AlarmRow, AlarmSort } from '../../../src-shared/contract/alarms-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { exportCsv } from '../../components/export-csv.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import {
  exportHead,
  exportTail,
  type AlarmCellContext,
  type AlarmColumn,
} from './alarm-columns.tsx'
import { fetchAllAlarms } from './alarm-export.ts'
import { useSpeaker } from './use-speaker.ts'

export interface AlarmExportButtonProps {
  readonly filter: AlarmFilter
  readonly sort: AlarmSort
  readonly columns: readonly AlarmColumn[]
  readonly context: AlarmCellContext
}

/** Exports all alarms of the list as it is filtered, not only those that were scrolled to. */
export const AlarmExportButton = (props: AlarmExportButtonProps): ReactNode => {
  const { filter, sort, columns, context } = props
  const { t, format } = useSpeaker()
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const write = (rows: readonly AlarmRow[]): void =>
    exportCsv(
      `alarms-${filter.list}-${new Date().toISOString().slice(0, 10)}.csv`,
      [
        ...columns.map(({ label, unit }) => (unit === undefined ? label : `${label} (${unit})`)),
        ...exportHead(context),
      ],
      rows.map((row) => [
        ...columns.map((column) => column.plain(row, context)),
        ...exportTail(row, context),
      ]),
    )

  const start = async (): Promise<void> => {
    if (running.current !== null) return
    const stop = new AbortController()
    running.current = stop
    setProgress({ done: 0, total: 0 })
    try {
      const rows = await fetchAllAlarms(filter, sort, {
        list: (input) => callQuery('alarms.list', input),
        onProgress: (done, total) => setProgress({ done, total }),
        signal: stop.signal,
      })
      if (rows === null) showToast({ kind: 'info', title: t('export.cancelled') })
      else {
        write(rows)
        showToast({ kind: 'done', title: t('export.done', { count: rows.length }) })
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
        title={t('export.hint')}
        leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
        onClick={() => void start()}
      >
        {t('button.export', { ns: 'common' })}
      </Button>
    )
  }
  return (
    <Button
      variant="default"
      aria-label={t('export.cancel')}
      rightSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
      onClick={() => running.current?.abort()}
    >
      {t('export.progress', {
        done: format.number(progress.done),
        total: format.number(progress.total),
      })}
    </Button>
  )
}
