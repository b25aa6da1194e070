import type { SubscriberPort } from '../engine/capability-ports.ts'
import type { Belongs } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'

/**
 * Where a ticket lies and whose it is: on the OLTs it came from and those of its subscriber; its
 * owner's, his who watches it, and the subscriber's agent's.
 */
export const createTicketBelongs = (
  reader: StoreReader,
  subscribers: Pick<SubscriberPort, 'belongs'>,
): ((id: string) => Belongs | null) => {
  const one = reader.prepare<
    [string],
    { seq: number; ownerId: string | null; subscriberId: string | null }
  >(`SELECT seq, owner_id AS ownerId, subscriber_id AS subscriberId FROM ticket WHERE id = ?`)
  const olts = reader.prepare<[number], { oltId: string }>(
    `SELECT olt_id AS oltId FROM ticket_olt WHERE ticket_seq = ?`,
  )
  const watchers = reader.prepare<[number], { accountId: string }>(
    `SELECT account_id AS accountId FROM ticket_watcher WHERE ticket_seq = ?`,
  )
  return (id) => {
    const ticket = one.get(id)
    if (ticket === undefined) return null
    const his = ticket.subscriberId === null ? null : subscribers.belongs(ticket.subscriberId)
    return {
      oltIds: [
        ...new Set([...olts.all(ticket.seq).map(({ oltId }) => oltId), ...(his?.oltIds ?? [])]),
      ],
      accountIds: [
        ...(ticket.ownerId === null ? [] : [ticket.ownerId]),
        ...watchers.all(ticket.seq).map(({ accountId }) => accountId),
        ...(his?.accountIds ?? []),
      ],
      peopleToo: true,
    }
  }
}
