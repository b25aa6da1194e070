import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuFilter, OnuSort } from '../../../src-shared/contract/network-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { ColumnMenu } from '../../components/table/column-menu.tsx'
import { useFormat } from '../../components/use-format.ts'
import { BatchMenu } from '../provisioning-onu/batch-menu.tsx'
import type { OnuCellContext } from './onu-cell-context.ts'
import type { OnuColumn } from './onu-columns.tsx'
import { OnuExportButton } from './onu-export-button.tsx'
import type { OnuView } from './onu-view.ts'
import type { TableLayout } from './use-table-layout.ts'
import { useOnuViewSnapshot } from './use-onu-view.ts'

export interface OnuToolbarProps {
  readonly view: OnuView
  readonly filter: OnuFilter
  readonly sort: OnuSort
  readonly columns: readonly OnuColumn[]
  /** Those that are shown, in their order. */
  readonly shown: readonly OnuColumn[]
  readonly context: OnuCellContext
  readonly layout: TableLayout
}

export const OnuToolbar = (props: OnuToolbarProps): ReactNode => {
  const { view, filter, sort, columns, shown, context, layout } = props
  const { t } = useTranslation('network')
  const [choosing, setChoosing] = useState(false)
  useShortcut('columns', () => setChoosing(true))
  return (
    <header className="nc-page__head">
      <h1>
        {t('onus.title')} <Counted view={view} />
      </h1>
      <ChangeAll view={view} filter={filter} />
      <OnuExportButton filter={filter} sort={sort} columns={shown} context={context} />
      <ColumnMenu
        columns={columns}
        layout={layout.layout}
        onLayout={layout.setLayout}
        opened={choosing}
        onOpened={setChoosing}
        texts={{
          choose: t('onus.column.choose'),
          shown: t('onus.column.show'),
          hidden: t('onus.column.hidden'),
          reset: t('onus.column.reset'),
          fixed: t('onus.column.fixed'),
          drag: t('onus.column.drag'),
          up: (name) => t('onus.column.up', { name }),
          down: (name) => t('onus.column.down', { name }),
        }}
      />
    </header>
  )
}

/** One act on all that the filter shows. */
const ChangeAll = ({
  view,
  filter,
}: {
  readonly view: OnuView
  readonly filter: OnuFilter
}): ReactNode => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { total } = useOnuViewSnapshot(view)
  const [oltId] = filter.oltIds
  return (
    <BatchMenu
      targets={{ filter }}
      count={total}
      oltId={filter.oltIds.length === 1 && oltId !== undefined ? oltId : null}
      label={t('act.all', { count: total, number: format.number(total) })}
    />
  )
}

const Counted = ({ view }: { readonly view: OnuView }): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { order, total, ofTotal } = useOnuViewSnapshot(view)
  if (order === 0) return null
  return (
    <span className="nc-onus__count" role="status">
      {total === ofTotal
        ? format.number(total)
        : t('onus.countOf', { shown: format.number(total), total: format.number(ofTotal) })}
    </span>
  )
}
