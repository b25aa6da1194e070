import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { isWaiting } from '../../../src-shared/domain/ticket-state.ts'
import { useTicking } from '../../components/clock.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { isState, type BoardBy } from './board-model.ts'

/** Null stands for the column of those without one. */
const valueOf = (key: string | null): string => key ?? 'none'

const minuteOf = (now: number): number => now - (now % 60_000)

/** Tomorrow at nine: what a reminder is mostly for. */
const tomorrow = (): string => {
  const at = new Date(Date.now() + 86_400_000)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T09:00`
}

/** Where a card goes, with what has to be said about it; also for who uses no mouse. */
export const MoveDialog = ({
  ticket,
  by,
  to,
  targets,
  onClose,
  onMove,
}: {
  readonly ticket: TicketRow
  readonly by: BoardBy
  /** Undefined: it is asked. */
  readonly to: string | null | undefined
  readonly targets: readonly { readonly key: string | null; readonly word: string }[]
  readonly onClose: () => void
  readonly onMove: (
    key: string | null,
    more: { readonly reason: string; readonly until: number | null },
  ) => Promise<boolean>
}) => {
  const { t } = useTranslation('tickets-desk')
  const [chosen, setChosen] = useState(
    to === undefined ? valueOf(targets[0]?.key ?? null) : valueOf(to),
  )
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState(tomorrow)
  const target = targets.find(({ key }) => valueOf(key) === chosen)
  const key = target?.key ?? null
  const waits = by === 'state' && isState(key) && isWaiting(key)
  const asksReason = waits || (by === 'state' && key === 'solved')
  const until = key === 'pending-reminder' ? new Date(typed).getTime() : null
  const now = useTicking(minuteOf)
  const isPast = until !== null && !(until > now)
  return (
    <FormDialog
      title={t('move.title', { number: ticket.number })}
      button={t('move.button')}
      ready={target !== undefined && !isPast}
      onClose={onClose}
      onSubmit={() => onMove(key, { reason: asksReason ? reason.trim() : '', until })}
    >
      <p className="nc-soft">{ticket.subject}</p>
      <Select
        label={t('move.to')}
        allowDeselect={false}
        data={targets.map((one) => ({ value: valueOf(one.key), label: one.word }))}
        value={chosen}
        onChange={(next) => setChosen(next ?? chosen)}
        data-autofocus={to === undefined || undefined}
      />
      {key === 'pending-reminder' && (
        <TextInput
          type="datetime-local"
          label={t('move.until')}
          description={t('move.untilHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={isPast ? t('move.past') : undefined}
        />
      )}
      {asksReason && (
        <Textarea
          label={t('move.reason')}
          description={t('move.reasonHint')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus={to !== undefined || undefined}
        />
      )}
    </FormDialog>
  )
}
