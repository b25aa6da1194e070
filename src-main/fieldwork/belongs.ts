import type { SubscriberPort } from '../engine/capability-ports.ts'
import type { Belongs } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'

/**
 * Where a work order lies and whose it is: on the OLT of its ONU and those of its subscriber; his who is
 * to do it, his who opened it, and the subscriber's agent's.
 */
export const createOrderBelongs = (
  reader: StoreReader,
  subscribers: Pick<SubscriberPort, 'belongs'>,
): ((id: string) => Belongs | null) => {
  const one = reader.prepare<
    [string],
    {
      oltId: string | null
      assigneeId: string | null
      createdBy: string | null
      subscriberId: string | null
    }
  >(`SELECT olt_id AS oltId, assignee_id AS assigneeId, created_by AS createdBy,
      subscriber_id AS subscriberId FROM work_order WHERE id = ?`)
  return (id) => {
    const order = one.get(id)
    if (order === undefined) return null
    const his = order.subscriberId === null ? null : subscribers.belongs(order.subscriberId)
    const kept = (of: string | null): readonly string[] => (of === null ? [] : [of])
    return {
      oltIds: [...new Set([...kept(order.oltId), ...(his?.oltIds ?? [])])],
      accountIds: [...kept(order.assigneeId), ...kept(order.createdBy), ...(his?.accountIds ?? [])],
      peopleToo: true,
    }
  }
}
