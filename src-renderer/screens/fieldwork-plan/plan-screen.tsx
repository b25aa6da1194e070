import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconCalendarDown, IconChevronLeft, IconChevronRight, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useTicking } from '../../components/clock.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { downloadBytes } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showFailure } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePermissions } from '../../state/workspace.ts'
import { OrdersTabs } from '../fieldwork/orders-tabs.tsx'
import { ScheduleDialog } from '../fieldwork-order/schedule-dialog.tsx'
import { DayRows } from './day-rows.tsx'
import { daysLater, dayText, dayStart, lengthOf, readPlan, writePlan } from './plan-model.ts'
import { Waiting } from './waiting.tsx'
import { WeekRows } from './week-rows.tsx'
import './plan.css'

const minute = (now: number): number => now - (now % 60_000)

/** Who does what when: drafts on the left, a row for each technician, what does not fit marked. */
export const PlanScreen = () => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const now = useTicking(minute)
  const view = readPlan(useSearch(), now)
  const to = daysLater(view.from, lengthOf(view))
  const mayPlan = usePermissions().includes('fieldwork.order.plan')
  const [drop, setDrop] = useState<{
    readonly order: WorkOrderRow
    readonly assigneeId?: string
    readonly from?: number
  } | null>(null)
  const { value, failure, refresh } = useQuery(
    'fieldwork.plan',
    { from: view.from, to },
    { on: ['fieldwork.changed'], everyMs: 1000 },
  )
  useShortcut('refresh', refresh)
  const go = (next: typeof view): void =>
    navigate(paths.workPlan(writePlan(next, Date.now())), { replace: true })
  const step = (by: number): void =>
    go({ ...view, from: daysLater(view.from, by * lengthOf(view)) })
  const calendar = async (assigneeId: string | null): Promise<void> => {
    try {
      const file = await callQuery('fieldwork.calendar', { from: view.from, to, assigneeId })
      const bytes = new TextEncoder().encode(file.text)
      downloadBytes(`work-orders-${dayText(view.from)}.ics`, bytes, 'text/calendar')
    } catch (error) {
      showFailure(failureOf(error))
    }
  }
  const known = value?.technicians.flatMap(({ orders }) => orders) ?? []
  const dropped = (orderId: string, assigneeId: string, from: number): void => {
    const order = [...known, ...(value?.waiting ?? [])].find(({ id }) => id === orderId)
    if (order !== undefined) setDrop({ order, assigneeId, from })
  }
  const rows = { plan: value, view, mayPlan, onDrop: dropped, onCalendar: calendar }
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>{t('planTitle')}</h1>
        <div className="nfp-when">
          <ActionIcon variant="default" aria-label={t('before')} onClick={() => step(-1)}>
            <IconChevronLeft size={16} aria-hidden="true" />
          </ActionIcon>
          <Button
            size="xs"
            variant="default"
            onClick={() => go({ ...view, from: dayStart(Date.now()) })}
          >
            {t('today')}
          </Button>
          <ActionIcon variant="default" aria-label={t('after')} onClick={() => step(1)}>
            <IconChevronRight size={16} aria-hidden="true" />
          </ActionIcon>
          <strong>
            {format.instant(view.from, 'day')}
            {view.by === 'week' && ` – ${format.instant(daysLater(view.from, 6), 'day')}`}
          </strong>
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t('span')}
          value={view.by}
          onChange={(by) => go({ ...view, by: by === 'week' ? 'week' : 'day' })}
          data={[
            { value: 'day', label: t('byDay') },
            { value: 'week', label: t('byWeek') },
          ]}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCalendarDown size={15} aria-hidden="true" />}
          onClick={() => void calendar(null)}
        >
          {t('iCalendar')}
        </Button>
      </header>
      <OrdersTabs />
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : (
        <div className="nfp-body">
          <Waiting
            orders={value.waiting}
            mayPlan={mayPlan}
            onPlan={(order) => setDrop({ order, from: Math.max(view.from + 8 * 3_600_000, now) })}
          />
          {value.technicians.length === 0 ? (
            <EmptyState
              icon={IconUsers}
              title={t('noTechnicians')}
              text={t('noTechniciansText')}
              action={<RouteLink to={paths.workSetup()}>{t('tab.settings')}</RouteLink>}
            />
          ) : view.by === 'week' ? (
            <WeekRows {...rows} plan={value} />
          ) : (
            <DayRows {...rows} plan={value} now={now} />
          )}
        </div>
      )}
      {drop !== null && (
        <ScheduleDialog
          order={drop.order}
          {...(drop.assigneeId === undefined ? {} : { assigneeId: drop.assigneeId })}
          {...(drop.from === undefined ? {} : { from: drop.from })}
          onClose={() => setDrop(null)}
        />
      )}
    </div>
  )
}
