import { Button, Checkbox, SegmentedControl, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { workOrderKinds, type WorkOrderState } from '../../../src-shared/domain/work-order.ts'
import { useQuery } from '../../client/hooks.ts'
import { useFormat } from '../../components/use-format.ts'
import { isNarrowed, plainView, stateGroups, type OrderListView } from './order-query.ts'

type Counts = Output<'fieldwork.orders'>['states']

const groups = Object.keys(stateGroups) as readonly (keyof typeof stateGroups)[]

const countOf = (counts: Counts, states: readonly WorkOrderState[]): number =>
  counts
    .filter(({ state }) => states.length === 0 || states.includes(state))
    .reduce((sum, { count }) => sum + count, 0)

/** Which of them: how far they are, what kind, whose. */
export const OrderFilters = ({
  view,
  counts,
  onView,
}: {
  readonly view: OrderListView
  readonly counts: Counts
  readonly onView: (view: OrderListView) => void
}) => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const { value: setup } = useQuery('fieldwork.setup', {}, { on: ['fieldwork.changed'] })
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
          ...(isGroup
            ? []
            : [{ value: 'one', label: t(`state.${view.states as WorkOrderState}`) }]),
        ]}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('col.kind')}
        allowDeselect={false}
        value={view.kind ?? ''}
        onChange={(kind) =>
          onView({ ...view, kind: workOrderKinds.find((one) => one === kind) ?? null })
        }
        data={[
          { value: '', label: t('kindAll') },
          ...workOrderKinds.map((value) => ({ value, label: t(`kind.${value}`) })),
        ]}
      />
      <Select
        size="xs"
        w={180}
        aria-label={t('col.assignee')}
        allowDeselect={false}
        value={view.assignee ?? ''}
        onChange={(assignee) => onView({ ...view, assignee: assignee === '' ? null : assignee })}
        data={[
          { value: '', label: t('assigneeAll') },
          { value: 'me', label: t('assigneeMe') },
          { value: 'none', label: t('assigneeNone') },
          ...(setup?.technicians ?? []).map(({ accountId, name }) => ({
            value: accountId,
            label: name,
          })),
        ]}
      />
      <Checkbox
        size="xs"
        label={t('onlyClashes')}
        checked={view.onlyClashes}
        onChange={(event) => onView({ ...view, onlyClashes: event.currentTarget.checked })}
      />
      {(view.subscriberId !== null || view.ticketId !== null) && (
        <Button
          size="compact-sm"
          variant="light"
          title={t('lift')}
          rightSection={<IconX size={13} aria-hidden="true" />}
          onClick={() => onView({ ...view, subscriberId: null, ticketId: null })}
        >
          {t('ofOne')}
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
