import type { WorkOrderRow } from '../../src-shared/contract/fieldwork-model.ts'
import { planConflicts, shortestWay, wayKm, type Spot } from '../../src-shared/domain/day-plan.ts'
import { iCalendar, type CalendarEntry } from '../../src-shared/domain/icalendar.ts'
import { isOrderOver } from '../../src-shared/domain/work-order.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import type { Reads } from '../store/reads.ts'
import type { OrderList } from './list.ts'
import type { FieldworkDependencies } from './ports.ts'
import { readSettings, readTechnicians, type TechnicianData } from './setup-tables.ts'
import { orderIn } from './tables.ts'
import { localDays } from './working-hours.ts'

const mostDays = 35
const dayMs = 86_400_000
const mostWaiting = 200

/** Who does what when: the board of a span of days, and the same as a calendar file. */
export const createPlanQueries = (
  deps: Pick<FieldworkDependencies, 'clock' | 'zone' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly list: OrderList
    readonly revision: () => number
  },
): QueryHandlers<'fieldwork.plan' | 'fieldwork.calendar'> => {
  const { reads, list, zone } = deps

  const refuseSpan = (from: number, to: number): void => {
    if (!(from < to) || to - from > mostDays * dayMs) {
      throw new NocturneError('invalid-input', { field: 'to', rule: 'span' })
    }
  }

  return {
    'fieldwork.plan': ({ from, to }, { reach, session }) => {
      refuseSpan(from, to)
      const who = { reach, accountId: session?.accountId ?? null }
      const { travelKmh, depot } = readSettings(reads)
      const days = localDays(from, to, zone)
      const all = list.within(from, to, who)
      const byPerson = Map.groupBy(all, ({ assignee }) => assignee?.id ?? '')
      const technicians = readTechnicians(reads)
      const known = new Set(technicians.map(({ accountId }) => accountId))
      // Who is no technician any more keeps his column while something is planned for him.
      const others: TechnicianData[] = [...byPerson.keys()]
        .filter((id) => id !== '' && !known.has(id))
        .map((accountId) => ({
          accountId,
          version: 0,
          week: Array.from({ length: 7 }, () => []),
          home: null,
          active: false,
        }))
      return {
        technicians: [...technicians, ...others]
          .filter(({ active, accountId }) => active || byPerson.has(accountId))
          .map(({ accountId, week, home }) => {
            const orders = byPerson.get(accountId) ?? []
            const hours = days.flatMap((day) =>
              (week[day.weekday] ?? []).map(([begin, end]) => ({
                from: day.at(begin),
                to: day.at(end),
              })),
            )
            const open = orders.filter(({ state }) => !isOrderOver(state) && state !== 'done')
            const conflicts = planConflicts(
              open.map((order) => ({
                ...order,
                from: order.windowFrom ?? 0,
                to: order.windowTo ?? 0,
              })),
              hours,
              travelKmh,
            )
            return {
              accountId,
              name: deps.nameOfAccount(accountId) ?? '',
              hours,
              orders: [...orders],
              conflicts: [...conflicts],
              days: days.map((day) => ({ from: day.from, ...wayOf(day, orders, home ?? depot) })),
            }
          }),
        waiting: [...list.waiting(who, mostWaiting)],
        travelKmh,
        revision: deps.revision(),
        at: deps.clock.now(),
      }
    },

    'fieldwork.calendar': ({ from, to, assigneeId, orderId }, { reach, session }) => {
      refuseSpan(from, to)
      const who = { reach, accountId: session?.accountId ?? null }
      const orders = list
        .within(from, to, who)
        .filter(({ assignee }) => assigneeId === null || assignee?.id === assigneeId)
        .filter(({ id }) => orderId === null || id === orderId)
      const name = assigneeId === null ? null : deps.nameOfAccount(assigneeId)
      return {
        text: iCalendar(
          name === null ? 'Nocturne' : `Nocturne – ${name}`,
          orders.map((order) => entryOf(order, orderIn(reads, order.id).details)),
        ),
        events: orders.length,
      }
    },
  }
}

type PlacedOrder = WorkOrderRow & { readonly spot: Spot }

const wayOf = (
  day: { readonly from: number; readonly to: number },
  orders: readonly WorkOrderRow[],
  start: Spot | null,
): { plannedKm: number; shortestKm: number; shortest: string[] } => {
  const placed = orders.filter(
    (order): order is PlacedOrder =>
      order.spot !== null &&
      (order.windowFrom ?? 0) >= day.from &&
      (order.windowFrom ?? 0) < day.to,
  )
  const km = (way: readonly PlacedOrder[]): number =>
    Math.round(
      wayKm(
        start,
        way.map(({ spot }) => spot),
      ) * 10,
    ) / 10
  const way = shortestWay(start, placed)
  return { plannedKm: km(placed), shortestKm: km(way), shortest: way.map(({ id }) => id) }
}

const entryOf = (order: WorkOrderRow, details: string): CalendarEntry => ({
  uid: `${order.id}@nocturne`,
  sequence: order.version,
  from: order.windowFrom ?? 0,
  to: order.windowTo ?? 0,
  changedAt: order.updatedAt,
  summary: `${order.number} ${order.subject}`,
  description: [order.subscriber?.name ?? '', details].filter((part) => part !== '').join('\n'),
  location: order.place,
  spot: order.spot,
  status: order.state === 'scheduled' ? 'TENTATIVE' : 'CONFIRMED',
})
