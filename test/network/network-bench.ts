import { onTestFinished } from 'vitest'
import type { CommandName, Input, Output, Payload } from '../../src-shared/contract/index.ts'
import { commands } from '../../src-shared/contract/index.ts'
import type { CallContext, CommandPlan, Emit } from '../../src-main/engine/handlers.ts'
import { createNetwork, type NetworkDependencies } from '../../src-main/network/network.ts'
import type { OltTarget } from '../../src-main/olt/poller/olt-port.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { createFakeOlt, type FakeOlt } from '../poller/fake-olt.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { runFor } from '../support/settle.ts'
import { idOf, keyOf, newTestStore, testCall } from '../support/store-workspace.ts'
import { everything } from '../../src-main/engine/reach.ts'

let ids = 1_000
let calls = 5_000

/** The network capability on a real store, with OLTs that are told what to answer. */
export const createNetworkBench = (
  overrides: Partial<NetworkDependencies> & { readonly store?: Store } = {},
) => {
  const { store = newTestStore(), ...rest } = overrides
  const clock = createManualClock()
  const fakes = new Map<string, FakeOlt>()
  const targets: OltTarget[] = []
  const events: { name: string; to: number | null; make: () => unknown }[] = []
  const logged: string[] = []
  const fakeAt = (host: string, port = 161): FakeOlt => {
    const fake = fakes.get(`${host} ${port}`) ?? createFakeOlt()
    fake.clockS = () => clock.monotonic() / 1000
    fakes.set(`${host} ${port}`, fake)
    return fake
  }
  const emit: Emit = (name, source, { to = null } = {}) => {
    events.push({
      name,
      to,
      make: () => (typeof source === 'function' ? source(everything) : source),
    })
  }
  const log = (event: string): void => {
    logged.push(event)
  }
  const network = createNetwork({
    clock,
    random: () => 0.5,
    newId: () => idOf(ids++),
    emit,
    log: { info: log, warn: log, error: log },
    reader: store.reader,
    vaultKey: keyOf('vault key of the tests'),
    families: [],
    openOltPort: (target) => {
      targets.push(target)
      return fakeAt(target.host, target.port).openPort(target)
    },
    ...rest,
  })
  let stopped: Promise<void> | null = null
  const stop = (): Promise<void> => (stopped ??= network.stop())
  onTestFinished(stop)

  const context: CallContext = {
    clientId: 1,
    session: null,
    traceId: 'test',
    reach: everything,
    signal: new AbortController().signal,
    progress: () => undefined,
  }

  const run = async <Name extends CommandName & keyof typeof network.commands>(
    name: Name,
    input: unknown,
  ): Promise<unknown> => {
    const parsed = commands[name].input.parse(input) as Input<Name>
    const handler = network.commands[name] as (
      parsed: Input<Name>,
      context: CallContext,
    ) => CommandPlan<unknown> | Promise<CommandPlan<unknown>>
    const plan = await handler(parsed, context)
    const { result } = runCommand(store, testCall(calls++, { name }), (tx) => ({
      result: plan.apply(tx),
    }))
    await plan.after?.(result)
    return result
  }
  const addOlt = async (name: string, host: string, more: object = {}): Promise<string> => {
    const result = await run('network.addOlt', { name, host, community: 'public', ...more })
    return (result as { oltId: string }).oltId
  }
  const payloads = <Name extends 'network.changed' | 'network.oltProblem' | 'network.liveReading'>(
    name: Name,
  ): Payload<Name>[] =>
    events.filter((event) => event.name === name).map(({ make }) => make() as Payload<Name>)

  return {
    network,
    queries: network.queries,
    clock,
    store,
    context,
    events,
    logged,
    targets,
    fakeAt,
    run,
    addOlt,
    payloads,
    stop,
    olt: (id: string) => {
      const { olts } = network.queries['network.olts']({}, context) as Output<'network.olts'>
      return olts.find((olt) => olt.id === id)
    },
    runFor: (ms: number, stepMs?: number) => runFor(clock, ms, stepMs),
  }
}
