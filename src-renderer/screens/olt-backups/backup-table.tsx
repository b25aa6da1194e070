import { Checkbox } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltBackupState } from '../../../src-shared/contract/olt-backups.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { SortHead } from '../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../network-traps/use-trap-table.ts'
import { BackupConditionMark } from './backup-condition.tsx'
import { backupColumns, sortBackups, type BackupColumn, type BackupSort } from './backup-model.ts'
import { useNextWords, useScheduleWords } from './schedule-words.ts'

const gravestFirst = { column: 'condition', descending: false } as const

export const useBackupSort = (): readonly [BackupSort, (column: BackupColumn) => void] =>
  useTrapSort<BackupColumn>('olt-backups', backupColumns, gravestFirst)

export interface BackupTableProps {
  readonly olts: readonly OltBackupState[]
  readonly chosen: ReadonlySet<string>
  readonly onChosen: (chosen: ReadonlySet<string>) => void
  readonly selectable: boolean
}

export const BackupTable = ({ olts, chosen, onChosen, selectable }: BackupTableProps) => {
  const { t } = useTranslation('olt-backups')
  const format = useFormat()
  const wordsOf = useScheduleWords()
  const nextOf = useNextWords()
  const [sort, setSort] = useBackupSort()
  const sorted = useMemo(() => sortBackups(olts, sort), [olts, sort])
  const keys = useRowKeys(
    useMemo(() => sorted.map(({ oltId }) => oltId), [sorted]),
    (oltId) => navigate(paths.configurationsOf(oltId)),
  )
  const toggle = (oltId: string): void => {
    const next = new Set(chosen)
    if (!next.delete(oltId)) next.add(oltId)
    onChosen(next)
  }
  const all = olts.every(({ oltId }) => chosen.has(oltId))
  useShortcut(
    'selectRow',
    () => {
      const current = document.activeElement?.closest<HTMLElement>('tr[data-row]')?.dataset['row']
      if (current !== undefined) toggle(current)
    },
    selectable,
  )
  return (
    <div className="nc-panel no-table">
      <table className="nc-table" aria-label={t('title')}>
        <thead>
          <tr>
            {selectable ? (
              <th className="nb-check">
                <Checkbox
                  aria-label={t('column.selectAll')}
                  checked={all}
                  indeterminate={!all && chosen.size > 0}
                  onChange={() => onChosen(new Set(all ? [] : olts.map(({ oltId }) => oltId)))}
                />
              </th>
            ) : null}
            {backupColumns.map((column) => (
              <SortHead
                key={column}
                label={t(`column.${column}`)}
                number={column === 'versions'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => setSort(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {sorted.map((olt) => (
            <tr
              key={olt.oltId}
              data-row={olt.oltId}
              tabIndex={keys.isCurrent(olt.oltId) ? 0 : -1}
              onFocus={() => keys.onFocus(olt.oltId)}
            >
              {selectable ? (
                <td className="nb-check">
                  <Checkbox
                    aria-label={t('column.select', { name: olt.oltName })}
                    checked={chosen.has(olt.oltId)}
                    onChange={() => toggle(olt.oltId)}
                  />
                </td>
              ) : null}
              <td>
                <RouteLink to={paths.configurationsOf(olt.oltId)} className="no-name">
                  {olt.oltName}
                </RouteLink>
              </td>
              <td className="nb-wide">
                <BackupConditionMark state={olt} />
              </td>
              <td>{olt.lastAt === null ? t('never') : <Since at={olt.lastAt} />}</td>
              <td className="nc-soft">{nextOf(olt.nextAt)}</td>
              <td className="nc-soft">{wordsOf(olt.schedule)}</td>
              <td className="nc-num">{format.number(olt.versions)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
