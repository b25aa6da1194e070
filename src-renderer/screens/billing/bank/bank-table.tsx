import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BankLineRow } from '../../../../src-shared/contract/billing-bank-model.ts'
import { Day } from '../../../components/day.tsx'
import { Money } from '../../../components/money.tsx'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys } from '../../network-traps/use-trap-table.ts'
import type { BankSort, BankView } from './bank-query.ts'
import '../../network-olts/olts.css'

export interface BankTableProps {
  readonly rows: readonly BankLineRow[]
  readonly view: BankView
  readonly onSort: (column: BankSort) => void
  readonly onOpen: (lineId: string) => void
}

/** Movements, one a row: j and k move, Enter opens. */
export const BankTable = ({ rows, view, onSort, onOpen }: BankTableProps) => {
  const { t } = useTranslation('billing-bank')
  const keys = useRowKeys(
    useMemo(() => rows.map(({ id }) => id), [rows]),
    onOpen,
  )
  const head = (column: BankSort, number = false) => (
    <SortHead
      label={t(`column.${column}`)}
      number={number}
      direction={view.sort !== column ? 'none' : view.descending ? 'descending' : 'ascending'}
      onSort={() => onSort(column)}
    />
  )
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('title')}>
      <table className="nc-table" aria-label={t('title')}>
        <thead>
          <tr>
            {head('day')}
            {head('amount', true)}
            {head('payer')}
            <th scope="col">{t('column.words')}</th>
            <th scope="col">{t('column.who')}</th>
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {rows.map((line) => (
            <tr
              key={line.id}
              data-row={line.id}
              data-open={line.id === view.lineId || undefined}
              tabIndex={keys.isCurrent(line.id) ? 0 : -1}
              onFocus={() => keys.onFocus(line.id)}
            >
              <td className="nbk-day">
                <button type="button" className="nbl-open" onClick={() => onOpen(line.id)}>
                  <Day on={line.bookedOn} />
                </button>
              </td>
              <td className="nc-num">
                <Money minor={line.minor} currency={line.currency} />
              </td>
              <td>
                <span className="nc-cut nbk-payer">{line.payer ?? t('noPayer')}</span>
                {line.payerEnd !== null && (
                  <small className="nc-faint nc-mono"> …{line.payerEnd}</small>
                )}
              </td>
              <td className="nbk-words" title={line.remittance}>
                {line.remittance}
              </td>
              <td>
                <Who line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What is known of it at a glance: who, and how sure. */
const Who = ({ line }: { readonly line: BankLineRow }) => {
  const { t } = useTranslation('billing-bank')
  const [first] = line.proposals
  const standing = line.payments.filter(({ reversed, role }) => !reversed || role === 'out')
  if (line.state === 'ignored') return <span className="nc-soft">{line.reason}</span>
  if (line.state === 'taken') {
    return (
      <span>
        {standing
          .map(({ subscriberCode, subscriberName }) => `${subscriberCode} ${subscriberName}`)
          .join(', ')}
      </span>
    )
  }
  return (
    <span className="nbk-who">
      {first === undefined ? (
        <span className="nc-soft">{t('nobody')}</span>
      ) : (
        <>
          <StrengthChip strength={first.strength} />
          <span className="nc-cut">
            {first.subscriberCode} {first.subscriberName}
          </span>
          {line.proposals.length > 1 && (
            <small className="nc-faint">{t('more', { count: line.proposals.length - 1 })}</small>
          )}
        </>
      )}
      {line.twin && (
        <span className="nbl-chip" data-tone="warn" title={t('twinText')}>
          {t('twin')}
        </span>
      )}
    </span>
  )
}

export const StrengthChip = (props: {
  readonly strength: BankLineRow['proposals'][number]['strength']
}) => {
  const { t } = useTranslation('billing-bank')
  const tone = { certain: 'live', likely: 'plain', weak: 'off' } as const
  return (
    <span className="nbl-chip" data-tone={tone[props.strength]}>
      {t(`strength.${props.strength}`)}
    </span>
  )
}
