import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Belongs } from '../engine/reach.ts'
import { createBondCommands, type BondCommand } from './bond-commands.ts'
import { createTicketBelongs } from './belongs.ts'
import { startDemoDesk } from './demo/fill-desk.ts'
import { createTicketDesk } from './desk.ts'
import { createTicketList } from './list.ts'
import type { TicketsDependencies } from './ports.ts'
import { createTicketQueries, type TicketQuery } from './queries.ts'
import { createTicketReport } from './report.ts'
import { createSetupCommands, type SetupCommand } from './setup-commands.ts'
import { needsSeed, putSeed } from './seed-setup.ts'
import { readsOf } from '../store/reads.ts'
import { createTermsBook } from './terms.ts'
import { createTalkCommands, type TalkCommand } from './talk-commands.ts'
import { createTicketCommands, type TicketCommand } from './ticket-commands.ts'
import { createTicketWorker } from './worker.ts'

/** Tickets: what was reported, said and done, and what was promised. */
export interface Tickets {
  readonly queries: QueryHandlers<TicketQuery | 'tickets.report'>
  readonly commands: CommandHandlers<TicketCommand | TalkCommand | BondCommand | SetupCommand>
  readonly belongs: { readonly ticket: (id: string) => Belongs | null }
  /** Something was written into one from elsewhere. */
  changed(): void
  start(): void
  wake(): void
  stop(): void
}

export const createTickets = (deps: TicketsDependencies): Tickets => {
  const { clock, reader } = deps
  const reads = readsOf(reader)
  const book = createTermsBook()
  const desk = createTicketDesk({ ...deps, book })
  const belongs = createTicketBelongs(reader, deps.subscribers)
  const list = createTicketList({
    reader,
    now: clock.now,
    nameOfAccount: deps.nameOfAccount,
    belongsSubscriber: deps.subscribers.belongs,
  })
  let revision = 1
  const told = (): void => {
    revision++
    deps.emit('tickets.changed', () => ({ revision }), { key: 'tickets' })
  }
  const worker = createTicketWorker({ ...deps, reads, desk, book, changed: told })
  const changed = (): void => {
    told()
    worker.look()
  }
  const acting = { ...deps, desk, belongs, changed }
  const opening = createTicketCommands(acting)
  let stopDemo = (): void => undefined
  return {
    queries: {
      ...createTicketQueries({ ...deps, reads, list, book, belongs, revision: () => revision }),
      ...createTicketReport(reader, clock.now),
    },
    commands: {
      ...opening,
      ...createTalkCommands(acting),
      ...createBondCommands(acting),
      ...createSetupCommands({ ...deps, desk, changed }),
    },
    belongs: { ticket: belongs },
    changed,
    start: () => {
      if (needsSeed(reads)) {
        deps.write('tickets.begun', {}, (tx) =>
          putSeed(tx, { newId: deps.newId, now: clock.now(), zone: deps.zone }),
        )
      }
      worker.start()
      const { simulated } = deps
      if (simulated !== undefined) {
        stopDemo = startDemoDesk({ ...deps, ...simulated, reads, book, commands: opening, changed })
      }
    },
    wake: worker.wake,
    stop: () => {
      stopDemo()
      worker.stop()
    },
  }
}
