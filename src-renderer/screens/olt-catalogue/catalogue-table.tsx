import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../components/copy-button.tsx'
import { useFormat } from '../../components/use-format.ts'
import { SortHead } from '../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../network-traps/use-trap-table.ts'
import {
  catalogueColumns,
  isNumberColumn,
  sortEntries,
  type CatalogueColumn,
  type CatalogueEntry,
  type CatalogueSort,
} from './catalogue-model.ts'

const byId = { column: 'id', descending: false } as const

export const useCatalogueSort = (): readonly [CatalogueSort, (column: CatalogueColumn) => void] =>
  useTrapSort<CatalogueColumn>('olt-catalogue', catalogueColumns, byId)

export interface CatalogueTableProps {
  readonly entries: readonly CatalogueEntry[]
  readonly columns: readonly CatalogueColumn[]
  readonly label: string
}

export const CatalogueTable = ({ entries, columns, label }: CatalogueTableProps) => {
  const { t } = useTranslation('catalogue')
  const [sort, setSort] = useCatalogueSort()
  const sorted = useMemo(() => sortEntries(entries, sort), [entries, sort])
  const keys = useRowKeys(
    useMemo(() => sorted.map(({ id }) => id), [sorted]),
    () => undefined,
  )
  return (
    <div className="nc-panel no-table">
      <table className="nc-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <SortHead
                key={column}
                label={t(`column.${column}`)}
                number={isNumberColumn(column)}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => setSort(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {sorted.map((entry) => (
            <tr
              key={entry.id}
              data-row={entry.id}
              tabIndex={keys.isCurrent(entry.id) ? 0 : -1}
              onFocus={() => keys.onFocus(entry.id)}
            >
              {columns.map((column) => (
                <Cell key={column} entry={entry} column={column} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Cell = ({
  entry,
  column,
}: {
  readonly entry: CatalogueEntry
  readonly column: CatalogueColumn
}) => {
  const { t } = useTranslation('catalogue')
  const format = useFormat()
  switch (column) {
    case 'id':
      return (
        <td className="nc-mono">
          {entry.id} <CopyButton text={entry.id} label={t('column.id')} />
        </td>
      )
    case 'name':
      return <td>{entry.name}</td>
    case 'downKbps':
    case 'upKbps':
      return <td className="nc-num">{format.rate(entry[column])}</td>
    case 'wifi':
      return <td>{entry.wifi === null ? '–' : t(entry.wifi ? 'yes' : 'no')}</td>
    default:
      return (
        <td className="nc-num" data-zero={entry[column] === 0 ? '' : undefined}>
          {format.number(entry[column])}
        </td>
      )
  }
}
