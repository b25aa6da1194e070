import type { Output } from '../../src-shared/contract/index.ts'
import { opticClasses } from '../../src-shared/domain/optics.ts'
import { lightVerdict, powerTarget } from '../../src-shared/domain/power-budget.ts'
import { isEverything, reaches, type Belongs, type Reach } from '../engine/reach.ts'
import type { CallContext, QueryHandlers } from '../engine/handlers.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Reads } from '../store/reads.ts'
import { isOrderOver } from '../../src-shared/domain/work-order.ts'
import type { OrderView } from '../../src-shared/domain/work-order-fold.ts'
import type { OrderList } from './list.ts'
import { mayPlan, mayWorkAt } from './order-commands.ts'
import { createPlanQueries } from './plan-queries.ts'
import type { FieldworkDependencies, OnuLight } from './ports.ts'
import { readSettings, readTechnicians, readTypes } from './setup-tables.ts'
import { eventsOf, orderIn, paperOf, viewOf, type OrderData } from './tables.ts'

export type FieldworkQuery =
  | 'fieldwork.orders'
  | 'fieldwork.order'
  | 'fieldwork.photo'
  | 'fieldwork.plan'
  | 'fieldwork.calendar'
  | 'fieldwork.setup'

type Record_ = Output<'fieldwork.order'>

export const createFieldworkQueries = (
  deps: FieldworkDependencies & {
    readonly reads: Reads
    readonly list: OrderList
    readonly belongs: (id: string) => Belongs | null
    readonly belongsTicket: (id: string) => Belongs | null
    readonly revision: () => number
  },
): QueryHandlers<FieldworkQuery> => {
  const { reads, list, clock } = deps
  const nameOf = (accountId: string | null): string | null =>
    accountId === null ? null : deps.nameOfAccount(accountId)

  const isReached = (reach: Reach, belongs: Belongs | null): boolean =>
    isEverything(reach) || (belongs !== null && reaches(reach, belongs, true))

  const readingOf = (
    view: OrderView,
    when: 'before' | 'after',
    light: OnuLight | null,
  ): Record_['light']['before'] => {
    const read = view.light[when]
    if (read === null) return null
    const { at, by, rxDbm, targetDbm } = read
    const range = light?.range ?? opticClasses['B+'].onuRx
    return {
      at,
      by,
      rxDbm,
      targetDbm,
      verdict: lightVerdict(rxDbm, targetDbm, range),
    }
  }

  const lightOf = (order: OrderData): OnuLight | null =>
    order.oltId === null || order.serial === null ? null : deps.lightOf(order.oltId, order.serial)

  const record = (id: string, context: CallContext): Record_ => {
    const order = orderIn(reads, id)
    const row = list.row(id, context.reach)
    if (row === null) throw new NocturneError('not-found', { what: 'work-order' })
    const events = eventsOf(reads, id)
    const view = viewOf(reads, order)
    const light = lightOf(order)
    const paper = paperOf(order)
    const photoRows = new Map(
      reads
        .all<{ id: string; mediaType: string; bytes: number }>(
          `SELECT id, media_type AS mediaType, bytes FROM work_order_photo WHERE order_id = ?`,
          id,
        )
        .map((one) => [one.id, one]),
    )
    // SECURITY: where the subscriber is not reached, how to call him is not told either.
    const isHisSeen = order.subscriberId === null || row.subscriber !== null
    const isTicketSeen =
      order.ticketId !== null && isReached(context.reach, deps.belongsTicket(order.ticketId))
    const minutes = (ms: number): number => Math.round(ms / 60_000)
    const isMine = mayWorkAt(order, context)
    return {
      order: row,
      details: order.details,
      phone: isHisSeen ? order.phone : '',
      serviceId: isHisSeen ? order.serviceId : null,
      onu:
        order.oltId === null || order.serial === null
          ? null
          : {
              oltId: order.oltId,
              oltName: light?.oltName ?? '',
              serial: order.serial,
            },
      paper: {
        ...paper,
        items: [...paper.items],
        photos: [...paper.photos],
      },
      answers: [...view.answers].map(([itemId, { value, at, by }]) => ({
        itemId,
        value,
        at,
        by: nameOf(by),
      })),
      light: {
        before: readingOf(view, 'before', light),
        after: readingOf(view, 'after', light),
        target: light === null ? null : copyTarget(powerTarget(light.path)),
        now: light?.now ?? null,
      },
      photos: view.photos.flatMap(({ photoId, slotId, at }) => {
        const found = photoRows.get(photoId)
        return found === undefined ? [] : [{ ...found, slotId, at }]
      }),
      materials: view.materials.map(({ lineId, name, sku, quantityMilli, unit, serial, at }) => ({
        lineId,
        name,
        sku,
        quantityMilli,
        unit,
        serial,
        at,
      })),
      signature:
        view.signature === null
          ? null
          : {
              name: view.signature.name,
              at: view.signature.at,
              strokes: view.signature.strokes.map(({ points }) => ({ points: [...points] })),
            },
      reason: view.reason,
      amendments: view.amendments.map(({ at, by, text }) => ({ at, by: nameOf(by), text })),
      missing: [...view.missing],
      spent: {
        travel: minutes(view.spentMs.travel),
        work: minutes(view.spentMs.work),
        paused: minutes(view.spentMs.paused),
      },
      events: events
        .map(({ id: eventId, at, receivedAt, actorId, deviceId, fact }) => ({
          id: eventId,
          at,
          receivedAt,
          by: nameOf(actorId),
          deviceId,
          fact: fact as Record_['events'][number]['fact'],
          clash: view.clashes.get(eventId) ?? null,
        }))
        .toReversed(),
      ticketState: isTicketSeen
        ? (reads.get<{ state: NonNullable<Record_['ticketState']> }>(
            `SELECT state FROM ticket WHERE id = ?`,
            order.ticketId,
          )?.state ?? null)
        : null,
      follows:
        order.followsId === null
          ? null
          : (reads.get<{ id: string; number: string }>(
              `SELECT id, number FROM work_order WHERE id = ?`,
              order.followsId,
            ) ?? null),
      followedBy: reads.all(
        `SELECT id, number, state FROM work_order WHERE follows_id = ? ORDER BY seq`,
        id,
      ),
      may: { work: isMine && !isShut(order), plan: mayPlan(context) },
    }
  }

  const isShut = ({ state }: OrderData): boolean =>
    isOrderOver(state) && state !== 'signed-off' && state !== 'closed'

  return {
    'fieldwork.orders': (asked, { reach, session }) => ({
      ...list.list(asked, { reach, accountId: session?.accountId ?? null }),
      revision: deps.revision(),
      at: clock.now(),
    }),
    'fieldwork.order': ({ id }, context) => record(id, context),
    'fieldwork.photo': ({ id, photoId }) => {
      const found = reads.get<{ mediaType: string; content: Uint8Array }>(
        `SELECT media_type AS mediaType, content FROM work_order_photo
          WHERE id = ? AND order_id = ?`,
        photoId,
        id,
      )
      if (found === undefined) throw new NocturneError('not-found', { what: 'photo' })
      return { mediaType: found.mediaType, content: new Uint8Array(found.content) }
    },
    ...createPlanQueries(deps),
    'fieldwork.setup': () => {
      const technicians = readTechnicians(reads).map((one) => ({
        ...one,
        name: deps.nameOfAccount(one.accountId) ?? '',
      }))
      const known = new Set(technicians.map(({ accountId }) => accountId))
      return {
        types: readTypes(reads),
        technicians,
        others: deps
          .accounts()
          .filter(({ id }) => !known.has(id))
          .map(({ id, name }) => ({ id, name })),
        settings: readSettings(reads),
        zone: deps.zone,
        revision: deps.revision(),
      }
    },
  }
}

const copyTarget = (
  target: ReturnType<typeof powerTarget>,
): NonNullable<Record_['light']['target']> => ({
  ...target,
  parts: [...target.parts],
  assumed: [...target.assumed],
})
