import { Button } from '@mantine/core'
import {
  IconChecks,
  IconGavel,
  IconMessage,
  IconPrinter,
  IconTicket,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions, type PageAction } from '../../app/page-actions.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { Kbd } from '../../components/kbd.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { MaintenanceButton } from '../alarms/maintenance-button.tsx'
import { ActDialog, type AskedAct } from './act-dialogs.tsx'
import { acknowledge } from './outage-acts.ts'
import { placeOf } from './outage-words.ts'

/** Work on what broke: the part of the plant where it is known, else its ports. */
const scopeOf = ({ node, pons }: OutageRow) =>
  node === null ? { pons: pons.map(({ oltId, pon }) => ({ oltId, pon })) } : { nodeIds: [node.id] }

/** What can be done about it: buttons, keys and the palette, all the same. */
export const OutageActBar = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  const [ask, setAsk] = useState<AskedAct | null>(null)
  const mayAct = useEntrance(
    (state) => state.session?.permissions.includes('alarms.alarm.act') ?? false,
  )
  const seen = outage.acknowledged !== null
  const turn = (): void => void acknowledge(outage, !seen)
  useShortcut('acknowledge', turn, mayAct)
  useShortcut('comment', () => setAsk('note'), mayAct)
  useShortcut('assign', () => setAsk('assign'), mayAct)
  useShortcut('ticket', () => setAsk('ticket'), mayAct)
  const print = (): void => window.print()
  const acts: readonly (PageAction & { readonly icon: Icon })[] = [
    {
      id: 'acknowledge',
      label: t(seen ? 'act.unacknowledge' : 'act.acknowledge'),
      icon: IconChecks,
      keys: shortcuts.acknowledge.keys,
      run: turn,
    },
    {
      id: 'assign',
      label: t('act.assign'),
      icon: IconUserPlus,
      keys: shortcuts.assign.keys,
      run: () => setAsk('assign'),
    },
    {
      id: 'note',
      label: t('act.note'),
      icon: IconMessage,
      keys: shortcuts.comment.keys,
      run: () => setAsk('note'),
    },
    {
      id: 'ticket',
      label: t('act.ticket'),
      icon: IconTicket,
      keys: shortcuts.ticket.keys,
      run: () => setAsk('ticket'),
    },
    { id: 'correct', label: t('act.correct'), icon: IconGavel, run: () => setAsk('correct') },
  ]
  const toPrint: PageAction = { id: 'print', label: t('page.print'), icon: IconPrinter, run: print }
  useOfferedActions(mayAct ? [...acts, toPrint] : [toPrint])
  return (
    <div className="nu-acts" role="group" aria-label={t('title')}>
      {mayAct
        ? acts.map(({ id, label, icon: ActIcon, keys, run }) => (
            <Button
              key={id}
              variant={id === 'acknowledge' && !seen ? 'filled' : 'default'}
              leftSection={<ActIcon size={15} stroke={1.7} aria-hidden="true" />}
              rightSection={keys === undefined ? null : <Kbd keys={keys} />}
              onClick={run}
            >
              {label}
            </Button>
          ))
        : null}
      {outage.endedAt === null ? (
        <MaintenanceButton scope={scopeOf(outage)} title={placeOf(t, outage)} />
      ) : null}
      <Button
        variant="default"
        leftSection={<IconPrinter size={15} stroke={1.7} aria-hidden="true" />}
        onClick={print}
      >
        {t('page.print')}
      </Button>
      {ask === null ? null : <ActDialog ask={ask} outage={outage} onClose={() => setAsk(null)} />}
    </div>
  )
}
