import type { CommandPlan, CallContext } from '../../src-main/engine/handlers.ts'
import type { NetworkFacts, OltFacts } from '../../src-main/engine/network-facts.ts'
import {
  everything,
  refuseBeyondReach,
  type BelongingOf,
  type Reach,
} from '../../src-main/engine/reach.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { createSubscribers, type Subscribers } from '../../src-main/subscribers/subscribers.ts'
import type {
  CallInputOf,
  QueryDefinition,
  CommandDefinition,
} from '../../src-shared/contract/define.ts'
import {
  commands,
  queries,
  type CommandName,
  type Output,
  type QueryName,
} from '../../src-shared/contract/index.ts'
import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import type { ServiceState } from '../../src-shared/contract/provisioning-model.ts'
import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { idOf, newTestStore } from './store-workspace.ts'

type SubscriberQueryName = Extract<QueryName, `subscribers.${string}`>
type SubscriberCommandName = Extract<CommandName, `subscribers.${string}`>

export const north = idOf(0xa1)
export const south = idOf(0xa2)
export const nadia = idOf(0xb1)
export const rudi = idOf(0xb2)

export interface SubscribersBench {
  readonly store: Store
  readonly clock: ManualClock
  readonly subscribers: Subscribers
  readonly reader: StoreReader
  readonly emitted: string[]
  /** Serial numbers that an OLT sees, by OLT. */
  readonly seen: Map<string, string[]>
  wanted: ServiceState | null
  /** Whoever calls from now on. */
  reach: Reach
  permissions: Set<string>
  query<Name extends SubscriberQueryName>(
    name: Name,
    input: CallInputOf<(typeof queries)[Name]>,
  ): Promise<Output<Name>>
  command<Name extends SubscriberCommandName>(
    name: Name,
    input: CallInputOf<(typeof commands)[Name]>,
  ): Promise<Output<Name>>
  /** One more subscriber, with a telephone number of his own. */
  make(
    more?: Partial<CallInputOf<(typeof commands)['subscribers.create']>>,
  ): Promise<Output<'subscribers.create'>>
  /** What the engine does by itself. */
  write(name: string, apply: (tx: Transaction) => void): void
}

const blankRow: Omit<OnuRow, 'row' | 'oltId' | 'oltName' | 'address' | 'serial'> = {
  name: null,
  description: null,
  model: null,
  firmware: null,
  state: 'online',
  cause: 'none',
  causeClass: 'none',
  stateSince: null,
  lastDownAt: null,
  onuRxDbm: -21.4,
  oltRxDbm: null,
  onuTxDbm: null,
  signal: 'good',
  marginDb: null,
  distanceM: null,
  temperatureC: null,
  voltageV: null,
  biasMa: null,
  upKbps: null,
  downKbps: null,
  statusAt: null,
  opticsAt: null,
  countersAt: null,
  duplicateSerial: false,
}

/** Subscribers on a real store, and a network of two OLTs that sees what the test says. */
export const createSubscribersBench = (
  options: { readonly store?: Store } = {},
): SubscribersBench => {
  const store = options.store ?? newTestStore()
  const clock = createManualClock()
  let next = 0x1000
  const newId = (): string => idOf(next++)
  const seen = new Map<string, string[]>([
    [north, []],
    [south, []],
  ])
  const olts = [
    { id: north, name: 'North' },
    { id: south, name: 'South' },
  ] as unknown as OltFacts[]
  const rows = (): { oltId: string; serial: string }[] =>
    [...seen].flatMap(([oltId, serials]) => serials.map((serial) => ({ oltId, serial })))
  const oltOf = (oltId: string): OltFacts | undefined => olts.find(({ id }) => id === oltId)
  const addressOf = (row: number): number =>
    packOnuAddress({ shelf: 1, slot: 1, port: 1, onuId: row + 1 })
  const facts = {
    olts: () => olts,
    olt: oltOf,
    oltOfRow: (row: number) => oltOf(rows()[row]?.oltId ?? ''),
    rowOf: (oltId: string, address: number) =>
      rows().findIndex((one, row) => one.oltId === oltId && addressOf(row) === address),
    onus: {
      address: addressOf,
      serial: (row: number) => rows()[row]?.serial ?? null,
    },
    onuRow: (row: number): OnuRow => ({
      ...blankRow,
      row,
      oltId: rows()[row]?.oltId ?? '',
      oltName: oltOf(rows()[row]?.oltId ?? '')?.name ?? '',
      address: unpackOnuAddress(addressOf(row)),
      serial: rows()[row]?.serial ?? null,
    }),
  } as unknown as NetworkFacts
  const emitted: string[] = []

  const run = <Out>(
    name: string,
    auditInput: object,
    accountId: string | null,
    apply: (tx: Transaction) => Out,
  ): Out =>
    runCommand(
      store,
      {
        commandId: newId(),
        name,
        actor: { accountId, sessionId: null, clientKind: 'test' },
        auditInput,
        at: clock.now(),
      },
      (tx) => ({ result: apply(tx) }),
    ).result

  run('test.people', {}, null, (tx) => {
    for (const [id, name] of [
      [nadia, 'Nadia'],
      [rudi, 'Rudi'],
    ] as const) {
      tx.run(
        `INSERT INTO account (id, version, name, login, password_hash, role, created_at, updated_at)
          VALUES (?, 1, ?, ?, '$argon2id$x', 'support', 1, 1)`,
        id,
        name,
        name.toLowerCase(),
      )
    }
    for (const { id, name } of olts) {
      tx.run(
        `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
          intervals_s, created_at, updated_at) VALUES (?, ?, ?, 161, '2c', x'00', 'B+', '{}', 1, 1)`,
        id,
        name,
        name,
      )
    }
    return {}
  })

  const people = [
    { id: nadia, name: 'Nadia' },
    { id: rudi, name: 'Rudi' },
  ]
  const subscribers = createSubscribers({
    clock,
    newId,
    emit: (name) => void emitted.push(name),
    log: {
      error: (event, details) => {
        throw new Error(event, { cause: details })
      },
    },
    reader: store.reader,
    write: (name, input, apply) => void run(name, input, null, (tx) => (apply(tx), {})),
    facts,
    withSerial: (serial) => rows().flatMap((one, row) => (one.serial === serial ? [row] : [])),
    wantedOf: () => bench.wanted,
    nameOfAccount: (id) => people.find((one) => one.id === id)?.name ?? null,
    activeAccounts: () => people,
  })
  const belongingOf: BelongingOf = (kind, id) =>
    kind === 'olt' || kind === 'onu'
      ? { oltIds: [id.split(' ')[0] ?? id] }
      : kind === 'subscriber'
        ? subscribers.belongs.subscriber(id)
        : { oltIds: [] }

  const context = (): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's',
      accountId: bench.reach.accountId ?? nadia,
      name: 'Nadia',
      role: 'owner',
      permissions: bench.permissions,
    },
    reach: bench.reach,
    traceId: 't',
    signal: new AbortController().signal,
    progress: () => undefined,
  })

  const parsed = (definition: QueryDefinition | CommandDefinition, input: unknown): never => {
    const found = definition.input.safeParse(input)
    if (!found.success) {
      throw new NocturneError('invalid-input', {
        field: found.error.issues[0]?.path.join('.') ?? '',
      })
    }
    refuseBeyondReach(bench.reach, definition as never, found.data, belongingOf)
    return found.data as never
  }

  let phones = 0
  const bench: SubscribersBench = {
    store,
    clock,
    subscribers,
    reader: store.reader,
    emitted,
    seen,
    wanted: null,
    reach: everything,
    permissions: new Set(['subscribers.subscriber.read']),
    query: async (name, input) => {
      const definition = queries[name] as QueryDefinition
      const handler = subscribers.queries[name] as (input: never, context: CallContext) => unknown
      return definition.output.parse(await handler(parsed(definition, input), context())) as never
    },
    command: async (name, input) => {
      const definition = commands[name] as CommandDefinition
      const data = parsed(definition, input)
      const handler = subscribers.commands[name] as (
        input: never,
        context: CallContext,
      ) => CommandPlan<object>
      const plan = await handler(data, context())
      const { bytes: _, ...auditInput } = data as Record<string, unknown>
      const result = run(name, auditInput, context().session?.accountId ?? null, plan.apply)
      await plan.after?.(result)
      return definition.output.parse(result) as never
    },
    make: (more = {}) =>
      bench.command('subscribers.create', {
        kind: 'person',
        name: 'Sri Rahayu',
        language: 'id',
        contacts: [{ role: 'owner', phone: `0812 3000 ${String(1000 + phones++)}` }],
        ...more,
      }),
    write: (name, apply) => void run(name, {}, null, (tx) => (apply(tx), {})),
  }
  return bench
}
