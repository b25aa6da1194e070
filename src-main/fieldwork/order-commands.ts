import { createHash } from 'node:crypto'
import { fieldworkAccess } from '../../src-shared/contract/fieldwork-model.ts'
import type { WorkOrderMove } from '../../src-shared/domain/work-order.ts'
import { powerTarget } from '../../src-shared/domain/power-budget.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { mediaTypeOf } from '../engine/file-types.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { Transaction } from '../store/write-path.ts'
import { createCertificate } from './certificate-command.ts'
import type { OrderDesk } from './desk.ts'
import type { FieldworkDependencies } from './ports.ts'
import { orderAt, orderIn, viewOf, type OrderData } from './tables.ts'

export type OrderCommand =
  | 'fieldwork.open'
  | 'fieldwork.schedule'
  | 'fieldwork.move'
  | 'fieldwork.sign'
  | 'fieldwork.note'
  | 'fieldwork.measure'
  | 'fieldwork.addPhoto'
  | 'fieldwork.certificate'

const mostPhotos = 60
const dayMs = 86_400_000

/** Who hands out work says these, and nobody else. */
const planners: ReadonlySet<WorkOrderMove> = new Set(['dispatched', 'cancelled', 'closed'])

const actorOf = ({ session }: CallContext): string | null => session?.accountId ?? null

export const mayPlan = ({ session }: CallContext): boolean =>
  session === null || session.permissions.has(fieldworkAccess.plan)

/** Does it himself, opened it and nobody has it yet, or hands out work. */
export const mayWorkAt = (
  order: Pick<OrderData, 'assigneeId' | 'createdBy'>,
  context: CallContext,
): boolean => {
  if (mayPlan(context)) return true
  if (context.session?.permissions.has(fieldworkAccess.work) !== true) return false
  const mine = actorOf(context)
  return order.assigneeId === null ? order.createdBy === mine : order.assigneeId === mine
}

export const createOrderCommands = (
  deps: FieldworkDependencies & { readonly desk: OrderDesk; readonly changed: () => void },
): CommandHandlers<OrderCommand> => {
  const { clock, desk, newId } = deps

  const sayer = (context: CallContext) => ({
    accountId: actorOf(context),
    mayPlan: mayPlan(context),
  })

  /** SECURITY: another's order is not worked at without the right to plan. */
  const refuseOthers = (order: OrderData, context: CallContext): void => {
    if (!mayWorkAt(order, context)) {
      throw new NocturneError('order-not-yours', { number: order.number })
    }
  }

  const about = (tx: Transaction, { subscriberId }: OrderData): void => {
    if (subscriberId !== null) tx.about({ subjectId: subscriberId })
  }

  const after = (): void => {
    deps.changed()
    deps.ticketsChanged()
  }

  return {
    'fieldwork.open': (input, context) => ({
      apply: (tx) => {
        const ticket =
          input.ticketId === null
            ? null
            : tx.get<{ subscriberId: string | null; serviceId: string | null }>(
                `SELECT subscriber_id AS subscriberId, service_id AS serviceId FROM ticket
                  WHERE id = ?`,
                input.ticketId,
              )
        if (ticket === undefined) throw new NocturneError('not-found', { what: 'ticket' })
        const there = tx.get<{ number: string }>(
          `SELECT number FROM work_order WHERE ticket_id = ?
            AND state NOT IN ('signed-off', 'closed', 'cancelled', 'not-completed')`,
          input.ticketId,
        )
        if (there !== undefined) throw new NocturneError('order-there', { number: there.number })
        const subscriberId = input.subscriberId ?? ticket?.subscriberId ?? null
        const named = input.serviceId ?? (input.subscriberId === null ? ticket?.serviceId : null)
        if (subscriberId !== null && deps.subscribers.party(subscriberId) === null) {
          throw new NocturneError('not-found', { what: 'subscriber' })
        }
        const services = subscriberId === null ? [] : deps.subscribers.services(subscriberId)
        if (input.serviceId !== null && !services.some(({ id }) => id === input.serviceId)) {
          throw new NocturneError('not-found', { what: 'subscriber-service' })
        }
        const only = services.length === 1 ? services[0]!.id : null
        if (input.followsId !== null) orderIn(tx, input.followsId)
        const order = desk.open(tx, {
          ...input,
          subscriberId,
          serviceId: named ?? only,
          accountId: actorOf(context),
        })
        about(tx, order)
        return { id: order.id, number: order.number }
      },
      after,
    }),

    'fieldwork.schedule': ({ id, baseVersion, assigneeId, from, to }, context) => {
      const now = clock.now()
      const isSpan = to > from && to - from <= dayMs
      if (!isSpan || from < now - 30 * dayMs || from > now + 400 * dayMs) {
        throw new NocturneError('invalid-input', { field: 'to', rule: isSpan ? 'past' : 'before' })
      }
      return {
        apply: (tx) => {
          about(tx, orderAt(tx, id, baseVersion))
          const known = tx.get(
            `SELECT 1 FROM technician t JOIN account a ON a.id = t.account_id
              WHERE t.account_id = ? AND t.active = 1 AND a.disabled_at IS NULL`,
            assigneeId,
          )
          if (known === undefined) throw new NocturneError('not-found', { what: 'technician' })
          const fact = { kind: 'scheduled', assigneeId, from, to } as const
          return { version: desk.say(tx, id, fact, sayer(context)).version }
        },
        after,
      }
    },

    'fieldwork.move': ({ id, baseVersion, move }, context) => ({
      apply: (tx) => {
        const order = orderAt(tx, id, baseVersion)
        about(tx, order)
        if (planners.has(move.kind)) {
          if (!mayPlan(context)) throw new NocturneError('permission-denied')
        } else refuseOthers(order, context)
        const { version } = desk.say(tx, id, move, sayer(context))
        if (move.kind !== 'not-completed') return { version, next: null }
        // What could not be completed goes on as an order of its own, for whoever plans.
        const next = desk.open(tx, {
          typeId: order.typeId,
          subject: order.subject,
          details: order.details,
          subscriberId: order.subscriberId,
          serviceId: order.serviceId,
          ticketId: order.ticketId,
          followsId: order.id,
          place: order.place,
          spot:
            order.latE7 === null || order.lngE7 === null
              ? null
              : { latitude: order.latE7 / 1e7, longitude: order.lngE7 / 1e7 },
          minutes: order.minutes,
          accountId: actorOf(context),
        })
        return { version, next: { id: next.id, number: next.number } }
      },
      after,
    }),

    'fieldwork.sign': ({ id, baseVersion, name, strokes }, context) => ({
      apply: (tx) => {
        const order = orderAt(tx, id, baseVersion)
        about(tx, order)
        refuseOthers(order, context)
        const fact = { kind: 'signed', name, strokes } as const
        return { version: desk.say(tx, id, fact, sayer(context)).version }
      },
      after,
    }),

    'fieldwork.note': ({ id, note }, context) => ({
      apply: (tx) => {
        const order = orderIn(tx, id)
        about(tx, order)
        if (note.kind !== 'noted') refuseOthers(order, context)
        const view = viewOf(tx, order)
        const { paper } = order
        if (note.kind === 'answered') {
          const item = (
            JSON.parse(paper) as { items: readonly { id: string; kind: string }[] }
          ).items.find(({ id: itemId }) => itemId === note.itemId)
          const wanted = { tick: 'boolean', text: 'string', number: 'number' }[item?.kind ?? '']
          if (item === undefined) throw new NocturneError('not-found', { what: 'checklist-item' })
          if (note.value !== null && typeof note.value !== wanted) {
            throw new NocturneError('invalid-input', { field: 'value', rule: 'kind' })
          }
        }
        if (
          note.kind === 'used' &&
          note.serial !== null &&
          view.materials.some(
            ({ serial, lineId }) => serial === note.serial && lineId !== note.lineId,
          )
        ) {
          throw new NocturneError('conflict', { what: 'serial' })
        }
        return { version: desk.say(tx, id, note, sayer(context)).version }
      },
      after: deps.changed,
    }),

    'fieldwork.measure': ({ id, when, rxDbm }, context) => {
      const now = clock.now()
      return {
        apply: (tx) => {
          const order = orderIn(tx, id)
          about(tx, order)
          refuseOthers(order, context)
          const light =
            order.oltId === null || order.serial === null
              ? null
              : deps.lightOf(order.oltId, order.serial)
          const live = light?.now ?? null
          // A reading of yesterday tells nothing about what was done just now.
          const isFresh = live !== null && now - live.at < 3_600_000
          const read = rxDbm ?? (isFresh ? live.rxDbm : null)
          if (read === null) throw new NocturneError('order-no-light', { number: order.number })
          const fact = {
            kind: 'measured',
            when,
            rxDbm: Math.round(read * 100) / 100,
            by: rxDbm === null ? 'network' : 'meter',
            targetDbm: light === null ? null : powerTarget(light.path).targetDbm,
          } as const
          return { version: desk.say(tx, id, fact, sayer(context)).version }
        },
        after: deps.changed,
      }
    },

    'fieldwork.addPhoto': ({ id, slotId, name, bytes }, context) => {
      const mediaType = mediaTypeOf(name, bytes)
      if (mediaType !== 'image/jpeg' && mediaType !== 'image/png') {
        throw new NocturneError('file-not-accepted', { name, ending: name.split('.').at(-1) ?? '' })
      }
      const photoId = newId()
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return {
        apply: (tx) => {
          const order = orderIn(tx, id)
          about(tx, order)
          refuseOthers(order, context)
          const paper = JSON.parse(order.paper) as { photos: readonly { id: string }[] }
          if (slotId !== null && !paper.photos.some((slot) => slot.id === slotId)) {
            throw new NocturneError('not-found', { what: 'photo-slot' })
          }
          const { photos } = viewOf(tx, order)
          if (photos.length >= mostPhotos) {
            throw new NocturneError('invalid-input', { field: 'photo', rule: 'too_many' })
          }
          if (photos.some((photo) => photo.sha256 === sha256 && photo.slotId === slotId)) {
            throw new NocturneError('conflict', { what: 'photo' })
          }
          tx.run(
            `INSERT INTO work_order_photo (id, order_id, media_type, bytes, sha256, content)
              VALUES (?, ?, ?, ?, ?, ?)`,
            photoId,
            id,
            mediaType,
            bytes.length,
            sha256,
            bytes,
          )
          desk.say(tx, id, { kind: 'photographed', photoId, slotId, sha256 }, sayer(context))
          return { photoId }
        },
        after: deps.changed,
      }
    },

    'fieldwork.certificate': createCertificate(deps),
  }
}
