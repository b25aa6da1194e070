import { SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { allStatuses, type ListView } from './subscriber-query.ts'

const marks = ['neverSuspend', 'restricted'] as const

/** Which of them: status, agent, service, mark. */
export const FilterSelects = ({
  view,
  onView,
}: {
  readonly view: ListView
  readonly onView: (view: ListView) => void
}) => {
  const { t } = useTranslation('subscribers')
  const agents = useQuery('subscribers.agents', {}).value?.agents ?? []
  return (
    <div className="nsu-bar" role="group" aria-label={t('filters')}>
      <SegmentedControl
        size="xs"
        aria-label={t('col.status')}
        value={view.status ?? 'all'}
        onChange={(next) =>
          onView({ ...view, status: allStatuses.find((one) => one === next) ?? null })
        }
        data={[
          { value: 'all', label: t('all') },
          ...allStatuses.map((value) => ({ value, label: t(`status.${value}`) })),
        ]}
      />
      <Select
        size="xs"
        w={190}
        aria-label={t('col.agent')}
        value={view.agent ?? ''}
        allowDeselect={false}
        onChange={(next) => onView({ ...view, agent: next === '' ? null : next })}
        data={[
          { value: '', label: t('agentAll') },
          { value: 'none', label: t('agentNone') },
          ...agents.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        size="xs"
        w={210}
        aria-label={t('col.services')}
        value={view.service ?? ''}
        allowDeselect={false}
        onChange={(next) =>
          onView({ ...view, service: next === 'live' || next === 'none' ? next : null })
        }
        data={[
          { value: '', label: t('serviceFilter.any') },
          { value: 'live', label: t('serviceFilter.live') },
          { value: 'none', label: t('serviceFilter.none') },
        ]}
      />
      <Select
        size="xs"
        w={170}
        aria-label={t('field.tags')}
        value={view.mark ?? ''}
        allowDeselect={false}
        onChange={(next) => onView({ ...view, mark: marks.find((one) => one === next) ?? null })}
        data={[
          { value: '', label: t('all') },
          ...marks.map((value) => ({ value, label: t(`mark.${value}`) })),
        ]}
      />
    </div>
  )
}
