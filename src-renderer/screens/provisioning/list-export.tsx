import { useTranslation } from 'react-i18next'
import { ExportButton } from '../../components/export-button.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { useFormat } from '../../components/use-format.ts'
import { readAll } from './read-all.ts'

export interface ListExportProps<Row> {
  /** Begins the file's name; the day follows. */
  readonly name: string
  readonly hint: string
  readonly ask: Parameters<typeof readAll<Row>>[0]
  readonly heads: readonly string[]
  readonly linesOf: (row: Row) => readonly (readonly (string | number | null)[])[]
}

/** The whole list as a file, whichever page is shown. */
export const ListExport = <Row,>({ name, hint, ask, heads, linesOf }: ListExportProps<Row>) => {
  const { t } = useTranslation('provisioning')
  const { t: common } = useTranslation()
  const format = useFormat()
  return (
    <ExportButton<Row>
      label={common('button.export')}
      hint={hint}
      cancelLabel={t('export.cancel')}
      cancelled={t('export.cancelled')}
      progressText={(done, of) =>
        t('export.progress', { done: format.number(done), total: format.number(of) })
      }
      doneText={(count) => t('export.done', { count })}
      read={(onProgress, signal) => readAll(ask, onProgress, signal)}
      write={(rows) =>
        exportCsv(
          `${name}-${new Date().toISOString().slice(0, 10)}.csv`,
          [...heads],
          rows.flatMap(linesOf),
        )
      }
    />
  )
}
