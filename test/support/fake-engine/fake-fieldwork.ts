import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import { planConflicts, shortestWay, wayKm } from '../../../src-shared/domain/day-plan.ts'
import { iCalendar } from '../../../src-shared/domain/icalendar.ts'
import {
  createFakeOrderBook,
  fakeTargetDbm,
  type FakeFieldworkDependencies,
} from './fake-order-book.ts'
import { uuidOf } from './fake-ticket-seed.ts'

type Names = Extract<ProcedureName, `fieldwork.${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

const dayMs = 86_400_000

export const createFakeFieldwork = (
  deps: FakeFieldworkDependencies,
): { readonly handlers: Handlers } => {
  const { now } = deps
  const {
    setup,
    all,
    present,
    seeded,
    open,
    say,
    rowOf,
    recordOf,
    changed,
    revision,
    me,
    newPhotoId,
  } = createFakeOrderBook(deps)

  const inSpan = (from: number, to: number): readonly WorkOrderRow[] =>
    all()
      .map(rowOf)
      .filter(({ windowFrom, windowTo }) => (windowFrom ?? to) < to && (windowTo ?? from) > from)

  return {
    handlers: {
      'fieldwork.orders': ({ filter, sort, descending, offset, limit }) => {
        const rest = all()
          .map(rowOf)
          .filter((row) => filter.kinds.length === 0 || filter.kinds.includes(row.kind))
          .filter(({ assignee }) =>
            filter.assignee === null
              ? true
              : filter.assignee === 'none'
                ? assignee === null
                : assignee?.id === (filter.assignee === 'me' ? me().id : filter.assignee),
          )
          .filter((row) => filter.ticketId === null || row.ticket?.id === filter.ticketId)
          .filter(
            (row) => filter.subscriberId === null || row.subscriber?.id === filter.subscriberId,
          )
          .filter((row) =>
            `${row.number} ${row.subject} ${row.place} ${row.subscriber?.name ?? ''}`
              .toLowerCase()
              .includes(filter.search.toLowerCase()),
          )
        const found = rest.filter(
          ({ state }) => filter.states.length === 0 || filter.states.includes(state),
        )
        const by = (row: WorkOrderRow): string | number =>
          sort === 'window' ? (row.windowFrom ?? 0) : row[sort]
        const sorted = found.toSorted(
          (a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0) * (descending ? -1 : 1),
        )
        return {
          orders: sorted.slice(offset, offset + limit),
          total: found.length,
          states: [...Map.groupBy(rest, ({ state }) => state)].map(([state, { length }]) => ({
            state,
            count: length,
          })),
          revision: revision(),
          at: now(),
        }
      },
      'fieldwork.order': ({ id }) => {
        seeded()
        return recordOf(present(id))
      },
      'fieldwork.photo': () => ({
        mediaType: 'image/png',
        content: Uint8Array.from(
          atob(
            'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
          ),
          (letter) => letter.charCodeAt(0),
        ),
      }),
      'fieldwork.plan': ({ from, to }) => {
        const rows = inSpan(from, to)
        const days = Array.from(
          { length: Math.ceil((to - from) / dayMs) },
          (_, day) => from + day * dayMs,
        )
        const { depot, travelKmh } = setup.settings
        return {
          technicians: setup.technicians.map(({ accountId, name }) => {
            const own = rows.filter(({ assignee }) => assignee?.id === accountId)
            const hours = days.flatMap((day) =>
              [
                [8, 12],
                [13, 17],
              ].map(([begin, end]) => ({
                from: day + begin! * 3_600_000,
                to: day + end! * 3_600_000,
              })),
            )
            return {
              accountId,
              name,
              hours,
              orders: [...own],
              conflicts: [
                ...planConflicts(
                  own.map((row) => ({ ...row, from: row.windowFrom ?? 0, to: row.windowTo ?? 0 })),
                  hours,
                  travelKmh,
                ),
              ],
              days: days.map((day) => {
                const placed = own.flatMap((row) =>
                  row.spot !== null &&
                  (row.windowFrom ?? 0) >= day &&
                  (row.windowFrom ?? 0) < day + dayMs
                    ? [{ ...row, spot: row.spot }]
                    : [],
                )
                const way = shortestWay(depot, placed)
                const km = (list: typeof placed | typeof way): number =>
                  Math.round(
                    wayKm(
                      depot,
                      list.map(({ spot }) => spot),
                    ) * 10,
                  ) / 10
                return {
                  from: day,
                  plannedKm: km(placed),
                  shortestKm: km(way),
                  shortest: way.map(({ id }) => id),
                }
              }),
            }
          }),
          waiting: all()
            .map(rowOf)
            .filter(({ state }) => state === 'draft'),
          travelKmh,
          revision: revision(),
          at: now(),
        }
      },
      'fieldwork.calendar': ({ from, to, assigneeId }) => {
        const rows = inSpan(from, to).filter(
          ({ assignee }) => assigneeId === null || assignee?.id === assigneeId,
        )
        return {
          text: iCalendar(
            'Nocturne',
            rows.map((row) => ({
              uid: `${row.id}@nocturne`,
              sequence: row.version,
              from: row.windowFrom ?? 0,
              to: row.windowTo ?? 0,
              changedAt: row.updatedAt,
              summary: `${row.number} ${row.subject}`,
              description: '',
              location: row.place,
              spot: row.spot,
              status: 'CONFIRMED',
            })),
          ),
          events: rows.length,
        }
      },
      'fieldwork.setup': () => ({ ...setup, revision: revision() }),
      'fieldwork.open': (input) => {
        seeded()
        const { row } = open(input)
        changed()
        return { id: row.id, number: row.number }
      },
      'fieldwork.schedule': ({ id, baseVersion, assigneeId, from, to }) => {
        const order = present(id, baseVersion)
        say(order, { kind: 'scheduled', assigneeId, from, to })
        changed()
        return { version: order.version }
      },
      'fieldwork.move': ({ id, baseVersion, move }) => {
        const order = present(id, baseVersion)
        say(order, move)
        const next =
          move.kind === 'not-completed'
            ? open({
                typeId: setup.types.find(({ kind }) => kind === order.row.kind)!.id,
                subject: order.row.subject,
                followsId: id,
              }).row
            : null
        changed()
        return { version: order.version, next }
      },
      'fieldwork.sign': ({ id, baseVersion, name, strokes }) => {
        const order = present(id, baseVersion)
        say(order, { kind: 'signed', name, strokes })
        changed()
        return { version: order.version }
      },
      'fieldwork.note': ({ id, note }) => {
        const order = present(id)
        say(order, note)
        changed()
        return { version: order.version }
      },
      'fieldwork.measure': ({ id, when, rxDbm }) => {
        const order = present(id)
        say(order, {
          kind: 'measured',
          when,
          rxDbm: rxDbm ?? -19.35,
          by: rxDbm === null ? 'network' : 'meter',
          targetDbm: fakeTargetDbm,
        })
        changed()
        return { version: order.version }
      },
      'fieldwork.addPhoto': ({ id, slotId }) => {
        const order = present(id)
        const photoId = newPhotoId()
        say(order, { kind: 'photographed', photoId, slotId, sha256: '0'.repeat(64) })
        changed()
        return { photoId }
      },
      'fieldwork.certificate': ({ id, language }) => ({
        folder: '/home/demo/nocturne/exports',
        fileName: `${present(id).row.number}-${language}.pdf`,
        sha256: '0'.repeat(64),
      }),
      'fieldwork.saveType': ({ id, baseVersion, ...fields }) => {
        const at = setup.types.findIndex((type) => type.id === id)
        const version = baseVersion + 1
        const saved = { ...fields, id: id ?? uuidOf('9c01', setup.types.length + 1), version }
        if (at < 0) setup.types.push(saved)
        else setup.types[at] = saved
        changed()
        return { id: saved.id, version }
      },
      'fieldwork.saveTechnician': ({ baseVersion, ...fields }) => {
        const at = setup.technicians.findIndex(({ accountId }) => accountId === fields.accountId)
        const name =
          setup.technicians[at]?.name ??
          setup.others.find(({ id }) => id === fields.accountId)?.name ??
          ''
        const saved = { ...fields, name, version: baseVersion + 1 }
        if (at < 0) setup.technicians.push(saved)
        else setup.technicians[at] = saved
        setup.others = setup.others.filter(({ id }) => id !== fields.accountId)
        changed()
        return { version: saved.version }
      },
      'fieldwork.configure': ({ baseVersion, ...fields }) => {
        setup.settings = { ...fields, version: baseVersion + 1 }
        changed()
        return {}
      },
    },
  }
}
