import type { PlantLookup, SubscriberPort } from '../engine/capability-ports.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Belongs } from '../engine/reach.ts'
import type { Transaction } from '../store/write-path.ts'
import { createBehind, type ServedBy } from './behind.ts'
import { createBulkCommands, type BulkCommand } from './bulk-commands.ts'
import { createExport } from './export-table.ts'
import {
  createImportHandlers,
  type ImportCommand,
  type ImportQuery,
} from './imports/import-handlers.ts'
import { fillSimulated } from './fill-simulated.ts'
import { createFind } from './find.ts'
import { leadBegins } from './lead-begins.ts'
import { createSubscriberList } from './list.ts'
import { createOneCommands, type OneCommand } from './one-commands.ts'
import { createPaperCommands, type PaperCommand } from './paper-commands.ts'
import { createParties } from './parties.ts'
import type { SubscribersDependencies } from './ports.ts'
import { createSubscriberQueries, type SubscriberQuery } from './queries.ts'
import {
  createServiceCommands,
  createServiceRules,
  followOnu,
  noteWanted,
  type ServiceCommand,
} from './service-commands.ts'
import { createServiceOnus } from './service-onus.ts'
import { createSettingsRead } from './settings.ts'
import { createOneReads } from './tables.ts'
import { createTimelineReads } from './timeline.ts'

/** Subscribers: who they are, what serves them, and what happened to them. */
export interface Subscribers {
  readonly queries: QueryHandlers<
    SubscriberQuery | ImportQuery | 'subscribers.export' | 'subscribers.previewAgent'
  >
  readonly commands: CommandHandlers<
    OneCommand | ServiceCommand | PaperCommand | BulkCommand | ImportCommand
  >
  /** On which OLTs he lies, and whose he is. */
  readonly belongs: { readonly subscriber: (id: string) => Belongs | null }
  /** What the other capabilities may ask and write. */
  readonly port: SubscriberPort
  /** Gives these to an agent, by the console itself. */
  readonly giveAll: (tx: Transaction, agentId: string, ids: readonly string[]) => void
  /** An ONU was moved or replaced, in the transaction that says so. */
  readonly onuFollowed: (tx: Transaction, from: ServedOnu, to: ServedOnu) => void
  /** What is wanted of his line was said anew, in the transaction that says so. */
  readonly onuWanted: (tx: Transaction, onu: ServedOnu, wish: WantedLine) => void
  /** Something that was sold to him has begun, in the transaction that says so. */
  readonly leadBegins: (tx: Transaction, subscriberId: string, accountId: string | null) => void
  /** Whom ONUs serve, for outages. */
  readonly behind: ServedBy
  /** Fills a simulated workspace, as its ONUs become known; the returned function ends it. */
  readonly fill: (plant: Pick<PlantLookup, 'streetAddressOf'>) => () => void
  /** For the search of the whole console. */
  readonly find: ReturnType<typeof createFind>
}

type WantedLine = Parameters<typeof noteWanted>[2]

interface ServedOnu {
  readonly oltId: string
  readonly serial: string
}

export type { SubscribersDependencies }

export const createSubscribers = (deps: SubscribersDependencies): Subscribers => {
  const { reader } = deps
  const reads = createOneReads(reader)
  const settings = createSettingsRead(reader)
  const onus = createServiceOnus(deps)
  const rules = createServiceRules(onus)
  const list = createSubscriberList({
    reader,
    country: () => settings().country,
    nameOfAccount: deps.nameOfAccount,
  })
  const parties = createParties({ reader, reads, now: deps.clock.now })
  let revision = 1
  const changed = (): void => {
    revision++
    deps.emit('subscribers.changed', () => ({ revision }), { key: 'subscribers' })
  }
  const bulk = createBulkCommands({ ...deps, list, changed })
  const imports = createImportHandlers({ ...deps, onus, rules, settings, changed })

  return {
    queries: {
      ...createSubscriberQueries({
        ...deps,
        reads,
        list,
        onus,
        settings,
        timeline: createTimelineReads(reader, deps.nameOfAccount),
        belongs: parties.belongs,
        revision: () => revision,
      }),
      ...bulk.queries,
      ...imports.queries,
      ...createExport({ ...deps, settings }),
    },
    commands: {
      ...createOneCommands({ ...deps, changed }),
      ...createServiceCommands({
        ...deps,
        rules,
        changed: () => {
          changed()
          deps.serviceCommitted?.()
        },
      }),
      ...createPaperCommands({ ...deps, changed }),
      ...bulk.commands,
      ...imports.commands,
    },
    belongs: { subscriber: parties.belongs },
    port: parties,
    giveAll: bulk.giveAll,
    onuWanted: (tx, onu, wish) => {
      if (noteWanted(tx, onu, wish, deps.clock.now())) changed()
    },
    onuFollowed: (tx, from, to) => {
      const oltName = deps.facts.olt(to.oltId)?.name ?? null
      if (followOnu(tx, from, to, { at: deps.clock.now(), oltName })) changed()
    },
    leadBegins: (tx, id, accountId) => {
      if (leadBegins(tx, id, { accountId, at: deps.clock.now() })) changed()
    },
    behind: createBehind(reader),
    fill: (plant) => fillSimulated({ ...deps, plant, changed }),
    find: createFind({ list, reads, onus, facts: deps.facts }),
  }
}
