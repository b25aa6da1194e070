import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import type { CallContext } from '../../../src-main/engine/handlers.ts'
import type { OltFamily } from '../../../src-main/olt/family/load-families.ts'
import type { SnmpCredentials } from '../../../src-main/olt/snmp/session.ts'
import type { TrapLook } from '../../../src-main/olt/traps/trap-rules.ts'
import type { Store } from '../../../src-main/store/open-store.ts'
import { runCommand } from '../../../src-main/store/write-path.ts'
import type { TrapOlt } from '../../../src-main/traps/known-senders.ts'
import { createTraps, type TrapsDependencies } from '../../../src-main/traps/traps.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { queries as contract } from '../../../src-shared/contract/index.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { settle } from '../../support/settle.ts'
import { idOf, newTestStore, systemActor } from '../../support/store-workspace.ts'
import { freePort } from '../../olt-snmp/support/v3-snmpd.ts'
import { everything } from '../../../src-main/engine/reach.ts'

type Query = 'traps.status' | 'traps.recent' | 'traps.unknown'

export interface TrapsBench {
  readonly traps: ReturnType<typeof createTraps>
  readonly clock: ManualClock
  readonly store: Store
  readonly port: number
  readonly olts: TrapOlt[]
  readonly looks: { readonly oltId: string; readonly looks: readonly TrapLook[] }[]
  readonly events: unknown[]
  readonly logged: unknown[]
  /** As it leaves the engine: through the contract. */
  readonly ask: <Name extends Query>(name: Name, input?: Input<Name>) => Output<Name>
  readonly configure: (input: Input<'traps.configure'>) => Promise<void>
  /** Real time until the receiver has got so far; the test's clock stands still. */
  readonly until: (reached: (status: Output<'traps.status'>) => boolean) => Promise<void>
  readonly send: (datagram: Buffer, from?: string, port?: number) => Promise<void>
}

let calls = 0

/** The capability on a store of its own, real datagrams on loopback, and a clock of the test. */
export const createTrapsBench = async (
  options: Partial<TrapsDependencies> & { readonly families?: never; readonly store?: Store } = {},
  families: () => readonly OltFamily[] = () => [],
): Promise<TrapsBench> => {
  const clock = (options.clock as ManualClock | undefined) ?? createManualClock()
  const store = options.store ?? newTestStore()
  const port = options.simulatedPort ?? (await freePort())
  const bench = {
    clock,
    store,
    port,
    olts: [] as TrapOlt[],
    looks: [] as TrapsBench['looks'][number][],
    events: [] as unknown[],
    logged: [] as unknown[],
  }
  const note = (event: string, details?: object) => void bench.logged.push([event, details])
  const write: TrapsDependencies['write'] = (name, auditInput, apply) =>
    runCommand(
      store,
      {
        commandId: idOf(7_000_000 + calls++),
        name,
        actor: systemActor,
        auditInput,
        at: clock.now(),
      },
      (tx) => {
        apply(tx)
        return { result: {} }
      },
    )
  const traps = createTraps({
    clock,
    emit: (_name, source) =>
      void bench.events.push(typeof source === 'function' ? source(everything) : source),
    log: { info: note, warn: note, error: note },
    reader: store.reader,
    write,
    olts: () => [...bench.olts],
    look: (oltId, looks) => void bench.looks.push({ oltId, looks }),
    simulatedPort: port,
    platform: 'linux',
    ...options,
    families,
  })
  onTestFinished(() => traps.stop())
  const context: CallContext = {
    clientId: 1,
    session: null,
    traceId: 'test',
    reach: everything,
    signal: new AbortController().signal,
    progress: () => undefined,
  }
  const ask: TrapsBench['ask'] = (name, input) => {
    const handler = traps.queries[name] as (input: unknown, context: CallContext) => unknown
    return contract[name].output.parse(handler(input ?? {}, context)) as never
  }
  return {
    ...bench,
    traps,
    ask,
    configure: async (input) => {
      const plan = await traps.commands['traps.configure'](input, context)
      write('traps.configure', input, (tx) => plan.apply(tx))
      await plan.after?.({})
    },
    until: async (reached) => {
      for (let turn = 0; turn < 5000; turn++) {
        if (reached(ask('traps.status'))) return
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      throw new Error(`not reached: ${JSON.stringify(ask('traps.status'))}`)
    },
    send: async (datagram, from = '127.0.0.1', sourcePort = 0) => {
      const socket = createSocket('udp4')
      socket.bind(sourcePort, from)
      await once(socket, 'listening')
      await new Promise((sent) => socket.send(datagram, port, '127.0.0.1', sent))
      socket.close()
      await once(socket, 'close')
      await settle()
    },
  }
}

export const oltOf = (number: number, host: string, more: Partial<TrapOlt> = {}): TrapOlt => ({
  oltId: idOf(number),
  name: `OLT ${number}`,
  host,
  port: 161,
  version: 1,
  familyId: null,
  access: () => communityAccess('public'),
  ...more,
})

export const communityAccess = (community: string): SnmpCredentials => ({
  version: '2c',
  community: Buffer.from(community),
})
