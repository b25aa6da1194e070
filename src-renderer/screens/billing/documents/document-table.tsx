import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentHead } from '../../../../src-shared/contract/billing-documents-model.ts'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { Day } from '../../../components/day.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { changeTablePreferences, useTablePreferences } from '../../../state/preferences.ts'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys } from '../../network-traps/use-trap-table.ts'
import { sorts, type DocumentSort } from './document-query.ts'
import { openOf, StandBadge } from './document-words.tsx'
import '../../network-olts/olts.css'

export interface SortedBy {
  readonly column: DocumentSort
  readonly descending: boolean
}

const latest: SortedBy = { column: 'issuedOn', descending: true }

/** The order a person chose last; kept with his preferences. */
export const useDocumentSort = (): readonly [SortedBy, (column: DocumentSort) => void] => {
  const kept = useTablePreferences('documents')?.sort
  const column = sorts.find((known) => known === kept?.column)
  const sort: SortedBy =
    column === undefined ? latest : { column, descending: kept?.descending ?? false }
  return [
    sort,
    (chosen) =>
      changeTablePreferences('documents', {
        columns: [],
        widths: {},
        sort: {
          column: chosen,
          // Names begin at A, days and sums with the latest and the largest.
          descending: sort.column === chosen ? !sort.descending : chosen !== 'subscriber',
        },
      }),
  ]
}

const columns = [
  ['number', 'number'],
  ['kind', null],
  ['stand', null],
  ['issuedOn', 'issuedOn'],
  ['dueOn', 'dueOn'],
  ['subscriber', 'subscriber'],
  ['net', null],
  ['tax', null],
  ['total', 'total'],
  ['open', null],
] as const satisfies readonly (readonly [string, DocumentSort | null])[]

const numbers: readonly string[] = ['net', 'tax', 'total', 'open']

export interface DocumentTableProps {
  readonly documents: readonly DocumentHead[]
  readonly sort: SortedBy
  readonly onSort: (column: DocumentSort) => void
}

/** One page of documents; Enter opens, j and k move. */
export const DocumentTable = ({ documents, sort, onSort }: DocumentTableProps) => {
  const { t } = useTranslation('billing-documents')
  const keys = useRowKeys(
    useMemo(() => documents.map(({ id }) => id), [documents]),
    (id) => navigate(paths.document(id)),
  )
  return (
    <section className="nc-panel nbd-scroll" aria-label={t('title')} tabIndex={0}>
      <table className="nc-table" aria-label={t('title')}>
        <thead>
          <tr>
            {columns.map(([column, by]) =>
              by === null ? (
                <th
                  key={column}
                  scope="col"
                  className={numbers.includes(column) ? 'nc-num' : undefined}
                >
                  {t(`col.${column}`)}
                </th>
              ) : (
                <SortHead
                  key={column}
                  label={t(`col.${column}`)}
                  number={numbers.includes(column)}
                  direction={
                    sort.column !== by ? 'none' : sort.descending ? 'descending' : 'ascending'
                  }
                  onSort={() => onSort(by)}
                />
              ),
            )}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {documents.map((document) => (
            <tr
              key={document.id}
              data-row={document.id}
              tabIndex={keys.isCurrent(document.id) ? 0 : -1}
              onFocus={() => keys.onFocus(document.id)}
              onDoubleClick={() => navigate(paths.document(document.id))}
            >
              <td className="nc-mono">
                <RouteLink to={paths.document(document.id)}>
                  {document.number ?? t('noNumber')}
                </RouteLink>
              </td>
              <td>{t(`kind.${document.kind}`)}</td>
              <td>
                <StandBadge document={document} />
              </td>
              <td>
                <Day on={document.issuedOn} />
              </td>
              <td>
                <Day on={document.dueOn} />
              </td>
              <td className="nbd-name">
                <RouteLink to={paths.subscriber(document.subscriberId)}>
                  {document.subscriberName}
                </RouteLink>{' '}
                <span className="nc-mono nc-soft">{document.subscriberCode}</span>
              </td>
              <td className="nc-num">
                <Money minor={signed(document, document.net)} currency={document.currency} />
              </td>
              <td className="nc-num">
                <Money minor={signed(document, document.tax)} currency={document.currency} />
              </td>
              <td className="nc-num">
                <Money minor={signed(document, document.total)} currency={document.currency} />
              </td>
              <td className="nc-num">
                {openOf(document) === 0 ? (
                  <span className="nc-faint">–</span>
                ) : (
                  <Money minor={openOf(document)} currency={document.currency} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A credit note takes off: its figures are shown so. */
export const signed = ({ kind }: Pick<DocumentHead, 'kind'>, minor: number): number =>
  kind === 'credit-note' ? -minor : minor
