import type { PlantLookup } from '../engine/capability-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { createPlantTreeCommands, type PlantTreeCommand } from './commands.ts'
import { fillSimulated, type SimulatedOutside } from './fill-simulated.ts'
import { createImportHandlers, type PlantImportQuery } from './imports/import-handlers.ts'
import { createPlantLookup } from './lookup.ts'
import { createMapFile, type MapFileQuery } from './map-file.ts'
import { createMapQuery } from './map/map-query.ts'
import { createPlantCounts } from './plant-counts.ts'
import { loadPlantIndex, type PlantChange } from './plant-index.ts'
import { createPlantReach, type PlantReach } from './plant-reach.ts'
import { createPlantTreeQueries, type PlantTreeQuery } from './queries.ts'
import { createPlantReads } from './tables.ts'

/** The outside plant: what lies between PON ports and ONUs, and where. */
export interface OutsidePlant {
  readonly queries: QueryHandlers<PlantTreeQuery | PlantImportQuery | MapFileQuery | 'plant.map'>
  readonly commands: CommandHandlers<PlantTreeCommand | 'plant.applyImport' | 'plant.setMapFile'>
  /** What the other capabilities may ask. */
  readonly lookup: PlantLookup
  /** On which OLTs a node lies. */
  readonly belongs: { readonly node: PlantReach['belongs'] }
  /** Fills a simulated workspace, in the background; errors go to the log. */
  fill(outsideOf: (oltName: string) => Promise<SimulatedOutside>): void
  /** Nothing is written from then on. */
  stop(): void
}

export interface OutsidePlantDependencies {
  readonly workspaceDir: string
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: { error(event: string, details?: object): void }
  readonly reader: StoreReader
  readonly network: NetworkFacts
  /** Writes what the engine does by itself: one audited transaction. Errors: those of the store. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
}

export const createOutsidePlant = (deps: OutsidePlantDependencies): OutsidePlant => {
  const { clock, emit, log, network, newId } = deps
  const now = clock.now
  const reads = createPlantReads(deps.reader)
  const index = loadPlantIndex(reads)
  const counts = createPlantCounts(index, network)
  const within = createPlantReach(index)
  const stopping = new AbortController()

  const changed = (): void =>
    emit('plant.changed', () => ({ revision: index.revision() }), { key: 'plant' })
  const take = (change: PlantChange): void => {
    index.take(change)
    changed()
  }

  const imports = createImportHandlers({ index, network, now, newId, take })
  const mapFile = createMapFile({
    workspaceDir: deps.workspaceDir,
    reader: deps.reader,
    now,
    changed,
  })

  return {
    queries: {
      ...createPlantTreeQueries({ index, counts, network, reads, within }),
      ...imports.queries,
      ...mapFile.queries,
      'plant.map': createMapQuery({ index, counts, network, within }),
    },
    commands: {
      ...createPlantTreeCommands({ index, network, now, newId, take }),
      ...imports.commands,
      ...mapFile.commands,
    },
    lookup: createPlantLookup(index),
    belongs: { node: within.belongs },
    fill: (outsideOf) => {
      const { signal } = stopping
      const options = { index, network, now, newId, write: deps.write, take, outsideOf, signal }
      fillSimulated(options).catch((error: unknown) => {
        if (!signal.aborted)
          log.error('the simulated outside plant could not be filled in', { error })
      })
    },
    stop: () => {
      stopping.abort()
      counts.stop()
    },
  }
}
