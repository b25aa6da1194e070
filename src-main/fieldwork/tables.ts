import type { WorkOrderKind, WorkOrderState } from '../../src-shared/domain/work-order.ts'
import { foldOrder, type OrderView } from '../../src-shared/domain/work-order-fold.ts'
import type { OrderEvent, OrderFact, OrderPaper } from '../../src-shared/domain/work-order.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Reads } from '../store/reads.ts'
import type { Transaction } from '../store/write-path.ts'

export interface OrderData {
  readonly seq: number
  readonly id: string
  readonly version: number
  readonly number: string
  readonly typeId: string
  readonly kind: WorkOrderKind
  readonly typeEn: string
  readonly typeIdText: string
  readonly paper: string
  readonly subject: string
  readonly details: string
  readonly subscriberId: string | null
  readonly serviceId: string | null
  readonly ticketId: string | null
  readonly followsId: string | null
  readonly oltId: string | null
  readonly serial: string | null
  readonly place: string
  readonly phone: string
  readonly latE7: number | null
  readonly lngE7: number | null
  readonly minutes: number
  readonly createdAt: number
  readonly createdBy: string | null
  readonly state: WorkOrderState
  readonly stateSince: number
  readonly assigneeId: string | null
  readonly windowFrom: number | null
  readonly windowTo: number | null
  readonly doneAt: number | null
  readonly signedAt: number | null
  readonly clashes: number
  readonly updatedAt: number
}

export const orderColumns = `o.seq, o.id, o.version, o.number, o.type_id AS typeId, o.kind,
  o.type_en AS typeEn, o.type_id_text AS typeIdText, o.paper, o.subject, o.details,
  o.subscriber_id AS subscriberId, o.service_id AS serviceId, o.ticket_id AS ticketId,
  o.follows_id AS followsId, o.olt_id AS oltId, o.serial, o.place, o.phone, o.lat_e7 AS latE7,
  o.lng_e7 AS lngE7, o.minutes, o.created_at AS createdAt, o.created_by AS createdBy, o.state,
  o.state_since AS stateSince, o.assignee_id AS assigneeId, o.window_from AS windowFrom,
  o.window_to AS windowTo, o.done_at AS doneAt, o.signed_at AS signedAt, o.clashes,
  o.updated_at AS updatedAt`

/** Errors: `not-found`. */
export const orderIn = (reads: Reads, id: string): OrderData => {
  const found = reads.get<OrderData>(`SELECT ${orderColumns} FROM work_order o WHERE o.id = ?`, id)
  if (found === undefined) throw new NocturneError('not-found', { what: 'work-order' })
  return found
}

/** Errors: `not-found`; `conflict` when somebody else changed it since. */
export const orderAt = (reads: Reads, id: string, baseVersion: number): OrderData => {
  const found = orderIn(reads, id)
  if (found.version !== baseVersion) {
    throw new NocturneError('conflict', { what: 'work-order', version: found.version })
  }
  return found
}

export const paperOf = ({ paper }: Pick<OrderData, 'paper'>): OrderPaper =>
  JSON.parse(paper) as OrderPaper

interface EventRow {
  readonly id: string
  readonly deviceId: string
  readonly seq: number
  readonly at: number
  readonly receivedAt: number
  readonly actorId: string | null
  readonly forAssignee: 0 | 1
  readonly fact: string
}

export interface KeptEvent extends OrderEvent {
  readonly receivedAt: number
}

/** As they came in. */
export const eventsOf = (reads: Reads, orderId: string): readonly KeptEvent[] =>
  reads
    .all<EventRow>(
      `SELECT id, device_id AS deviceId, seq, at, received_at AS receivedAt, actor_id AS actorId,
        for_assignee AS forAssignee, fact FROM work_order_event WHERE order_id = ? ORDER BY position`,
      orderId,
    )
    .map((row) => ({
      ...row,
      forAssignee: row.forAssignee === 1,
      fact: JSON.parse(row.fact) as OrderFact,
    }))

export const viewOf = (reads: Reads, order: OrderData): OrderView =>
  foldOrder(paperOf(order), eventsOf(reads, order.id))

/** An event that was not there yet; false: it was. */
export const putEvent = (
  tx: Transaction,
  orderId: string,
  event: OrderEvent,
  receivedAt: number,
): boolean =>
  tx.run(
    `INSERT INTO work_order_event (id, order_id, device_id, seq, at, received_at, actor_id,
      for_assignee, fact) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (order_id, device_id, seq) DO NOTHING`,
    event.id,
    orderId,
    event.deviceId,
    event.seq,
    event.at,
    receivedAt,
    event.actorId,
    event.forAssignee ? 1 : 0,
    JSON.stringify(event.fact),
  ) === 1

/** What follows from the events, written beside the order; one version more, told to the change feed. */
export const project = (tx: Transaction, id: string, at: number): OrderData => {
  const before = orderIn(tx, id)
  const view = viewOf(tx, before)
  tx.run(
    `UPDATE work_order SET version = version + 1, state = ?, state_since = ?, assignee_id = ?,
      window_from = ?, window_to = ?, done_at = ?, signed_at = ?, clashes = ?, updated_at = ?
      WHERE id = ?`,
    view.state,
    view.since ?? before.createdAt,
    view.assigneeId,
    view.from,
    view.to,
    view.doneAt,
    view.signedAt,
    view.clashes.size,
    at,
    id,
  )
  const after = orderIn(tx, id)
  tx.change({
    entity: 'work-order',
    entityId: id,
    kind: 'updated',
    version: after.version,
    data: { state: after.state },
  })
  return after
}

export const deviceOfOffice = 'office'

/** The next number of what a device says about an order. */
export const nextSeq = (reads: Reads, orderId: string, deviceId: string): number =>
  (reads.get<{ seq: number | null }>(
    `SELECT max(seq) AS seq FROM work_order_event WHERE order_id = ? AND device_id = ?`,
    orderId,
    deviceId,
  )?.seq ?? 0) + 1

/** When this device said something last: its clock put back, what is said now is not before that. */
export const lastSaid = (reads: Reads, orderId: string): number =>
  reads.get<{ at: number | null }>(
    `SELECT max(at) AS at FROM work_order_event WHERE order_id = ?`,
    orderId,
  )?.at ?? 0
