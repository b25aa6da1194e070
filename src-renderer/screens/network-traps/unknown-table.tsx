import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Fragment, memo, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { SortHead } from '../network-olts/olt-table.tsx'
import { plainText } from './plain-text.ts'
import { sortUnknown, unknownColumns, unknownKey, type UnknownColumn } from './trap-list.ts'
import type { UnknownTrap } from './trap-line.ts'
import { TrapVarbinds } from './trap-varbinds.tsx'
import { useRowKeys, useTrapSort } from './use-trap-table.ts'

const latestFirst = { column: 'lastAt', descending: true } as const

export const useUnknownSort = () =>
  useTrapSort<UnknownColumn>('traps-unknown', unknownColumns, latestFirst)

export interface UnknownTableProps {
  readonly traps: readonly UnknownTrap[]
  /** Where this console listens: for the line that sends a trap again. */
  readonly port: number
}

/** Traps that no family knows and those of strangers. Enter shows what they carried. */
export const UnknownTable = ({ traps, port }: UnknownTableProps) => {
  const { t } = useTranslation('traps')
  const [sort, setSort] = useUnknownSort()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const sorted = useMemo(() => sortUnknown(traps, sort), [traps, sort])
  const toggle = useCallback((key: string): void => {
    setOpen((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  const keys = useRowKeys(
    useMemo(() => sorted.map(unknownKey), [sorted]),
    toggle,
  )
  return (
    <div className="nc-panel no-table ntr-table">
      <table className="nc-table" aria-label={t('unknown')}>
        <thead>
          <tr>
            <th className="ntr-chevron">
              <span className="nc-hidden">{t('column.varbinds')}</span>
            </th>
            {unknownColumns.map((column) => (
              <SortHead
                key={column}
                label={t(`column.${column}`)}
                number={column === 'count'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => setSort(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {sorted.map((trap) => {
            const key = unknownKey(trap)
            return (
              <Fragment key={key}>
                <UnknownRow
                  rowKey={key}
                  trap={trap}
                  open={open.has(key)}
                  tabIndex={keys.isCurrent(key) ? 0 : -1}
                  onFocus={keys.onFocus}
                  onToggle={toggle}
                />
                {open.has(key) ? (
                  <tr className="ntr-inner">
                    <td />
                    <td colSpan={unknownColumns.length}>
                      <TrapVarbinds trap={trap} port={port} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly rowKey: string
  readonly trap: UnknownTrap
  readonly open: boolean
  readonly tabIndex: number
  readonly onFocus: (key: string) => void
  readonly onToggle: (key: string) => void
}

const sameRow = (before: RowProps, after: RowProps): boolean =>
  before.rowKey === after.rowKey &&
  before.open === after.open &&
  before.tabIndex === after.tabIndex &&
  before.trap.count === after.trap.count &&
  before.trap.lastAt === after.trap.lastAt &&
  before.trap.oltName === after.trap.oltName

const UnknownRow = memo(({ rowKey, trap, open, tabIndex, onFocus, onToggle }: RowProps) => {
  const { t } = useTranslation('traps')
  const format = useFormat()
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <tr
      data-row={rowKey}
      tabIndex={tabIndex}
      onFocus={() => onFocus(rowKey)}
      onDoubleClick={() => onToggle(rowKey)}
    >
      <td className="ntr-chevron">
        <ActionIcon
          size={20}
          aria-expanded={open}
          aria-label={t(open ? 'row.hide' : 'row.show')}
          onClick={() => onToggle(rowKey)}
        >
          <Chevron size={14} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </td>
      <td className="nc-mono">{plainText(trap.trapOid)}</td>
      <td className="nc-mono">{plainText(trap.source)}</td>
      <td>
        {trap.ofSeveral !== undefined ? (
          <span className="nc-soft" title={t('ofSeveralHint')}>
            {t('ofSeveral', { olts: format.number(trap.ofSeveral) })}
          </span>
        ) : trap.oltId === null ? (
          <span className="nc-soft" title={t('strangerHint')}>
            {t('stranger')}
          </span>
        ) : (
          <RouteLink to={paths.olt(trap.oltId)}>{trap.oltName ?? t('oneOlt')}</RouteLink>
        )}
      </td>
      <td>{trap.version}</td>
      <td className="nc-num">{format.number(trap.count)}</td>
      <td className="nc-soft">
        <Since at={trap.firstAt} />
      </td>
      <td className="nc-soft">
        <Since at={trap.lastAt} />
      </td>
    </tr>
  )
}, sameRow)
