import type { ReactNode } from 'react'
import type { AlarmFilter, AlarmRow, AlarmSort } from '../../../src-shared/contract/alarms-model.ts'
import { callQuery } from '../../client/client.ts'
import { ExportButton } from '../../components/export-button.tsx'
import { exportCsv } from '../../components/export-csv.ts'
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

  return (
    <ExportButton<AlarmRow>
      label={t('button.export', { ns: 'common' })}
      hint={t('export.hint')}
      cancelLabel={t('export.cancel')}
      cancelled={t('export.cancelled')}
      progressText={(done, total) =>
        t('export.progress', { done: format.number(done), total: format.number(total) })
      }
      doneText={(count) => t('export.done', { count })}
      read={(onProgress, signal) =>
        fetchAllAlarms(filter, sort, {
          list: (input) => callQuery('alarms.list', input),
          onProgress,
          signal,
        })
      }
      write={write}
    />
  )
}
