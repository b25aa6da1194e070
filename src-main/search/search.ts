import type { Output } from '../../src-shared/contract/index.ts'
import { searchScopes, type SearchScope } from '../../src-shared/contract/search.ts'
import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import type { OutageRow } from '../../src-shared/contract/outages.ts'
import type { WorkOrderRow } from '../../src-shared/contract/fieldwork-model.ts'
import type { TicketRow } from '../../src-shared/contract/tickets-model.ts'
import type { PlantLookup } from '../engine/capability-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import { createDeviceSources } from './device-sources.ts'
import {
  createAlarmSource,
  createDocumentSource,
  createOutageSource,
  createReceiptSource,
  createSubscriberSource,
  createTicketSource,
  createWorkOrderSource,
  type FoundDocument,
  type FoundReceipt,
  type FoundSubscriber,
  type ListSearch,
} from './list-sources.ts'
import { createNodeSource } from './node-source.ts'
import { createOnuSource } from './onu-source.ts'
import { readQuery } from './query-terms.ts'
import { typosBelow, type Asked, type SearchSource, type SourceFound } from './search-source.ts'
import { createSlices } from './slices.ts'
import { createSearchWithin, type Belongings } from './within.ts'

/** Finds records by a few typed characters, in memory, while the network is read on. */
export interface Search {
  readonly queries: QueryHandlers<'search.find'>
  /** After the network has restored what it knew last. */
  readonly start: () => void
  readonly stop: () => void
  /** Of the ONUs: how many are in, and what that takes. */
  readonly stats: () => {
    readonly records: number
    readonly words: number
    readonly bytes: number
    /** Pieces of work that wait. */
    readonly waiting: number
  }
}

export interface SearchDependencies {
  readonly clock: Clock
  readonly network: NetworkFacts
  readonly plant: PlantLookup
  readonly belongings: Belongings
  /** Their own lists' search; asked late, so that wiring may come in any order. */
  readonly alarms?: ListSearch<AlarmRow>
  readonly outages?: ListSearch<OutageRow>
  readonly subscribers?: ListSearch<FoundSubscriber>
  readonly tickets?: ListSearch<TicketRow>
  readonly workOrders?: ListSearch<WorkOrderRow>
  readonly documents?: ListSearch<FoundDocument>
  readonly receipts?: ListSearch<FoundReceipt>
  /** More kinds of records. */
  readonly sources?: readonly SearchSource[]
  readonly onInternalError: (error: unknown) => void
}

/** Which scope comes first where two fit equally well: an ONU before what is said of it. */
const order: readonly SearchScope[] = [
  'olts',
  'pons',
  'outages',
  'onus',
  'subscribers',
  'tickets',
  'work-orders',
  'documents',
  'receipts',
  'alarms',
  'nodes',
]
const lookEveryMs = 1_000
/** Costs are compared by how well words fit, not by the weight of texts of different records. */
const costStep = 1_024

export const createSearch = (deps: SearchDependencies): Search => {
  const { clock, network, plant } = deps
  const slices = createSlices(clock, deps.onInternalError)
  const within = createSearchWithin(network, deps.belongings)
  const onus = createOnuSource({ network, plant, slices, within })
  const devices = createDeviceSources(network, within)
  const nodes = createNodeSource(plant, slices, within)
  const sources: readonly SearchSource[] = [
    onus,
    devices.olts,
    devices.pons,
    nodes,
    ...(deps.alarms === undefined ? [] : [createAlarmSource(deps.alarms)]),
    ...(deps.outages === undefined ? [] : [createOutageSource(deps.outages)]),
    ...(deps.subscribers === undefined ? [] : [createSubscriberSource(deps.subscribers)]),
    ...(deps.tickets === undefined ? [] : [createTicketSource(deps.tickets)]),
    ...(deps.workOrders === undefined ? [] : [createWorkOrderSource(deps.workOrders)]),
    ...(deps.documents === undefined ? [] : [createDocumentSource(deps.documents)]),
    ...(deps.receipts === undefined ? [] : [createReceiptSource(deps.receipts)]),
    ...(deps.sources ?? []),
  ]
  let seenNetwork = -1
  let seenPlant = -1
  let cancel: (() => void) | null = null
  let stopListening: (() => void) | null = null

  const revision = (): number => network.textsRevision() + network.structureRevision()

  const refresh = (oltId: string): void => {
    onus.refresh(oltId)
    devices.refresh(oltId)
  }

  const oltsChanged = (): void => {
    onus.oltsChanged()
    devices.oltsChanged()
  }

  /** What nobody told of: the start, a live view's reading, the outside plant. */
  const look = (): void => {
    cancel = clock.after(lookEveryMs, look)
    const now = revision()
    if (now !== seenNetwork) {
      seenNetwork = now
      oltsChanged()
      for (const { id } of network.olts()) refresh(id)
    }
    const plantNow = plant.revision()
    if (plantNow !== seenPlant) {
      seenPlant = plantNow
      onus.refreshStreets()
      nodes.refresh()
    }
    onus.tidy()
  }

  const listen = (): (() => void) =>
    network.listen({
      // A walk that changed texts or rows has just been taken: they are of this OLT.
      cycle: (olt) => {
        const now = revision()
        if (now === seenNetwork) return
        seenNetwork = now
        refresh(olt.id)
      },
      chassis: (olt) => devices.refresh(olt.id),
      gone: (_olt, rows) => onus.gone(rows),
    })

  /** One source that fails is a bug of its own, and hides nothing of the others. */
  const findIn = async (source: SearchSource, asked: Asked): Promise<ScopeFound> => {
    try {
      return { scope: source.scope, ...(await source.find(asked)) }
    } catch (error) {
      deps.onInternalError(error)
      return { scope: source.scope, hits: [], total: 0 }
    }
  }

  return {
    queries: {
      'search.find': async ({ text, scopes, limit, onlyIds }, context) => {
        const query = readQuery(text)
        const totals = Object.fromEntries(searchScopes.map((scope) => [scope, 0])) as Record<
          SearchScope,
          number
        >
        // SECURITY: what the caller may not read is not even looked for.
        const asked = sources.filter(
          ({ scope, permission, ids }) =>
            scopes.includes(scope) &&
            (ids || !onlyIds) &&
            (context.session?.permissions.has(permission) ?? false),
        )
        if (query.terms.length === 0 || asked.length === 0) return { hits: [], totals }
        const found = await Promise.all(
          asked.map((source) => findIn(source, { text, query, limit, onlyIds, context })),
        )
        for (const { scope, total } of found) totals[scope] = total
        const exact = found.reduce((sum, { total }) => sum + total, 0)
        return { hits: inOrder(found, exact < typosBelow), totals }
      },
    },
    start: () => {
      stopListening = listen()
      slices.start()
      look()
    },
    stop: () => {
      cancel?.()
      stopListening?.()
      slices.stop()
    },
    stats: () => ({ ...onus.stats(), waiting: slices.waiting() }),
  }
}

interface ScopeFound extends SourceFound {
  readonly scope: SearchScope
}

/** Scopes side by side, the one with the best record first. */
const inOrder = (found: readonly ScopeFound[], withTypos: boolean): Output<'search.find'>['hits'] =>
  found
    .map(({ scope, hits }) => ({ scope, hits: hits.filter(({ hit }) => withTypos || !hit.typo) }))
    .map(({ scope, hits }) => ({
      place: order.indexOf(scope),
      step: Math.floor((hits[0]?.cost ?? Infinity) / costStep),
      hits,
    }))
    .toSorted((one, other) =>
      one.step === other.step ? one.place - other.place : one.step - other.step,
    )
    .flatMap(({ hits }) => hits.map(({ hit }) => hit))
