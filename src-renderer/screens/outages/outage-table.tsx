import { memo, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { Since } from '../../components/data-age.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { DownBar } from './down-bar.tsx'
import { OutageLine, OutageOwner } from './outage-line.tsx'
import { revenueText } from './revenue.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useSteadyRows } from './use-steady-rows.ts'
import { VerdictMark } from './verdict-mark.tsx'

const keyOf = (outage: OutageRow): string => outage.id

export interface OutageTableProps {
  readonly outages: readonly OutageRow[]
  readonly kind: 'open' | 'ended'
  readonly label: string
}

/** Outages as lines that stay where they are while somebody points at them. Enter opens one. */
export const OutageTable = ({ outages, kind, label }: OutageTableProps): ReactNode => {
  const { t } = useTranslation('outages')
  const { rows, hold } = useSteadyRows(outages, keyOf)
  const keys = useRowKeys(
    useMemo(() => rows.map(({ row }) => row.id), [rows]),
    (id) => navigate(paths.outage(id)),
  )
  const open = kind === 'open'
  return (
    <div className="nu-scroll">
      <table className="nc-table nu-table" data-kind={kind} aria-label={label} {...hold}>
        <thead>
          <tr>
            <th scope="col">
              <abbr title={t('column.severity')}>
                <span className="nc-hidden">{t('column.severity')}</span>
              </abbr>
            </th>
            <th scope="col">{t('column.what')}</th>
            <th scope="col" className="nc-num">
              {t('column.affected')}
            </th>
            {open ? <th scope="col">{t('column.down')}</th> : null}
            <th scope="col" className="nc-num">
              {t('column.subscribers')}
            </th>
            <th scope="col" className="nc-num nu-wide">
              {t('column.revenue')}
            </th>
            <th scope="col" className="nc-num">
              {t(open ? 'column.age' : 'column.began')}
            </th>
            {open ? null : (
              <th scope="col" className="nc-num">
                {t('column.lasted')}
              </th>
            )}
            <th scope="col">{t('column.owner')}</th>
            <th scope="col">{t('column.verdict')}</th>
          </tr>
        </thead>
        <tbody onKeyDown={keys.onKeyDown}>
          {rows.map(({ row, gone }) => (
            <OutageTableRow
              key={row.id}
              outage={row}
              gone={gone}
              kind={kind}
              tabIndex={keys.isCurrent(row.id) ? 0 : -1}
              onFocus={keys.onFocus}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly outage: OutageRow
  readonly gone: boolean
  readonly kind: 'open' | 'ended'
  readonly tabIndex: number
  readonly onFocus: (key: string) => void
}

const OutageTableRow = memo(({ outage, gone, kind, tabIndex, onFocus }: RowProps) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const open = kind === 'open'
  const ended = outage.endedAt
  return (
    <tr
      data-row={outage.id}
      data-gone={gone ? '' : undefined}
      data-new={open && outage.acknowledged === null && outage.owner === null ? '' : undefined}
      tabIndex={tabIndex}
      onFocus={() => onFocus(outage.id)}
    >
      <td>
        <SeverityBadge severity={open && !gone ? outage.severity : 'cleared'} short />
      </td>
      <td className="nu-table__what">
        <OutageLine outage={outage} />
      </td>
      <td className="nc-num">
        <strong>{format.number(outage.affectedOnus)}</strong>
      </td>
      {open ? (
        <td>
          <DownBar total={outage.affectedOnus} down={outage.down} />
        </td>
      ) : null}
      <td className="nc-num" title={outage.subscribers === null ? t('notLinked') : undefined}>
        {format.number(outage.subscribers)}
      </td>
      <td className="nc-num nu-wide" title={outage.revenue === null ? t('notLinked') : undefined}>
        {revenueText(outage.revenue, format.locale)}
      </td>
      <td className="nc-num">
        {open ? <Since at={outage.beganAt} /> : format.instant(outage.beganAt)}
      </td>
      {open ? null : (
        <td className="nc-num">
          {ended === null ? '–' : format.duration((ended - outage.beganAt) / 1000)}
        </td>
      )}
      <td className="nu-table__owner">
        <OutageOwner outage={outage} />
      </td>
      <td>
        <VerdictMark outage={outage} />
      </td>
    </tr>
  )
})
