import { onTestFinished } from 'vitest'
import type { Output } from '../../src-shared/contract/index.ts'
import { searchScopes, type SearchScope } from '../../src-shared/contract/search.ts'
import type { PlantLookup, PlantNodeFacts } from '../../src-main/engine/capability-ports.ts'
import { everything, type Belongs, type Reach } from '../../src-main/engine/reach.ts'
import { createSearch, type SearchDependencies } from '../../src-main/search/search.ts'
import { createNetworkBench } from '../network/network-bench.ts'
import { columnsOf, type ReadOnu } from '../network/onu-columns.ts'

/** The search on a real network capability whose OLTs tell what they are told to. */
export const createSearchBench = (more: Partial<SearchDependencies> = {}) => {
  const bench = createNetworkBench()
  const streets = new Map<string, string>()
  const nodes = new Map<string, PlantNodeFacts>()
  const nodeBelongs = new Map<string, Belongs>()
  const own: { accountId: string; oltId: string; address: number }[] = []
  let revision = 0
  const plant: PlantLookup = {
    revision: () => revision,
    nodeOf: () => null,
    node: (id) => nodes.get(id) ?? null,
    nodeIds: () => [...nodes.keys()],
    ancestors: () => [],
    onusBelow: () => [],
    areaOf: () => null,
    streetAddressOf: (oltId, address) => streets.get(`${oltId} ${address}`) ?? '',
  }
  const failures: unknown[] = []
  const search = createSearch({
    clock: bench.clock,
    network: bench.network.facts,
    plant,
    belongings: {
      onusOf: (accountId) => own.filter((one) => one.accountId === accountId),
      node: (id) => nodeBelongs.get(id) ?? null,
    },
    onInternalError: (error) => failures.push(error),
    ...more,
  })
  onTestFinished(search.stop)

  const every = ['network.onu.read', 'network.olt.read', 'plant.node.read', 'alarms.alarm.read']
  const find = async (
    text: string,
    options: {
      readonly permissions?: readonly string[]
      readonly scopes?: readonly SearchScope[]
      readonly onlyIds?: boolean
      readonly limit?: number
      readonly reach?: Reach
    } = {},
  ): Promise<Output<'search.find'>> =>
    search.queries['search.find'](
      {
        text,
        scopes: [...(options.scopes ?? searchScopes)],
        limit: options.limit ?? 12,
        onlyIds: options.onlyIds ?? false,
      },
      {
        ...bench.context,
        reach: options.reach ?? everything,
        session: {
          sessionId: 's',
          accountId: 'a',
          name: 'Sari',
          role: 'owner',
          permissions: new Set(options.permissions ?? every),
        },
      },
    )

  return {
    ...bench,
    search,
    failures,
    nodeBelongs,
    own,
    find,
    /** What was found, said shortly. */
    names: async (...asked: Parameters<typeof find>): Promise<string[]> =>
      (await find(...asked)).hits.map((hit) => {
        switch (hit.kind) {
          case 'onu':
            return `onu ${hit.onu.serial}`
          case 'olt':
            return `olt ${hit.name}`
          case 'pon':
            return `pon ${hit.pon.shelf}/${hit.pon.slot}/${hit.pon.port}`
          case 'node':
            return `node ${hit.name}`
          case 'alarm':
          case 'subscriber':
          case 'outage':
            return hit.kind
          case 'work-order':
            return `work-order ${hit.order.number}`
          case 'ticket':
            return `ticket ${hit.ticket.number}`
          case 'document':
          case 'receipt':
            return `${hit.kind} ${hit.number}`
        }
      }),
    onus: (host: string, onus: readonly (ReadOnu & { serial: string; name?: string })[]): void => {
      bench.fakeAt(host).columns = {
        identity: columnsOf(
          'identity',
          onus.map(({ serial, name, ...onu }) => ({
            ...onu,
            texts: { serial, name: name ?? null, ...onu.texts },
          })),
        ),
        status: columnsOf(
          'status',
          onus.map(({ onuId, port }) => ({
            onuId,
            ...(port === undefined ? {} : { port }),
            state: 'online' as const,
          })),
        ),
      }
    },
    setStreet: (oltId: string, address: number, street: string): void => {
      streets.set(`${oltId} ${address}`, street)
      revision++
    },
    setNodes: (next: readonly PlantNodeFacts[]): void => {
      nodes.clear()
      for (const node of next) nodes.set(node.id, node)
      revision++
    },
    begin: async (): Promise<void> => {
      bench.network.start()
      search.start()
      await bench.runFor(20_000, 500)
    },
  }
}
