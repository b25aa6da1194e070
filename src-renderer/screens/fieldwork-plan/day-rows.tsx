import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconCalendarDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useFormat } from '../../components/use-format.ts'
import { hourText } from '../fieldwork/order-words.tsx'
import { axisOf, daysLater, placeOf, timeAt, type PlanView } from './plan-model.ts'
import { useConflictWords } from './conflict-words.ts'
import { dragType } from './waiting.tsx'
import { WayPicture } from './way-picture.tsx'

export type Plan = Output<'fieldwork.plan'>

export interface RowsProps {
  readonly plan: Plan
  readonly view: PlanView
  readonly mayPlan: boolean
  readonly onDrop: (orderId: string, assigneeId: string, from: number) => void
  readonly onCalendar: (assigneeId: string) => Promise<void>
}

/** One day on a time axis; orders that overlap lie below one another. */
export const DayRows = ({
  plan,
  view,
  mayPlan,
  onDrop,
  onCalendar,
  now,
}: RowsProps & { readonly now: number }) => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const conflictWords = useConflictWords(plan)
  const spans = plan.technicians.flatMap(({ hours, orders }) => [
    ...hours,
    ...orders.map(({ windowFrom, windowTo }) => ({
      from: Math.max(view.from, windowFrom ?? view.from),
      to: windowTo ?? view.from,
    })),
  ])
  const ends = daysLater(view.from, 1)
  const axis = axisOf(
    view.from,
    spans.filter(({ from, to }) => from < ends && to > view.from),
  )
  const ticks = Array.from({ length: axis.last - axis.first + 1 }, (_, index) => axis.first + index)
  const style = ({ start, width }: { start: number; width: number }) => ({
    insetInlineStart: `${start * 100}%`,
    inlineSize: `${width * 100}%`,
  })
  return (
    <section className="nc-panel nfp-rows" aria-label={t('planTitle')} tabIndex={0}>
      <div className="nfp-row nfp-row--head">
        <span />
        <div className="nfp-axis" aria-hidden="true">
          {ticks.slice(0, -1).map((hour) => (
            <span
              key={hour}
              style={{
                insetInlineStart: `${((hour - axis.first) / (axis.last - axis.first)) * 100}%`,
              }}
            >
              {String(hour).padStart(2, '0')}
            </span>
          ))}
        </div>
      </div>
      {plan.technicians.map((who) => {
        const lanes = lanesOf(who.orders)
        const [day] = who.days
        return (
          <div key={who.accountId} className="nfp-row">
            <div className="nfp-who">
              <strong>{who.name}</strong>
              <ActionIcon
                size="sm"
                variant="subtle"
                aria-label={t('calendarOf', { name: who.name })}
                onClick={() => void onCalendar(who.accountId)}
              >
                <IconCalendarDown size={14} aria-hidden="true" />
              </ActionIcon>
              {day !== undefined && day.shortest.length > 1 && (
                <span className="nc-soft nc-small">
                  {t('way', {
                    planned: format.number(day.plannedKm, 1),
                    shortest: format.number(day.shortestKm, 1),
                  })}
                </span>
              )}
              {day !== undefined && <WayPicture orders={who.orders} shortest={day.shortest} />}
            </div>
            <div>
              <div
                className="nfp-lane"
                style={{ blockSize: `${Math.max(1, lanes.length) * 46 + 6}px` }}
                onDragOver={(event) => {
                  if (mayPlan && event.dataTransfer.types.includes(dragType)) event.preventDefault()
                }}
                onDrop={(event) => {
                  event.preventDefault()
                  const box = event.currentTarget.getBoundingClientRect()
                  const share = (event.clientX - box.left) / box.width
                  const id = event.dataTransfer.getData(dragType)
                  if (id !== '') onDrop(id, who.accountId, timeAt(view.from, axis, share))
                }}
              >
                {who.hours.map((span) => (
                  <span
                    key={span.from}
                    className="nfp-hours"
                    style={style(placeOf(view.from, axis, span))}
                  />
                ))}
                {now > view.from && now < ends && (
                  <span
                    className="nfp-now"
                    style={{
                      insetInlineStart: `${placeOf(view.from, axis, { from: now, to: now }).start * 100}%`,
                    }}
                  />
                )}
                {lanes.flatMap((lane, index) =>
                  lane.map((order) => {
                    const span = { from: order.windowFrom ?? 0, to: order.windowTo ?? 0 }
                    const isBad = who.conflicts.some(({ orderId }) => orderId === order.id)
                    return (
                      <button
                        key={order.id}
                        type="button"
                        className="nfp-card"
                        data-state={order.state}
                        data-conflict={isBad || undefined}
                        draggable={mayPlan}
                        style={{
                          ...style(placeOf(view.from, axis, span)),
                          insetBlockStart: `${index * 46 + 3}px`,
                        }}
                        title={`${order.number} ${order.subject}\n${hourText(span.from)}–${hourText(span.to)}\n${t(`state.${order.state}`)}\n${order.place}`}
                        onDragStart={(event) => event.dataTransfer.setData(dragType, order.id)}
                        onClick={() => navigate(paths.workOrder(order.id))}
                      >
                        <span className="nfp-card__head">
                          {isBad && <IconAlertTriangle size={13} aria-label={t('conflict')} />}
                          {hourText(span.from)} {t(`state.${order.state}`)}
                        </span>
                        <span className="nfp-card__text">{order.subject}</span>
                      </button>
                    )
                  }),
                )}
              </div>
              {who.conflicts.length > 0 && (
                <ul className="nfp-conflicts nc-small">
                  {who.conflicts.map((conflict) => (
                    <li key={`${conflict.orderId}${conflict.kind}${conflict.otherId}`}>
                      {conflictWords(conflict)}
                    </li>
                  ))}
                </ul>
              )}
            </div>
          </div>
        )
      })}
    </section>
  )
}

type Order = Plan['waiting'][number]

/** Those that overlap lie in different lanes; each in the first where there is room. */
const lanesOf = (orders: readonly Order[]): readonly (readonly Order[])[] => {
  const lanes: Order[][] = []
  for (const order of orders) {
    const free = lanes.find((lane) => (lane.at(-1)?.windowTo ?? 0) <= (order.windowFrom ?? 0))
    if (free === undefined) lanes.push([order])
    else free.push(order)
  }
  return lanes
}
