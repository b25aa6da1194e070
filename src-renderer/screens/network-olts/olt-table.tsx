import { IconArrowDown, IconArrowUp, IconFlask } from '@tabler/icons-react'
import { memo, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { DataAge, Since } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { changeTablePreferences, useTablePreferences } from '../../state/preferences.ts'
import { CliMark } from '../olt-cli/cli-mark.tsx'
import { CountsBar } from './counts-bar.tsx'
import { OltMenu } from './olt-menu.tsx'
import {
  isOltSortColumn,
  oltOffline,
  sortOlts,
  type OltSort,
  type OltSortColumn,
} from './olt-trouble.ts'
import { QuietMark } from './quiet-mark.tsx'
import { ReachabilityBadge } from './reachability-badge.tsx'
import { TroubleText } from './trouble-text.tsx'
import { onusWith } from './onu-links.ts'

const tableName = 'olts'

const columns = [
  { id: 'name', number: false },
  { id: 'host', number: false },
  { id: 'trouble', number: false },
  { id: 'reachability', number: false },
  { id: 'since', number: false },
  { id: 'status', number: false },
  { id: 'optics', number: false },
  { id: 'online', number: true },
  { id: 'offline', number: true },
  { id: 'light', number: true },
  { id: 'family', number: false },
] as const satisfies readonly { readonly id: OltSortColumn; readonly number: boolean }[]

/** The order a person chose last; kept with his preferences. */
export const useOltSort = (): readonly [OltSort, (column: OltSortColumn) => void] => {
  const kept = useTablePreferences(tableName)?.sort
  const sort = useMemo(
    (): OltSort =>
      kept !== undefined && kept !== null && isOltSortColumn(kept.column)
        ? { column: kept.column, descending: kept.descending }
        : { column: 'trouble', descending: false },
    [kept],
  )
  return [
    sort,
    (column) =>
      changeTablePreferences(tableName, {
        columns: [],
        widths: {},
        sort: { column, descending: sort.column === column ? !sort.descending : false },
      }),
  ]
}

export interface OltTableProps {
  readonly olts: readonly OltRow[]
  readonly onEdit: (olt: OltRow) => void
  readonly onRemove: (olt: OltRow) => void
  /** An OLT was changed from its menu. */
  readonly onChange: () => void
}

export const OltTable = ({ olts, onEdit, onRemove, onChange }: OltTableProps) => {
  const { t } = useTranslation('network')
  const [sort, setSort] = useOltSort()
  const sorted = useMemo(() => sortOlts(olts, sort), [olts, sort])
  const body = useRef<HTMLTableSectionElement>(null)
  const [currentId, setCurrentId] = useState<string | undefined>()
  const at = Math.max(
    0,
    sorted.findIndex((olt) => olt.id === currentId),
  )
  const focusRow = (position: number): void => {
    const next = Math.max(0, Math.min(sorted.length - 1, position))
    setCurrentId(sorted[next]?.id)
    body.current?.rows[next]?.focus()
  }
  useShortcut('rowDown', () => focusRow(currentId === undefined ? 0 : at + 1))
  useShortcut('rowUp', () => focusRow(at - 1))
  return (
    <div className="no-table nc-panel">
      <table className="nc-table" aria-label={t('olts.columns.table')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <SortHead
                key={column.id}
                label={t(`olts.columns.${column.id}`)}
                number={column.number}
                {...(column.id === 'family' ? { className: 'no-family' } : {})}
                direction={
                  sort.column !== column.id ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => setSort(column.id)}
              />
            ))}
            <th>
              <span className="nc-hidden">{t('olts.columns.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody
          ref={body}
          onKeyDown={(event) => {
            if (event.target instanceof HTMLTableRowElement && event.key === 'Enter') {
              const olt = sorted[at]
              if (olt !== undefined) navigate(paths.olt(olt.id))
            } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              if (!(event.target instanceof HTMLTableRowElement)) return
              event.preventDefault()
              focusRow(at + (event.key === 'ArrowDown' ? 1 : -1))
            }
          }}
        >
          {sorted.map((olt, position) => (
            <OltTableRow
              key={olt.id}
              olt={olt}
              tabIndex={position === at ? 0 : -1}
              onFocus={setCurrentId}
              onEdit={onEdit}
              onRemove={onRemove}
              onChange={onChange}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

export interface SortHeadProps {
  readonly label: string
  readonly number: boolean
  readonly direction: 'none' | 'ascending' | 'descending'
  readonly onSort: () => void
  readonly title?: string
  readonly className?: string
  /** Below the label: how sure the column is. */
  readonly mark?: ReactNode
}

export const SortHead = (props: SortHeadProps) => {
  const { label, number, direction, onSort, title, className = '', mark } = props
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <th scope="col" aria-sort={direction} className={number ? `nc-num ${className}` : className}>
      <button type="button" className="no-sort" onClick={onSort} title={title}>
        {label}
        <Arrow size={12} aria-hidden="true" data-off={direction === 'none' ? '' : undefined} />
      </button>
      {mark}
    </th>
  )
}

interface RowProps {
  readonly olt: OltRow
  readonly tabIndex: number
  readonly onFocus: (oltId: string) => void
  readonly onEdit: (olt: OltRow) => void
  readonly onRemove: (olt: OltRow) => void
  readonly onChange: () => void
}

const OltTableRow = memo((props: RowProps) => {
  const { olt, tabIndex, onFocus, onEdit, onRemove, onChange } = props
  const { t } = useTranslation('network')
  const format = useFormat()
  const { counts } = olt
  // Of an OLT that does not answer nobody can say how many ONUs are on: not even none.
  const read = olt.ages.status !== null && olt.reachability === 'reachable'
  const low = counts.signalCritical + counts.signalWarning
  return (
    <tr tabIndex={tabIndex} onFocus={() => onFocus(olt.id)} data-reachability={olt.reachability}>
      <td>
        <Link href={paths.olt(olt.id)} className="no-name">
          {olt.name}
        </Link>
        {olt.simulated ? (
          <IconFlask
            size={13}
            className="no-flask"
            role="img"
            aria-label={t('olts.simulated')}
            stroke={1.6}
          />
        ) : null}
        <CliMark oltId={olt.id} />
      </td>
      <td className="nc-mono">{olt.port === 161 ? olt.host : `${olt.host}:${olt.port}`}</td>
      <td>
        <TroubleText olt={olt} />
      </td>
      <td>
        {olt.quiet !== null && olt.reachability === 'reachable' ? (
          // Whether it answers now nobody knows: it is not asked.
          <QuietMark quiet={olt.quiet} />
        ) : (
          <>
            <ReachabilityBadge reachability={olt.reachability} iconOnly={olt.quiet !== null} />{' '}
            <QuietMark quiet={olt.quiet} />
          </>
        )}
      </td>
      <td className="nc-soft">
        <Since at={olt.since} />
      </td>
      <td>
        <DataAge at={olt.ages.status} intervalS={olt.intervals.statusS} exact />
      </td>
      <td>
        <DataAge at={olt.ages.optics} intervalS={olt.intervals.opticsS} exact />
      </td>
      <td className="nc-num">
        {olt.ages.status !== null ? (
          <span className="no-online">
            <CountsBar counts={counts} />
            <Link className="no-quiet-link" href={onusWith({ oltIds: [olt.id] })}>
              {read ? format.number(counts.online) : '–'}
              <span className="nc-faint">/{format.number(counts.total)}</span>
            </Link>
          </span>
        ) : (
          '–'
        )}
      </td>
      <td className="nc-num" data-zero={oltOffline(olt) === 0 ? '' : undefined}>
        {read ? format.number(oltOffline(olt)) : '–'}
      </td>
      <td
        className="nc-num"
        data-zero={low === 0 ? '' : undefined}
        data-act={counts.signalCritical > 0 ? '' : undefined}
        title={t('olts.row.low', {
          critical: format.number(counts.signalCritical),
          warning: format.number(counts.signalWarning),
        })}
      >
        {olt.ages.optics === null || !read ? '–' : format.number(low)}
      </td>
      <td className="nc-soft no-family nc-cut" title={olt.familyLabel ?? undefined}>
        {olt.familyLabel ?? t('olts.noFamily')}
      </td>
      <td className="no-menu">
        <OltMenu
          olt={olt}
          onEdit={() => onEdit(olt)}
          onRemove={() => onRemove(olt)}
          onChange={onChange}
        />
      </td>
    </tr>
  )
})
