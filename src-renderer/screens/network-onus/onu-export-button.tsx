import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuFilter, OnuRow, OnuSort } from '../../../src-shared/contract/network-model.ts'
import { callQuery } from '../../client/client.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { ExportButton } from '../../components/export-button.tsx'
import { exportCsv } from '../../components/export-csv.ts'
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
  return (
    <ExportButton<OnuRow>
      label={t('onus.export.shown')}
      hint={t('onus.export.shownHint')}
      cancelLabel={t('onus.export.cancel')}
      cancelled={t('onus.export.cancelled')}
      progressText={(done, total) =>
        t('onus.export.progress', { done: format.number(done), total: format.number(total) })
      }
      doneText={(count) => t('onus.export.done', { count })}
      read={(onProgress, signal) =>
        fetchAllOnus(filter, sort, {
          viewId: makeUuidV7(),
          openView: (input) => callQuery('network.openView', input),
          viewPage: (input) => callQuery('network.viewPage', input),
          closeView: (viewId) => callQuery('network.closeView', { viewId }),
          onProgress,
          signal,
        })
      }
      write={(rows) => writeOnuFile(rows, columns, context)}
    />
  )
}
