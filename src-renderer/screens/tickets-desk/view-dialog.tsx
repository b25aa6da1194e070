import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketFilter } from '../../../src-shared/contract/tickets-model.ts'
import { ticketPriorities } from '../../../src-shared/domain/ticket-state.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { filterOf, plainView, stateGroups, type StateGroup } from '../tickets/ticket-query.ts'
import { saveSetup } from './setup-acts.ts'
import type { Queue } from './setup-model.ts'

const groups = Object.keys(stateGroups) as StateGroup[]
const emptyAsNull = (value: string | null): string | null => (value === '' ? null : value)

/** A view of the list for everybody. */
export const ViewDialog = ({
  queues,
  onClose,
}: {
  readonly queues: readonly Queue[]
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('tickets-desk')
  const { t: list } = useTranslation('tickets')
  const { t: common } = useTranslation()
  const [name, setName] = useState('')
  const [view, setView] = useState(plainView)
  const set = (change: Partial<typeof view>): void =>
    setView((before) => ({ ...before, ...change }))
  const owners = ['me', 'none'] as const
  const slas = ['warned', 'breached'] as const satisfies readonly TicketFilter['sla'][]
  return (
    <FormDialog
      title={t('setup.views.add')}
      button={common('button.save')}
      ready={name.trim() !== ''}
      onClose={onClose}
      onSubmit={() =>
        saveSetup(
          'tickets.saveView',
          {
            id: null,
            baseVersion: 0,
            name: name.trim(),
            shared: true,
            view: { filter: filterOf(view), sort: 'dueAt', descending: false },
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
      <Select
        label={list('col.state')}
        allowDeselect={false}
        data={groups.map((group) => ({ value: group, label: list(`group.${group}`) }))}
        value={view.states}
        onChange={(next) => set({ states: groups.find((one) => one === next) ?? 'all' })}
      />
      <Select
        label={list('col.priority')}
        allowDeselect={false}
        data={[
          { value: '', label: list('priorityAll') },
          ...ticketPriorities.map((one) => ({ value: one, label: list(`priorityLong.${one}`) })),
        ]}
        value={view.priority ?? ''}
        onChange={(next) => set({ priority: ticketPriorities.find((one) => one === next) ?? null })}
      />
      <Select
        label={list('col.queue')}
        allowDeselect={false}
        data={[
          { value: '', label: list('queueAll') },
          { value: 'none', label: list('queueNone') },
          ...queues.map((queue) => ({ value: queue.id, label: queue.name })),
        ]}
        value={view.queue ?? ''}
        onChange={(next) => set({ queue: emptyAsNull(next) })}
      />
      <Select
        label={list('col.owner')}
        allowDeselect={false}
        data={[
          { value: '', label: list('ownerAll') },
          { value: 'me', label: list('ownerMe') },
          { value: 'none', label: list('ownerNone') },
        ]}
        value={view.owner ?? ''}
        onChange={(next) => set({ owner: owners.find((one) => one === next) ?? null })}
      />
      <Select
        label={list('col.due')}
        allowDeselect={false}
        data={[
          { value: '', label: list('slaAll') },
          { value: 'warned', label: list('slaWarned') },
          { value: 'breached', label: list('slaBreached') },
        ]}
        value={view.sla ?? ''}
        onChange={(next) => set({ sla: slas.find((one) => one === next) ?? null })}
      />
    </FormDialog>
  )
}
