import { Button, Checkbox, SegmentedControl, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { ticketPriorities, type TicketState } from '../../../src-shared/domain/ticket-state.ts'
import { useQuery } from '../../client/hooks.ts'
import { useFormat } from '../../components/use-format.ts'
import { isNarrowed, plainView, stateGroups, type TicketView } from './ticket-query.ts'

type Counts = Output<'tickets.list'>['states']

const groups = Object.keys(stateGroups) as readonly (keyof typeof stateGroups)[]

export interface TicketFiltersProps {
  readonly view: TicketView
  readonly counts: Counts
  /** Of the subscriber that the list is narrowed to, as far as a row told it. */
  readonly subscriberName: string | undefined
  readonly onView: (view: TicketView) => void
}

const countOf = (counts: Counts, states: readonly TicketState[]): number =>
  counts
    .filter(({ state }) => states.length === 0 || states.includes(state))
    .reduce((sum, { count }) => sum + count, 0)

/** Which of them: how far they are, how urgent, whose, and what is promised. */
export const TicketFilters = ({ view, counts, subscriberName, onView }: TicketFiltersProps) => {
  const { t } = useTranslation('tickets')
  const format = useFormat()
  const { value: setup } = useQuery('tickets.setup', {}, { on: ['tickets.changed'] })
  const queues = setup?.queues.filter(({ active, id }) => active || id === view.queue) ?? []
  const isGroup = groups.some((group) => group === view.states)
  return (
    <div className="ntk-bar" role="group" aria-label={t('filters')}>
      <SegmentedControl
        size="xs"
        aria-label={t('col.state')}
        value={isGroup ? view.states : 'one'}
        onChange={(states) => {
          const group = groups.find((known) => known === states)
          if (group !== undefined) onView({ ...view, states: group })
        }}
        data={[
          ...groups.map((group) => ({
            value: group,
            label: `${t(`group.${group}`)} ${format.number(countOf(counts, stateGroups[group]))}`,
          })),
          ...(isGroup ? [] : [{ value: 'one', label: t(`state.${view.states as TicketState}`) }]),
        ]}
      />
      <Select
        size="xs"
        w={120}
        aria-label={t('col.priority')}
        allowDeselect={false}
        value={view.priority ?? ''}
        onChange={(priority) =>
          onView({ ...view, priority: ticketPriorities.find((one) => one === priority) ?? null })
        }
        data={[
          { value: '', label: t('priorityAll') },
          ...ticketPriorities.map((value) => ({ value, label: t(`priorityLong.${value}`) })),
        ]}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('col.queue')}
        allowDeselect={false}
        value={view.queue ?? ''}
        onChange={(queue) => onView({ ...view, queue: queue === '' ? null : queue })}
        data={[
          { value: '', label: t('queueAll') },
          ...queues.map(({ id, name }) => ({ value: id, label: name })),
          { value: 'none', label: t('queueNone') },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('col.owner')}
        value={view.owner === 'me' || view.owner === 'none' ? view.owner : 'all'}
        onChange={(owner) => onView({ ...view, owner: owner === 'all' ? null : owner })}
        data={[
          { value: 'all', label: t('ownerAll') },
          { value: 'me', label: t('ownerMe') },
          { value: 'none', label: t('ownerNone') },
        ]}
      />
      <Select
        size="xs"
        w={160}
        aria-label={t('col.due')}
        allowDeselect={false}
        value={view.sla ?? ''}
        onChange={(sla) =>
          onView({ ...view, sla: sla === 'warned' || sla === 'breached' ? sla : null })
        }
        data={[
          { value: '', label: t('slaAll') },
          { value: 'warned', label: t('slaWarned') },
          { value: 'breached', label: t('slaBreached') },
        ]}
      />
      <Checkbox
        size="xs"
        label={t('watching')}
        checked={view.watching}
        onChange={(event) => onView({ ...view, watching: event.currentTarget.checked })}
      />
      {view.subscriberId !== null && (
        <Button
          size="compact-sm"
          variant="light"
          title={t('lift')}
          rightSection={<IconX size={13} aria-hidden="true" />}
          onClick={() => onView({ ...view, subscriberId: null })}
        >
          {subscriberName === undefined ? t('ofOne') : t('ofSubscriber', { name: subscriberName })}
        </Button>
      )}
      {view.tag !== null && (
        <Button
          size="compact-sm"
          variant="light"
          title={t('lift')}
          rightSection={<IconX size={13} aria-hidden="true" />}
          onClick={() => onView({ ...view, tag: null })}
        >
          {t('ofTag', { tag: view.tag })}
        </Button>
      )}
      {isNarrowed(view) && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onView({ ...plainView, states: view.states })}
        >
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
