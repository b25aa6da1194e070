import { Button, Group, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import {
  addDays,
  addMonths,
  calendarDate,
  startOfMonth,
} from '../../../../src-shared/domain/calendar-date.ts'
import { runCommand } from '../../../client/client.ts'
import { useTask } from '../../../client/use-task.ts'
import { useMoneyText } from '../../../components/money.tsx'
import { showFailure } from '../../../components/toast.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { DaySpan } from './day-span.tsx'
import { MadePaper } from './made-paper.tsx'

/** The journal of some days as CSV: written by the engine, with progress, and called off if need be. */
export const JournalDialog = ({
  today,
  onClose,
}: {
  readonly today: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-papers')
  const { t: common } = useTranslation()
  const format = useFormat()
  const money = useMoneyText()
  const task = useTask<Output<'billing.exportJournal'>>()
  // The month that is over: what an accountant asks for.
  const [from, setFrom] = useState<string>(() =>
    startOfMonth(addMonths(startOfMonth(calendarDate(today)), -1)),
  )
  const [until, setUntil] = useState<string>(() => addDays(startOfMonth(calendarDate(today)), -1))
  const { state } = task
  useEffect(() => {
    if (state.kind === 'failed') showFailure(state.failure)
  }, [state])
  const isRunning = state.kind === 'running'
  const result = state.kind === 'done' ? state.result : undefined
  const write = (): void =>
    task.start((taskId) =>
      runCommand('billing.exportJournal', {
        fromOn: from,
        untilOn: addDays(calendarDate(until), 1),
        taskId,
      }),
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('journal.title')}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size="lg"
    >
      <form
        className="nbl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          write()
        }}
      >
        <p className="nc-soft">{t('journal.text')}</p>
        <div className="nbl-fields">
          <DaySpan from={from} until={until} onFrom={setFrom} onUntil={setUntil} />
        </div>
        {isRunning && (
          <p role="status">{t('journal.working', { done: format.number(state.done) })}</p>
        )}
        {result !== undefined && (
          <>
            <p role="status">
              {t('journal.done', { count: result.entries, file: result.fileName })}
              {result.sums.map(({ currency, debit }) => (
                <span key={currency} className="nc-num">
                  {' · '}
                  {money(debit, currency)}
                </span>
              ))}
            </p>
            <MadePaper made={result} />
          </>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={isRunning ? task.cancel : onClose}>
            {common(isRunning ? 'button.cancel' : 'button.close')}
          </Button>
          <Button
            type="submit"
            loading={isRunning}
            disabled={from === '' || until === '' || from > until}
          >
            {t('journal.button')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
