import { onTestFinished } from 'vitest'
import type { AlarmSettings } from '../../src-shared/contract/alarms-model.ts'
import { alarmsCommands, alarmsQueries } from '../../src-shared/contract/alarms.ts'
import type {
  CallInput,
  CommandName,
  Output,
  Payload,
  QueryName,
} from '../../src-shared/contract/index.ts'
import type { AlarmType } from '../../src-shared/domain/alarm-rules.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createAlarmBook, type AlarmBook } from '../../src-main/alarms/alarm-book.ts'
import type { Condition } from '../../src-main/alarms/condition.ts'
import { usualRule } from '../../src-main/alarms/detect/rule-limits.ts'
import type { RuleBook } from '../../src-main/alarms/rule-book.ts'
import type { PlantLookup } from '../../src-main/engine/capability-ports.ts'
import type { CallContext, Emit } from '../../src-main/engine/handlers.ts'
import { everything, type Reach } from '../../src-main/engine/reach.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { createManualNetwork, type ManualNetwork } from './manual-network.ts'
import { idOf, newTestStore } from './store-workspace.ts'

type AlarmQueryName = Extract<QueryName, keyof typeof alarmsQueries>
type AlarmCommandName = Extract<CommandName, keyof typeof alarmsCommands>

export type Notice = Payload<'alarms.notice'>

/** The book on a real store, with a clock, a network and rules that stand still until they are moved. */
export interface AlarmBench {
  readonly clock: ManualClock
  readonly network: ManualNetwork
  readonly store: Store
  book: AlarmBook
  readonly rules: Map<AlarmType, Partial<ReturnType<RuleBook['rule']>>>
  settings: AlarmSettings
  readonly notices: Notice[]
  /** Names of what the console wrote by itself. */
  readonly writes: string[]
  /** While true the disk is full. */
  full: boolean
  /** Of whoever asks and acts. */
  reach: Reach
  readonly emitted: { readonly name: string; readonly make: (reach: Reach) => unknown }[]
  readonly outages: Map<string, string>
  plant: PlantLookup | null
  rulesChanged(): void
  ask<Name extends AlarmQueryName>(name: Name, input: CallInput<Name>): Output<Name>
  act<Name extends AlarmCommandName>(name: Name, input: CallInput<Name>): Promise<Output<Name>>
  holds(condition: Partial<Condition> & Pick<Condition, 'type' | 'resource'>): void
  over(condition: Pick<Condition, 'type' | 'resource'> & { readonly qualifier?: string }): void
  /** Seconds, in steps of one. */
  pass(seconds: number): void
  /** A status walk of the whole OLT has ended. */
  walk(oltId: string): void
  open(): Output<'alarms.list'>['alarms']
  list(list: 'open' | 'shelved' | 'suppressed' | 'history'): Output<'alarms.list'>['alarms']
  /** The console stops and starts again. */
  restart(): void
}

export const me = { accountId: idOf(0xacc), name: 'Sari Wijaya' }
const other = { accountId: idOf(0xacd), name: 'Dewi Lestari' }
export const otherPerson = other

export const usualSettings: AlarmSettings = {
  groupingS: 30,
  escalateAfterMinutes: [10, 20, 30],
  escalateFrom: 'major',
  keepDays: 365,
}

export const createAlarmBench = (options: { readonly onus?: number } = {}): AlarmBench => {
  const clock = createManualClock()
  const network = createManualNetwork(clock)
  const store = newTestStore()
  network.addOlt('West', options.onus ?? 4)
  network.addOlt('East', options.onus ?? 4)
  let ids = 1_000
  let revision = 0
  const newId = (): string => idOf(++ids)

  const write = (
    name: string,
    auditInput: object,
    apply: Parameters<typeof runCommand>[2] extends (tx: infer Tx) => unknown
      ? (tx: Tx) => void
      : never,
  ): void => {
    if (bench.full) throw Object.assign(new Error('disk-full'), { code: 'disk-full' })
    bench.writes.push(name)
    runCommand(
      store,
      {
        commandId: newId(),
        name,
        actor: { accountId: null, sessionId: null, clientKind: 'engine' },
        auditInput,
        at: clock.now(),
      },
      (tx) => {
        apply(tx)
        return { result: {} }
      },
    )
  }

  const emit: Emit = (name, source) => {
    const make = (reach: Reach) => (typeof source === 'function' ? source(reach) : source)
    if (name === 'alarms.notice') bench.notices.push(make(everything) as Notice)
    bench.emitted.push({ name, make })
  }

  const start = (): AlarmBook => {
    const book = createAlarmBook({
      clock,
      newId,
      emit,
      log: { warn: () => {}, error: () => {} },
      reader: store.reader,
      write,
      facts: network.facts,
      rules: {
        rule: (type) => ({ ...usualRule(type), ...bench.rules.get(type) }),
        settings: () => bench.settings,
        isImportant: () => false,
        importantOf: () => new Set(),
        revision: () => revision,
      },
      plant: () => bench.plant,
      outageOf: (resource) => bench.outages.get(JSON.stringify(resource)) ?? null,
      nameOfAccount: (id) => [me, other].find(({ accountId }) => accountId === id)?.name ?? null,
    })
    book.start()
    return book
  }

  const contextOf = (): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's',
      ...me,
      role: 'owner',
      permissions: new Set<string>(),
    },
    reach: bench.reach,
    traceId: 't',
    signal: new AbortController().signal,
    progress: () => undefined,
  })

  const bench: AlarmBench = {
    clock,
    network,
    store,
    book: undefined as unknown as AlarmBook,
    rules: new Map(),
    settings: usualSettings,
    notices: [],
    writes: [],
    full: false,
    reach: everything,
    emitted: [],
    outages: new Map(),
    plant: null,
    rulesChanged: () => void revision++,
    ask: (name, input) => {
      const { input: schema, output } = alarmsQueries[name]
      const handler = bench.book.queries[name as 'alarms.list']
      return output.parse(handler(schema.parse(input) as never, contextOf())) as never
    },
    act: async (name, input) => {
      const { input: schema, output } = alarmsCommands[name]
      const parsed: unknown = schema.parse(input)
      const handler = bench.book.commands[name as 'alarms.note']
      const plan = await handler(parsed as never, contextOf())
      const run = runCommand(
        store,
        {
          commandId: newId(),
          name,
          actor: { accountId: me.accountId, sessionId: 's', clientKind: 'test' },
          auditInput: parsed,
          at: clock.now(),
        },
        (tx) => ({ result: plan.apply(tx) }),
      )
      await plan.after?.(run.result)
      return output.parse(run.result) as never
    },
    holds: (condition) =>
      bench.book.sink.holds(
        { qualifier: '', params: {}, affectedOnus: 1, important: false, ...condition },
        clock.now(),
      ),
    over: ({ type, resource, qualifier = '' }) =>
      bench.book.sink.over({ type, resource, qualifier }, clock.now()),
    pass: (seconds) => clock.advance(seconds * 1_000),
    walk: (oltId) => {
      network.walked(oltId)
      clock.advance(1_000)
    },
    open: () => bench.list('open'),
    list: (list) => bench.ask('alarms.list', { filter: { list } }).alarms,
    restart: () => {
      bench.book.stop()
      bench.book = start()
    },
  }
  bench.book = start()
  onTestFinished(() => bench.book.stop())
  return bench
}

export const oltResource = (oltId: string) => ({ kind: 'olt', oltId }) as const
export const ponResource = (oltId: string, port = 1) =>
  ({ kind: 'pon', oltId, pon: { shelf: 0, slot: 1, port } }) as const
export const onuResource = (oltId: string, onuId = 1, port = 1) =>
  ({ kind: 'onu', oltId, address: { shelf: 0, slot: 1, port, onuId } }) as const
export const boardResource = (oltId: string, slot = 1) =>
  ({ kind: 'board', oltId, shelf: 0, slot }) as const
export const packed = (onuId: number, port = 1): number =>
  packOnuAddress({ shelf: 0, slot: 1, port, onuId })
