import { subscribersAccess } from '../../src-shared/contract/subscribers-access.ts'
import { subscribersQueries } from '../../src-shared/contract/subscribers.ts'
import type { SubscriberRow } from '../../src-shared/contract/subscribers-model.ts'
import { unpackOnuAddress, type OnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { CallContext } from '../engine/handlers.ts'
import { reachesOlt, type Reach } from '../engine/reach.ts'
import type { SubscriberList } from './list.ts'
import type { SubscribersDependencies } from './ports.ts'
import type { ServiceOnus } from './service-onus.ts'
import type { OneSubscriber } from './tables.ts'

/** For the search of the whole console: the list, by its own filter, the shortest way to each. */
export const createFind = (deps: {
  readonly list: Pick<SubscriberList, 'list'>
  readonly reads: Pick<OneSubscriber, 'services'>
  readonly onus: Pick<ServiceOnus, 'rowsOn'>
  readonly facts: SubscribersDependencies['facts']
}) => {
  const onuOf = (
    { id, serial }: SubscriberRow,
    reach: Reach,
  ): { oltId: string; address: OnuAddress } | null => {
    if (serial === null) return null
    for (const service of deps.reads.services(id)) {
      const { oltId, state } = service
      if (state !== 'live' || service.serial !== serial || oltId === null) continue
      const [row] = deps.onus.rowsOn(oltId, serial)
      // SECURITY: no way to an ONU that is not reached.
      if (row === undefined || !reachesOlt(reach, oltId)) continue
      return { oltId, address: unpackOnuAddress(deps.facts.onus.address(row)) }
    }
    return null
  }

  return (text: string, limit: number, { reach, session }: CallContext) => {
    const readable = session?.permissions.has(subscribersAccess.read) ?? false
    const input = subscribersQueries['subscribers.list'].input
    const asked = input.parse({ filter: { search: text }, limit })
    const { subscribers, total } = deps.list.list(asked, reach)
    return {
      total,
      rows: subscribers.map((row) => ({
        id: row.id,
        code: row.code,
        name: row.name,
        status: row.status,
        phone: row.phone,
        address: row.address,
        serial: row.serial,
        onu: onuOf(row, reach),
        readable,
      })),
    }
  }
}
