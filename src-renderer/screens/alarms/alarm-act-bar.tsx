import { Button } from '@mantine/core'
import {
  IconBellZ,
  IconChecks,
  IconMessage,
  IconTicket,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { shortcuts, type ShortcutName } from '../../app/shortcuts.ts'
import { Kbd } from '../../components/kbd.tsx'
import type { AskedAct } from './act-dialog.tsx'
import type { AlarmTarget } from './alarm-target.ts'
import { useMayAct } from './use-permissions.ts'

export interface AlarmActBarProps {
  readonly target: AlarmTarget
  readonly onAsk: (act: AskedAct) => void
  /** What needs no questions. */
  readonly onDo: (act: 'unacknowledge' | 'unshelve') => void
}

const asked: readonly (readonly [AskedAct, Icon, ShortcutName])[] = [
  ['acknowledge', IconChecks, 'acknowledge'],
  ['shelve', IconBellZ, 'shelve'],
  ['assign', IconUserPlus, 'assign'],
  ['ticket', IconTicket, 'ticket'],
  ['note', IconMessage, 'comment'],
]

/** What can be done about it, each with its key. What is done already offers the way back. */
export const AlarmActBar = ({ target, onAsk, onDo }: AlarmActBarProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const may = useMayAct()
  const rows = target.kind === 'rows' ? target.rows : []
  const acknowledged = rows.length > 0 && rows.every((row) => row.acknowledged !== null)
  const shelved =
    target.kind === 'matching'
      ? target.filter.list === 'shelved'
      : rows.length > 0 && rows.every((row) => row.shelved !== null)
  if (!may) return null
  return (
    <span className="na-acts">
      {asked.map(([act, ActIcon, key]) => {
        const back =
          act === 'acknowledge' && acknowledged
            ? 'unacknowledge'
            : act === 'shelve' && shelved
              ? 'unshelve'
              : null
        return (
          <Button
            key={act}
            variant={act === 'acknowledge' && back === null ? 'filled' : 'default'}
            size="compact-sm"
            leftSection={<ActIcon size={14} stroke={1.8} aria-hidden="true" />}
            rightSection={back === null ? <Kbd keys={shortcuts[key].keys} /> : undefined}
            onClick={() => (back === null ? onAsk(act) : onDo(back))}
          >
            {back === null ? t(`act.${act}.short`) : t(`act.${back}.short`)}
          </Button>
        )
      })}
    </span>
  )
}
