import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconShieldHeart, IconLock } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriberRow } from '../../../src-shared/contract/subscribers-model.ts'
import { shownPhone } from '../../../src-shared/domain/phone.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { noValue } from '../../components/format.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { StatusBadge } from './status-badge.tsx'
import type { ListView, Sort } from './subscriber-query.ts'

export interface SubscriberTableProps {
  readonly rows: readonly SubscriberRow[]
  readonly view: ListView
  readonly onSort: (sort: Sort) => void
  readonly chosen: ReadonlySet<string>
  /** Undefined: nothing can be done with many at once. */
  readonly onChosen: ((chosen: ReadonlySet<string>) => void) | undefined
}

const columns = [
  ['code', 'code'],
  ['name', 'name'],
  ['status', 'status'],
  ['phone', null],
  ['address', null],
  ['services', 'services'],
  ['serial', null],
  ['agent', 'agent'],
  ['createdAt', 'createdAt'],
] as const satisfies readonly (readonly [string, Sort | null])[]

/** One page of subscribers; Enter opens, x chooses, j and k move. */
export const SubscriberTable = (props: SubscriberTableProps) => {
  const { rows, view, onSort, chosen, onChosen } = props
  const { t } = useTranslation('subscribers')
  const table = useRef<HTMLTableElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const standing = rows.find(({ id }) => id === current)?.id ?? rows[0]?.id ?? null

  const moveBy = (step: number): void => {
    const lines = [...(table.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])]
    const at = lines.findIndex((line) => line.contains(document.activeElement))
    lines[at < 0 ? 0 : Math.max(0, Math.min(lines.length - 1, at + step))]?.focus()
  }
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChosen?.(next)
  }
  useShortcut('rowDown', () => moveBy(1))
  useShortcut('rowUp', () => moveBy(-1))
  useShortcut(
    'selectRow',
    () => {
      if (standing !== null) toggle(standing)
    },
    onChosen !== undefined,
  )
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLTableRowElement)) return
    const id = event.target.dataset['row']
    if (event.key === 'Enter' && id !== undefined) {
      event.preventDefault()
      navigate(paths.subscriber(id))
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      moveBy(event.key === 'ArrowDown' ? 1 : -1)
    }
  }
  const ids = rows.map(({ id }) => id)
  const allChosen = ids.length > 0 && ids.every((id) => chosen.has(id))
  return (
    <section className="nc-panel nsu-scroll" aria-label={t('title')} tabIndex={0}>
      <table ref={table} className="nc-table nsu-table">
        <thead>
          <tr>
            {onChosen !== undefined && (
              <th scope="col" className="nsu-check">
                <Checkbox
                  size="xs"
                  aria-label={t('chooseAll')}
                  checked={allChosen}
                  indeterminate={!allChosen && ids.some((id) => chosen.has(id))}
                  onChange={() => {
                    const next = new Set(chosen)
                    for (const id of ids)
                      if (allChosen) next.delete(id)
                      else next.add(id)
                    onChosen(next)
                  }}
                />
              </th>
            )}
            {columns.map(([column, sort]) => (
              <th
                key={column}
                scope="col"
                className={column === 'services' ? 'nc-num' : undefined}
                aria-sort={
                  sort === null || view.sort !== sort
                    ? undefined
                    : view.descending
                      ? 'descending'
                      : 'ascending'
                }
              >
                {sort === null ? (
                  t(`col.${column}`)
                ) : (
                  <button
                    type="button"
                    title={t('sortBy', { column: t(`col.${column}`) })}
                    onClick={() => onSort(sort)}
                  >
                    {t(`col.${column}`)}
                    {view.sort === sort &&
                      (view.descending ? (
                        <IconArrowDown size={13} aria-hidden="true" />
                      ) : (
                        <IconArrowUp size={13} aria-hidden="true" />
                      ))}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {rows.map((row) => (
            <Line
              key={row.id}
              row={row}
              inTabOrder={row.id === standing}
              onFocus={() => setCurrent(row.id)}
              isChosen={chosen.has(row.id)}
              onToggle={onChosen === undefined ? undefined : () => toggle(row.id)}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface LineProps {
  readonly row: SubscriberRow
  readonly inTabOrder: boolean
  readonly onFocus: () => void
  readonly isChosen: boolean
  readonly onToggle: (() => void) | undefined
}

const Line = ({ row, inTabOrder, onFocus, isChosen, onToggle }: LineProps) => {
  const { t } = useTranslation('subscribers')
  const format = useFormat()
  return (
    <tr
      data-row={row.id}
      tabIndex={inTabOrder ? 0 : -1}
      onFocus={onFocus}
      data-chosen={isChosen || undefined}
      onDoubleClick={() => navigate(paths.subscriber(row.id))}
    >
      {onToggle !== undefined && (
        <td className="nsu-check">
          <Checkbox
            size="xs"
            aria-label={t('chooseOne', { name: row.name })}
            checked={isChosen}
            onChange={onToggle}
            tabIndex={-1}
          />
        </td>
      )}
      <td className="nc-mono">{row.code}</td>
      <td className="nsu-wide">
        <RouteLink to={paths.subscriber(row.id)}>{row.name}</RouteLink> <Marks row={row} />
      </td>
      <td>
        <StatusBadge status={row.status} />
      </td>
      <td>
        {row.phone === null ? (
          noValue
        ) : (
          <span className="npv-cell">
            {shownPhone(row.phone)}
            <CopyButton text={row.phone} label={t('col.phone')} />
          </span>
        )}
      </td>
      <td className="nsu-wide" title={row.address ?? undefined}>
        {row.address ?? noValue}
      </td>
      <td className="nc-num">{format.number(row.liveServices)}</td>
      <td className="nc-mono">{row.serial ?? noValue}</td>
      <td>{row.agentName ?? noValue}</td>
      <td>
        <Since at={row.createdAt} />
      </td>
    </tr>
  )
}

export const Marks = ({
  row,
}: {
  readonly row: Pick<SubscriberRow, 'neverSuspend' | 'restricted'>
}) => {
  const { t } = useTranslation('subscribers')
  return (
    <span className="nsu-marks">
      {row.neverSuspend && (
        <span className="nsu-mark" title={t('mark.neverSuspendHint')}>
          <IconShieldHeart size={13} aria-hidden="true" /> {t('mark.neverSuspend')}
        </span>
      )}
      {row.restricted && (
        <span className="nsu-mark" title={t('mark.restrictedHint')}>
          <IconLock size={13} aria-hidden="true" /> {t('mark.restricted')}
        </span>
      )}
    </span>
  )
}
