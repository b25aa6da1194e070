import type { Alarm } from './alarm.ts'
import { placeOf } from './place.ts'

/**
 * ONUs with an alarm in the book that is assigned to somebody: whose account reaches nothing but what
 * is his own may look at those. They are few, and asked for with every ONU that a call names.
 */
export interface AssignedOnus {
  /** Account ids. `address`: packed. */
  readonly ofOnu: (oltId: string, address: number) => readonly string[]
  readonly ofAccount: (
    accountId: string,
  ) => readonly { readonly oltId: string; readonly address: number }[]
}

interface Assigned {
  readonly oltId: string
  readonly address: number
  /** By id of the alarm. */
  readonly accountIds: Map<string, string>
}

const keyOf = (oltId: string, address: number): string => `${oltId} ${address}`

export const createAssignedOnus = (): AssignedOnus & {
  /** The alarm as it stands in the book now. */
  readonly put: (alarm: Alarm) => void
  readonly remove: (alarm: Alarm) => void
} => {
  const byOnu = new Map<string, Assigned>()

  const remove = ({ id, resource }: Alarm): void => {
    if (resource.kind !== 'onu') return
    const key = keyOf(resource.oltId, placeOf(resource))
    const assigned = byOnu.get(key)
    if (assigned?.accountIds.delete(id) === true && assigned.accountIds.size === 0) {
      byOnu.delete(key)
    }
  }

  return {
    ofOnu: (oltId, address) => [...(byOnu.get(keyOf(oltId, address))?.accountIds.values() ?? [])],
    ofAccount: (accountId) =>
      [...byOnu.values()]
        .filter(({ accountIds }) => [...accountIds.values()].includes(accountId))
        .map(({ oltId, address }) => ({ oltId, address })),
    put: (alarm) => {
      const { id, resource } = alarm
      const accountId = alarm.assignee?.accountId ?? null
      if (resource.kind !== 'onu') return
      if (accountId === null) {
        remove(alarm)
        return
      }
      const address = placeOf(resource)
      const key = keyOf(resource.oltId, address)
      const assigned = byOnu.get(key) ?? {
        oltId: resource.oltId,
        address,
        accountIds: new Map<string, string>(),
      }
      byOnu.set(key, assigned)
      assigned.accountIds.set(id, accountId)
    },
    remove,
  }
}
