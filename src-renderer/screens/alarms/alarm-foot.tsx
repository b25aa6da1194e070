import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { shortcuts, type ShortcutName } from '../../app/shortcuts.ts'
import { Kbd } from '../../components/kbd.tsx'
import { AlarmActBar, type AlarmActBarProps } from './alarm-act-bar.tsx'
import type { AlarmSelection } from './alarm-selection.ts'

export interface AlarmFootProps extends Omit<AlarmActBarProps, 'target'> {
  /** null: nothing is chosen. */
  readonly target: AlarmActBarProps['target'] | null
  readonly selection: AlarmSelection
  readonly total: number
  readonly onAll: () => void
  readonly onClear: () => void
}

const hints = [
  'openRow',
  'peekRow',
  'selectRow',
  'acknowledge',
  'shelve',
  'comment',
  'assign',
] as const satisfies readonly ShortcutName[]

/** One line below the list that is always there, so that nothing jumps when something is chosen. */
export const AlarmFoot = (props: AlarmFootProps): ReactNode => {
  const { selection, total, target, onAll, onClear, onAsk, onDo } = props
  const { t } = useTranslation('alarms')
  const { t: common } = useTranslation()
  const count = selection.all ? total : selection.rows.size
  if (target === null || count === 0) {
    return (
      <footer className="na-foot">
        <span className="na-foot__hints nc-cut">
          {hints.map((name) => (
            <span key={name}>
              <Kbd keys={shortcuts[name].keys} /> {common(`shortcut.${name}`)}
            </span>
          ))}
        </span>
      </footer>
    )
  }
  return (
    <footer className="na-foot" data-chosen="">
      <strong role="status">
        {selection.all ? t('selection.all', { count }) : t('selection.count', { count })}
      </strong>
      {!selection.all && count < total && (
        <Button variant="subtle" size="compact-sm" onClick={onAll}>
          {t('selection.chooseAll', { count: total })}
        </Button>
      )}
      <AlarmActBar target={target} onAsk={onAsk} onDo={onDo} />
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
        onClick={onClear}
      >
        {t('selection.clear')}
      </Button>
    </footer>
  )
}
