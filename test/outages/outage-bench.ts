import type { CommandName, Input, Payload, QueryName } from '../../src-shared/contract/index.ts'
import { commands, queries } from '../../src-shared/contract/index.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import type { BehindLookup } from '../../src-main/engine/capability-ports.ts'
import type { NetworkFacts } from '../../src-main/engine/network-facts.ts'
import { everything, type Reach } from '../../src-main/engine/reach.ts'
import { createOutages, type Outages } from '../../src-main/outages/outages.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { idOf, newTestStore, testCall } from '../support/store-workspace.ts'
import { noPlant } from './lab-plant.ts'

export const technician = idOf(77)

/** The outages capability on a real store; a second one on the same store is the next start. */
export const createOutageBench = (
  facts: NetworkFacts,
  given: {
    readonly store?: Store
    readonly clock?: ManualClock
    readonly behind?: BehindLookup
  } = {},
) => {
  const store = given.store ?? newTestStore()
  const clock = given.clock ?? createManualClock()
  const notices: Payload<'alarms.notice'>[] = []
  const writes: string[] = []
  const logged: string[] = []
  const emitted: { readonly name: string; readonly make: (reach: Reach) => unknown }[] = []
  const outages: Outages = createOutages({
    clock,
    newId: () => idOf(ids++),
    emit: (name, source) => {
      emitted.push({
        name,
        make: (reach) => (typeof source === 'function' ? source(reach) : source),
      })
      if (name !== 'alarms.notice') return
      notices.push(
        (typeof source === 'function' ? source(everything) : source) as Payload<'alarms.notice'>,
      )
    },
    log: { warn: (event) => void logged.push(event), error: (event) => void logged.push(event) },
    reader: store.reader,
    write: (name, auditInput, apply) => {
      writes.push(name)
      runCommand(store, testCall(calls++, { name, auditInput }), (tx) => {
        apply(tx)
        return { result: {} }
      })
    },
    facts,
    plant: noPlant,
    maintenanceOf: () => null,
    light: () => null,
    ...(given.behind === undefined ? {} : { behind: given.behind }),
    groupingS: () => 60,
    nameOf: (id) => (id === technician ? 'Sari' : null),
    readChassis: () => undefined,
  })
  const contextOf = (reach: Reach): CallContext => ({
    clientId: 1,
    session: {
      sessionId: idOf(78),
      accountId: technician,
      name: 'Sari',
      role: 'owner',
      permissions: new Set(),
    },
    reach,
    traceId: 'test',
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  return {
    outages,
    store,
    clock,
    notices,
    emitted,
    writes,
    logged,
    ask: async <Name extends QueryName & keyof Outages['queries']>(
      name: Name,
      input: unknown,
      reach: Reach = everything,
    ) => {
      const handler = outages.queries[name] as (parsed: Input<Name>, call: CallContext) => unknown
      const output = await handler(
        queries[name].input.parse(input) as Input<Name>,
        contextOf(reach),
      )
      return queries[name].output.parse(output) as ReturnType<
        (typeof queries)[Name]['output']['parse']
      >
    },
    run: async <Name extends CommandName & keyof Outages['commands']>(
      name: Name,
      input: unknown,
    ): Promise<void> => {
      const handler = outages.commands[name] as (
        parsed: Input<Name>,
        call: CallContext,
      ) => CommandPlan<unknown> | Promise<CommandPlan<unknown>>
      const plan = await handler(
        commands[name].input.parse(input) as Input<Name>,
        contextOf(everything),
      )
      const { result } = runCommand(store, testCall(calls++, { name }), (tx) => ({
        result: plan.apply(tx),
      }))
      await plan.after?.(result)
    },
  }
}

let ids = 9_000
let calls = 50_000
