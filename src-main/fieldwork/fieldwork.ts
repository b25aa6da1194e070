import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Belongs } from '../engine/reach.ts'
import { readsOf } from '../store/reads.ts'
import type { Transaction } from '../store/write-path.ts'
import { createOrderBelongs } from './belongs.ts'
import { startDemoOrders } from './demo-orders.ts'
import { createOrderDesk } from './desk.ts'
import { createOrderList } from './list.ts'
import { createOrderCommands, type OrderCommand } from './order-commands.ts'
import type { FieldworkDependencies } from './ports.ts'
import { createFieldworkQueries, type FieldworkQuery } from './queries.ts'
import { needsSeed, putSeed } from './seed.ts'
import { createSetupCommands, type SetupCommand } from './setup-commands.ts'

/** Work orders: what somebody does outside, by whom, when, and what the customer signed. */
export interface Fieldwork {
  readonly queries: QueryHandlers<FieldworkQuery>
  readonly commands: CommandHandlers<OrderCommand | SetupCommand>
  readonly belongs: { readonly 'work-order': (id: string) => Belongs | null }
  start(): void
  stop(): void
}

export const createFieldwork = (
  deps: FieldworkDependencies & {
    readonly belongsTicket: (id: string) => Belongs | null
    /** Of a simulated workspace. */
    readonly makeTechnician?: (tx: Transaction, name: string, login: string) => string
  },
): Fieldwork => {
  const { reader, newId, clock } = deps
  const reads = readsOf(reader)
  const desk = createOrderDesk(deps)
  const belongs = createOrderBelongs(reader, deps.subscribers)
  const list = createOrderList({
    reader,
    nameOfAccount: deps.nameOfAccount,
    belongsSubscriber: deps.subscribers.belongs,
    belongsTicket: deps.belongsTicket,
  })
  let revision = 1
  const changed = (): void => {
    revision++
    deps.emit('fieldwork.changed', () => ({ revision }), { key: 'fieldwork' })
  }
  let stopDemo = (): void => undefined
  return {
    queries: createFieldworkQueries({
      ...deps,
      reads,
      list,
      belongs,
      revision: () => revision,
    }),
    commands: {
      ...createOrderCommands({ ...deps, desk, changed }),
      ...createSetupCommands({ ...deps, changed }),
    },
    belongs: { 'work-order': belongs },
    start: () => {
      if (needsSeed(reads)) {
        deps.write('fieldwork.begun', {}, (tx) => putSeed(tx, { newId, now: clock.now() }))
      }
      if (deps.simulated === true) stopDemo = startDemoOrders({ ...deps, reads, desk, changed })
    },
    stop: () => stopDemo(),
  }
}
