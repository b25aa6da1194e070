import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { CertaintyMark } from './certainty-mark.tsx'

type Column = Output<'families.family'>['columns'][number]

/** Every column that the family asks for, table by table, with how surely it is known. */
export const FamilyColumns = ({ columns }: { readonly columns: readonly Column[] }) => {
  const { t } = useTranslation('families')
  const [which, setWhich] = useState<'all' | 'unproven'>('all')
  const unproven = columns.filter(({ certainty }) => certainty === 'unproven')
  const shown = which === 'all' ? columns : unproven
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>
          {t('page.columns')}
          <span className="fa-head-note">
            {t('page.columnsCount', {
              proven: columns.length - unproven.length,
              unproven: unproven.length,
            })}
          </span>
        </h2>
        <SegmentedControl
          size="xs"
          aria-label={t('page.columns')}
          value={which}
          onChange={(value) => setWhich(value === 'unproven' ? 'unproven' : 'all')}
          data={[
            { value: 'all', label: t('page.allColumns') },
            { value: 'unproven', label: t('page.onlyUnproven') },
          ]}
        />
      </header>
      {shown.length === 0 ? (
        <p className="nc-panel__body nc-soft">{t('page.noUnproven')}</p>
      ) : (
        <div className="fa-scroll">
          <table className="nc-table fa-columns" aria-label={t('page.columns')}>
            <thead>
              <tr>
                <th scope="col">{t('page.field')}</th>
                <th scope="col">{t('page.certainty')}</th>
                <th scope="col">{t('page.oid')}</th>
                <th scope="col">{t('page.note')}</th>
              </tr>
            </thead>
            {tablesOf(shown).map(([table, rows]) => (
              <tbody key={table}>
                <tr className="fa-columns__table">
                  <th scope="rowgroup" colSpan={4}>
                    {t(`table.${table}`)}
                  </th>
                </tr>
                {rows.map((column, index) => (
                  <tr key={`${column.field} ${index}`}>
                    <td className="nc-mono">{column.field}</td>
                    <td>
                      <CertaintyMark certainty={column.certainty} />
                    </td>
                    <td className="nc-mono nc-soft">{column.oid}</td>
                    <td className="fa-note nc-soft">{column.note ?? ''}</td>
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </div>
      )}
    </section>
  )
}

const tablesOf = (
  columns: readonly Column[],
): readonly (readonly [Column['table'], readonly Column[]])[] => {
  const tables = new Map<Column['table'], Column[]>()
  for (const column of columns) {
    const rows = tables.get(column.table) ?? []
    tables.set(column.table, rows)
    rows.push(column)
  }
  return [...tables]
}
