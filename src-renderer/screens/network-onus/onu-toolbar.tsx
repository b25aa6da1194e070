import { Button } from '@mantine/core'
import { IconCopy, IconDownload, IconRefresh, IconX } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuFilter, OnuSort } from '../../../src-shared/contract/network-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { copyText } from '../../components/copy-button.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { ColumnMenu } from '../../components/table/column-menu.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { OnuCellContext } from './onu-cell-context.ts'
import type { OnuColumn } from './onu-columns.tsx'
import { OnuExportButton, writeOnuFile } from './onu-export-button.tsx'
import { nothingSelected, serialsOf, type OnuSelection } from './onu-selection.ts'
import type { OnuView } from './onu-view.ts'
import type { TableLayout } from './use-table-layout.ts'
import { useOnuViewSnapshot } from './use-onu-view.ts'

export interface OnuToolbarProps {
  readonly view: OnuView
  readonly filter: OnuFilter
  readonly sort: OnuSort
  readonly columns: readonly OnuColumn[]
  readonly context: OnuCellContext
  readonly layout: TableLayout
  readonly selection: OnuSelection
  readonly onSelection: (selection: OnuSelection) => void
}

export const OnuToolbar = (props: OnuToolbarProps): ReactNode => {
  const { view, filter, sort, columns, context, layout, selection, onSelection } = props
  const { t } = useTranslation('network')
  const [choosing, setChoosing] = useState(false)
  useShortcut('columns', () => setChoosing(true))
  const shown = layout.layout.columns.flatMap(
    (id) => columns.find((column) => column.id === id) ?? [],
  )
  return (
    <header className="nc-page__head">
      <h1 className="nc-onus__title">
        {t('onus.title')} <Counted view={view} />
      </h1>
      <div className="nc-onus__notices">
        {selection.size > 0 ? (
          <Selected
            selection={selection}
            columns={shown}
            context={context}
            onClear={() => onSelection(nothingSelected)}
          />
        ) : (
          <Outdated view={view} />
        )}
      </div>
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

const Outdated = ({ view }: { readonly view: OnuView }): ReactNode => {
  const { t } = useTranslation('network')
  const { outdated } = useOnuViewSnapshot(view)
  if (!outdated) return null
  return (
    <span className="nc-onus__outdated" role="status">
      {t('onus.outdated')}
      <Button
        variant="subtle"
        leftSection={<IconRefresh size={14} stroke={1.7} aria-hidden="true" />}
        rightSection={<Kbd keys={shortcuts.refresh.keys} />}
        onClick={view.refresh}
      >
        {t('onus.refresh')}
      </Button>
    </span>
  )
}

interface SelectedProps {
  readonly selection: OnuSelection
  readonly columns: readonly OnuColumn[]
  readonly context: OnuCellContext
  readonly onClear: () => void
}

const Selected = ({ selection, columns, context, onClear }: SelectedProps): ReactNode => {
  const { t } = useTranslation('network')
  const { t: common } = useTranslation()
  const rows = [...selection.values()]

  const copy = (): void => {
    const serials = serialsOf(rows)
    copyText(serials.join('\n')).then(
      () =>
        showToast({ kind: 'done', title: t('onus.selection.copied', { count: serials.length }) }),
      () => showToast({ kind: 'failure', title: common('button.copyFailed') }),
    )
  }

  return (
    <span className="nc-onus__selected">
      <strong role="status">{t('onus.selection.count', { count: rows.length })}</strong>
      <Button
        variant="subtle"
        leftSection={<IconCopy size={14} stroke={1.7} aria-hidden="true" />}
        onClick={copy}
      >
        {t('onus.selection.copySerials')}
      </Button>
      <Button
        variant="subtle"
        leftSection={<IconDownload size={14} stroke={1.7} aria-hidden="true" />}
        onClick={() => writeOnuFile(rows, columns, context)}
      >
        {t('onus.selection.export')}
      </Button>
      <Button
        variant="subtle"
        leftSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
        onClick={onClear}
      >
        {t('onus.selection.clear')}
      </Button>
    </span>
  )
}
