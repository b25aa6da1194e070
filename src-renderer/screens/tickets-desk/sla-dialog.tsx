import { Checkbox, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ticketPriorities, type TicketPriority } from '../../../src-shared/domain/ticket-state.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { saveSetup } from './setup-acts.ts'
import { readLevels, readTarget, writeTarget, type Setup, type Sla } from './setup-model.ts'

const targets = [
  ['firstResponse', 'firstResponseMin'],
  ['update', 'updateMin'],
  ['solution', 'solutionMin'],
] as const

/** What is promised, to whom, and who hears of it when it is missed. */
export const SlaDialog = ({
  sla,
  setup,
  onClose,
}: {
  /** Null: a new one. */
  readonly sla: Sla | null
  readonly setup: Setup
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('tickets-desk')
  const { t: list } = useTranslation('tickets')
  const { t: common } = useTranslation()
  const [form, setForm] = useState(() => ({
    name: sla?.name ?? '',
    position: sla?.position ?? Math.min(1000, setup.slas.length),
    active: sla?.active ?? true,
    calendarId: sla?.calendarId ?? setup.calendars[0]?.id ?? '',
    firstResponseMin: writeTarget(sla?.firstResponseMin ?? null),
    updateMin: writeTarget(sla?.updateMin ?? null),
    solutionMin: writeTarget(sla?.solutionMin ?? null),
    levels: (sla?.escalateAfterMin ?? []).map(writeTarget).join(', '),
    priorities: sla?.priorities ?? ([] as TicketPriority[]),
    queues: sla?.queues ?? ([] as string[]),
  }))
  const set = (change: Partial<typeof form>): void =>
    setForm((before) => ({ ...before, ...change }))
  const read = {
    firstResponseMin: readTarget(form.firstResponseMin),
    updateMin: readTarget(form.updateMin),
    solutionMin: readTarget(form.solutionMin),
  }
  const levels = readLevels(form.levels)
  const { firstResponseMin, updateMin, solutionMin } = read
  const isRead =
    firstResponseMin !== undefined &&
    updateMin !== undefined &&
    solutionMin !== undefined &&
    levels !== undefined
  const save = async (): Promise<boolean> =>
    isRead &&
    saveSetup(
      'tickets.saveSla',
      {
        id: sla?.id ?? null,
        baseVersion: sla?.version ?? 0,
        name: form.name.trim(),
        active: form.active,
        position: form.position,
        calendarId: form.calendarId,
        firstResponseMin,
        updateMin,
        solutionMin,
        escalateAfterMin: [...levels],
        priorities: form.priorities,
        queues: form.queues,
      },
      t('setup.saved', { name: form.name.trim() }),
    )
  return (
    <FormDialog
      title={sla === null ? t('setup.slas.add') : t('setup.edit', { name: sla.name })}
      button={common('button.save')}
      ready={isRead && form.name.trim() !== '' && form.calendarId !== ''}
      size="lg"
      onClose={onClose}
      onSubmit={save}
    >
      <div className="ntd-two">
        <TextInput
          label={t('setup.name')}
          value={form.name}
          maxLength={60}
          onChange={(event) => set({ name: event.currentTarget.value })}
          data-autofocus
        />
        <Select
          label={t('setup.slas.calendar')}
          allowDeselect={false}
          data={setup.calendars.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.calendarId}
          onChange={(next) => set({ calendarId: next ?? form.calendarId })}
        />
        {targets.map(([word, key]) => (
          <TextInput
            key={key}
            label={t(`setup.slas.${word}`)}
            description={t('setup.slas.target')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            error={read[key] === undefined ? t('setup.slas.badTarget') : undefined}
            value={form[key]}
            maxLength={9}
            onChange={(event) => set({ [key]: event.currentTarget.value })}
          />
        ))}
        <TextInput
          label={t('setup.slas.escalate')}
          description={t('setup.slas.escalateHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={levels === undefined ? t('setup.slas.badEscalate') : undefined}
          value={form.levels}
          maxLength={60}
          onChange={(event) => set({ levels: event.currentTarget.value })}
        />
        <MultiSelect
          label={t('setup.slas.priorities')}
          placeholder={form.priorities.length === 0 ? t('setup.slas.all') : ''}
          data={ticketPriorities.map((one) => ({ value: one, label: list(`priorityLong.${one}`) }))}
          value={form.priorities}
          onChange={(next) =>
            set({ priorities: ticketPriorities.filter((one) => next.includes(one)) })
          }
        />
        <MultiSelect
          label={t('setup.slas.queues')}
          placeholder={form.queues.length === 0 ? t('setup.slas.all') : ''}
          data={setup.queues.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.queues}
          onChange={(next) => set({ queues: next })}
        />
        <NumberInput
          label={t('setup.position')}
          description={t('setup.positionHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          max={1000}
          allowDecimal={false}
          value={form.position}
          onChange={(next) => set({ position: typeof next === 'number' ? next : 0 })}
        />
      </div>
      <Checkbox
        label={t('setup.slas.active')}
        checked={form.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
      <p className="nc-soft nc-small">{t('setup.slas.follow')}</p>
    </FormDialog>
  )
}
