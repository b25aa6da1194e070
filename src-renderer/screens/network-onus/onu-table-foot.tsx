import { Button } from '@mantine/core'
import { IconCopy, IconDownload, IconRefresh, IconX } from '@tabler/icons-react'
import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { shortcuts, type ShortcutName } from '../../app/shortcuts.ts'
import { copyText } from '../../components/copy-button.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { useFormat } from '../../components/use-format.ts'
import { showToast } from '../../components/toast.tsx'
import type { OnuCellContext } from './onu-cell-context.ts'
import type { OnuColumn } from './onu-columns.tsx'
import { BatchMenu } from '../provisioning-onu/batch-menu.tsx'
import { ImportantSelection } from '../alarms/important-button.tsx'
import { MaintenanceButton } from '../alarms/maintenance-button.tsx'
import { writeOnuFile } from './onu-export-button.tsx'
import { nothingSelected, serialsOf, type OnuSelection } from './onu-selection.ts'
import type { OnuView } from './onu-view.ts'
import { useOnuViewSnapshot } from './use-onu-view.ts'

export interface OnuTableFootProps {
  readonly view: OnuView
  /** Those that are shown, in their order. */
  readonly columns: readonly OnuColumn[]
  readonly context: OnuCellContext
  readonly selection: OnuSelection
  readonly onSelection: (selection: OnuSelection) => void
}

const hints = ['openRow', 'peekRow', 'selectRow'] as const satisfies readonly ShortcutName[]

/** One line below the table that is always there, so that nothing jumps when something is said. */
export const OnuTableFoot = (props: OnuTableFootProps): ReactNode => {
  const { view, columns, context, selection, onSelection } = props
  const { t } = useTranslation()
  return (
    <footer className="nc-onus__foot">
      {selection.size > 0 ? (
        <Selected
          selection={selection}
          columns={columns}
          context={context}
          onClear={() => onSelection(nothingSelected)}
        />
      ) : (
        <span className="nc-onus__hints nc-cut">
          {hints.map((name) => (
            <span key={name}>
              <Kbd keys={shortcuts[name].keys} /> {t(`shortcut.${name}`)}
            </span>
          ))}
        </span>
      )}
      <Outdated view={view} />
    </footer>
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
  const { t: changes } = useTranslation('provisioning')
  const format = useFormat()
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
      <BatchMenu
        targets={{ list: rows.map(({ oltId, address }) => ({ oltId, address })) }}
        count={rows.length}
        oltId={
          rows.every(({ oltId }) => oltId === rows[0]?.oltId) ? (rows[0]?.oltId ?? null) : null
        }
        label={changes('act.batch', { count: rows.length, number: format.number(rows.length) })}
        subtle
      />
      <ImportantSelection onus={rows} />
      <MaintenanceButton
        scope={{ onus: rows.map(({ oltId, address }) => ({ oltId, address })) }}
        subtle
      />
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
