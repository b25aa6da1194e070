import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPriorityRule } from '../../../src-shared/domain/ticket-state.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { saveSetup } from './setup-acts.ts'
import type { Queue, Setup } from './setup-model.ts'

export const QueueDialog = ({
  queue,
  next,
  onClose,
}: {
  /** Null: a new one. */
  readonly queue: Queue | null
  /** Where a new one comes. */
  readonly next: number
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('tickets-desk')
  const { t: common } = useTranslation()
  const [name, setName] = useState(queue?.name ?? '')
  const [active, setActive] = useState(queue?.active ?? true)
  const [position, setPosition] = useState(queue?.position ?? next)
  return (
    <FormDialog
      title={queue === null ? t('setup.queues.add') : t('setup.edit', { name: queue.name })}
      button={common('button.save')}
      ready={name.trim() !== ''}
      onClose={onClose}
      onSubmit={() =>
        saveSetup(
          'tickets.saveQueue',
          {
            id: queue?.id ?? null,
            baseVersion: queue?.version ?? 0,
            name: name.trim(),
            active,
            position,
          },
          t('setup.saved', { name: name.trim() }),
        )
      }
    >
      <TextInput
        label={t('setup.name')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <NumberInput
        label={t('setup.position')}
        description={t('setup.positionHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={0}
        max={1000}
        allowDecimal={false}
        value={position}
        onChange={(value) => setPosition(typeof value === 'number' ? value : 0)}
      />
      <Checkbox
        label={t('setup.queues.active')}
        description={t('setup.queues.activeHint')}
        checked={active}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}

/** The form of numbers, the limits of priorities, and when solved ones close. */
export const GeneralDialog = ({
  settings,
  onClose,
}: {
  readonly settings: Setup['settings']
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('tickets-desk')
  const { t: common } = useTranslation()
  const [form, setForm] = useState(settings)
  const { prefix, closeAfterDays, p1From, p2From, p3From } = form
  const isOrdered = isPriorityRule({ P1: p1From, P2: p2From, P3: p3From })
  const number = (key: 'closeAfterDays' | 'p1From' | 'p2From' | 'p3From', label: string) => (
    <NumberInput
      label={label}
      min={1}
      max={key === 'closeAfterDays' ? 365 : 10_000_000}
      allowDecimal={false}
      error={key === 'p1From' && !isOrdered ? t('setup.general.order') : undefined}
      value={form[key]}
      onChange={(value) =>
        setForm((before) => ({ ...before, [key]: typeof value === 'number' ? value : 0 }))
      }
    />
  )
  return (
    <FormDialog
      title={t('setup.general.title')}
      button={common('button.save')}
      ready={isOrdered && /^[A-Z0-9][A-Z0-9-]{0,11}$/u.test(prefix) && closeAfterDays >= 1}
      onClose={onClose}
      onSubmit={() =>
        saveSetup(
          'tickets.configure',
          { baseVersion: settings.version, prefix, closeAfterDays, p1From, p2From, p3From },
          t('setup.saved', { name: t('setup.general.title') }),
        )
      }
    >
      <TextInput
        label={t('setup.general.prefix')}
        description={t('setup.general.prefixHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={prefix}
        maxLength={12}
        onChange={(event) => {
          const { value } = event.currentTarget
          setForm((before) => ({ ...before, prefix: value.toUpperCase() }))
        }}
      />
      {number('p1From', t('setup.general.from', { priority: 'P1' }))}
      {number('p2From', t('setup.general.from', { priority: 'P2' }))}
      {number('p3From', t('setup.general.from', { priority: 'P3' }))}
      {number('closeAfterDays', t('setup.general.closeAfter'))}
    </FormDialog>
  )
}
