import {
  isAssigneesMove,
  type OrderClash,
  type OrderFact,
} from '../../src-shared/domain/work-order.ts'
import { foldText } from '../../src-shared/domain/fold-text.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Transaction } from '../store/write-path.ts'
import type { FieldworkDependencies } from './ports.ts'
import {
  deviceOfOffice,
  lastSaid,
  nextSeq,
  orderIn,
  project,
  putEvent,
  viewOf,
  type OrderData,
} from './tables.ts'

export interface NewOrder {
  readonly typeId: string
  readonly subject: string
  readonly details: string
  readonly subscriberId: string | null
  readonly serviceId: string | null
  readonly ticketId: string | null
  readonly followsId: string | null
  readonly place: string | null
  readonly spot: { readonly latitude: number; readonly longitude: number } | null
  readonly minutes: number | null
  readonly accountId: string | null
}

export interface SaidBy {
  readonly accountId: string | null
  /** He may plan: what is the assignee's to say he says in his place. */
  readonly mayPlan: boolean
}

const refusals: Readonly<Record<OrderClash, (order: OrderData) => NocturneError>> = {
  state: ({ number, state }) => new NocturneError('order-state', { number, state }),
  reassigned: ({ number }) => new NocturneError('order-not-yours', { number }),
  signed: ({ number }) => new NocturneError('order-signed', { number }),
  incomplete: ({ number }) => new NocturneError('order-incomplete', { number }),
}

const e7 = (degrees: number): number => Math.round(degrees * 1e7)

/** What opens an order and what is said about it, in a transaction: for commands and for the demo. */
export const createOrderDesk = (
  deps: Pick<FieldworkDependencies, 'clock' | 'newId' | 'noteTicket' | 'subscribers'>,
) => {
  const { clock, newId } = deps

  /** The address of the service, else the first for service, else any; and whom to call. */
  const whereOf = (tx: Transaction, subscriberId: string, serviceId: string | null) => {
    const address = tx.get<{
      lines: string
      city: string
      latE7: number | null
      lngE7: number | null
    }>(
      `SELECT lines, city, latitude_e7 AS latE7, longitude_e7 AS lngE7 FROM subscriber_address
        WHERE subscriber_id = ? ORDER BY id = (SELECT address_id FROM subscriber_service WHERE id = ?)
        DESC, kind = 'service' DESC, position LIMIT 1`,
      subscriberId,
      serviceId,
    )
    const contact = tx.get<{ phone: string }>(
      `SELECT phone FROM subscriber_contact WHERE subscriber_id = ? AND phone <> ''
        AND channel <> 'none' ORDER BY role = 'technical' DESC, position LIMIT 1`,
      subscriberId,
    )
    return {
      place: [address?.lines.replaceAll('\n', ', ') ?? '', address?.city ?? '']
        .filter((part) => part !== '')
        .join(', '),
      latE7: address?.latE7 ?? null,
      lngE7: address?.lngE7 ?? null,
      phone: contact?.phone ?? '',
    }
  }

  const open = (tx: Transaction, asked: NewOrder): OrderData => {
    const type = tx.get<{
      kind: string
      nameEn: string
      nameId: string
      minutes: number
      paper: string
    }>(
      `SELECT kind, name_en AS nameEn, name_id AS nameId, minutes, paper FROM work_order_type
        WHERE id = ? AND active = 1`,
      asked.typeId,
    )
    if (type === undefined) throw new NocturneError('not-found', { what: 'work-order-type' })
    const { prefix, next } = tx.get<{ prefix: string; next: number }>(
      `SELECT prefix, coalesce((SELECT max(seq) FROM work_order), 0) + 1 AS next
        FROM work_order_settings WHERE id = 1`,
    )!
    const { subscriberId, serviceId } = asked
    const onu =
      serviceId === null
        ? undefined
        : tx.get<{ oltId: string | null; serial: string | null }>(
            `SELECT olt_id AS oltId, serial FROM subscriber_service WHERE id = ?`,
            serviceId,
          )
    const found =
      subscriberId === null
        ? { place: '', latE7: null, lngE7: null, phone: '' }
        : whereOf(tx, subscriberId, serviceId)
    const { spot } = asked
    const place = asked.place ?? found.place
    const id = newId()
    const now = clock.now()
    const number = `${prefix}${String(next).padStart(6, '0')}`
    tx.run(
      `INSERT INTO work_order (id, version, number, type_id, kind, type_en, type_id_text, paper,
        subject, search_key, details, subscriber_id, service_id, ticket_id, follows_id, olt_id,
        serial, place, phone, lat_e7, lng_e7, minutes, created_at, created_by, state_since, updated_at)
        VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      number,
      asked.typeId,
      type.kind,
      type.nameEn,
      type.nameId,
      type.paper,
      asked.subject,
      foldText(`${number} ${asked.subject} ${place}`),
      asked.details,
      subscriberId,
      serviceId,
      asked.ticketId,
      asked.followsId,
      onu?.oltId ?? null,
      onu?.serial ?? null,
      place,
      found.phone,
      spot === null ? found.latE7 : e7(spot.latitude),
      spot === null ? found.lngE7 : e7(spot.longitude),
      asked.minutes ?? type.minutes,
      now,
      asked.accountId,
      now,
      now,
    )
    const order = orderIn(tx, id)
    tx.change({ entity: 'work-order', entityId: id, kind: 'created', version: 1, data: { number } })
    if (asked.ticketId !== null) {
      const { accountId } = asked
      const step = 'opened' as const
      deps.noteTicket(tx, asked.ticketId, { accountId, number, step, name: '', reason: '' })
    }
    if (subscriberId !== null) {
      deps.subscribers.note(tx, {
        subscriberId,
        kind: 'work-order-opened',
        objectKind: 'work-order',
        objectId: id,
        accountId: asked.accountId,
        data: { number },
      })
    }
    return order
  }

  const tellTicket = (
    tx: Transaction,
    { ticketId, number }: OrderData,
    fact: OrderFact,
    accountId: string | null,
  ): void => {
    if (ticketId === null) return
    const tell = (
      step: 'done' | 'signed' | 'cancelled' | 'not-completed',
      name = '',
      reason = '',
    ): void => deps.noteTicket(tx, ticketId, { accountId, number, step, name, reason })
    if (fact.kind === 'done') tell('done')
    if (fact.kind === 'signed') tell('signed', fact.name)
    if (fact.kind === 'unsigned') tell('signed', '', fact.reason)
    if (fact.kind === 'cancelled' || fact.kind === 'not-completed') tell(fact.kind, '', fact.reason)
  }

  /**
   * One event of the office, in the transaction. What does not fit is refused here; an event of a laptop
   * that was away is kept instead. Errors: `order-state`, `order-not-yours`, `order-signed`,
   * `order-incomplete`.
   */
  const say = (tx: Transaction, id: string, fact: OrderFact, by: SaidBy): OrderData => {
    const order = orderIn(tx, id)
    const isOther = order.assigneeId !== null && order.assigneeId !== by.accountId
    const eventId = newId()
    putEvent(
      tx,
      id,
      {
        id: eventId,
        deviceId: deviceOfOffice,
        seq: nextSeq(tx, id, deviceOfOffice),
        at: Math.max(clock.now(), lastSaid(tx, id)),
        actorId: by.accountId,
        forAssignee: isAssigneesMove(fact.kind) && isOther && by.mayPlan,
        fact,
      },
      clock.now(),
    )
    const clash = viewOf(tx, order).clashes.get(eventId)
    if (clash !== undefined) throw refusals[clash](order)
    tellTicket(tx, order, fact, by.accountId)
    return project(tx, id, clock.now())
  }

  return { open, say }
}

export type OrderDesk = ReturnType<typeof createOrderDesk>
