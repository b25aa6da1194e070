import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { classify } from '../../src-main/audit/classify.ts'
import { commands, queries } from '../../src-shared/contract/index.ts'
import type { CommandName, EventName, Input } from '../../src-shared/contract/index.ts'
import type { Output, QueryName } from '../../src-shared/contract/index.ts'
import type { CallInputOf } from '../../src-shared/contract/define.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { PonAddress } from '../../src-shared/domain/onu-address.ts'
import type { OnuConfig } from '../../src-shared/domain/onu-config.ts'
import type { ConfirmRequest } from '../../src-main/engine/confirm.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import type { NetworkFacts, OltFacts } from '../../src-main/engine/network-facts.ts'
import {
  createProvisioning,
  type Provisioning,
  type ProvisioningDependencies,
} from '../../src-main/provisioning/provisioning.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { nobodyElse } from './nobody-else.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { createModelOlt, modelConfig, type ModelOlt } from './model-olt.ts'
import { settle } from './settle.ts'
import { idOf, keyOf, openTestStore, temporaryFolder } from './store-workspace.ts'
import { everything } from '../../src-main/engine/reach.ts'

/** The provisioning capability on model OLTs, with a store of its own; it can die and come back. */

type ProvisioningQuery = Extract<QueryName, keyof Provisioning['queries']>
type ProvisioningCommand = Extract<CommandName, keyof Provisioning['commands']>

export interface Bed {
  readonly clock: ManualClock
  readonly olts: readonly ModelOlt[]
  readonly store: () => Store
  readonly provisioning: () => Provisioning
  readonly confirmed: ConfirmRequest[]
  answer: boolean
  permissions: Set<string>
  /** Serial numbers of lines that billing keeps off. */
  readonly heldForDebt: Set<string>
  /** Serial numbers of lines whose service is over. */
  readonly ended: Set<string>
  /** The account that calls. */
  accountId: string
  alarms: number
  hook: NonNullable<ProvisioningDependencies['hooks']>['at']
  readonly events: { name: EventName; payload: unknown }[]
  readonly audit: { name: string; input: unknown }[]
  unconfigured: ReturnType<ProvisioningDependencies['unconfigured']>
  rx: (oltId: string, address: number) => number
  command<Name extends ProvisioningCommand>(
    name: Name,
    input: CallInputOf<(typeof commands)[Name]>,
  ): Promise<Output<Name>>
  query<Name extends ProvisioningQuery>(
    name: Name,
    input: CallInputOf<(typeof queries)[Name]>,
  ): Promise<Output<Name>>
  /** Runs the clock until the plan does not run, or `ms` are over. */
  run(planId: string, ms?: number): Promise<void>
  /** The process dies where it stands and the app is started again. */
  restart(): void
  /** From now on the process does nothing any more. */
  die(): void
}

export const pon = { shelf: 0, slot: 1, port: 1 } as const
export const at = (onuId: number, on: PonAddress = pon) => ({ ...on, onuId })
export const serialOf = (number: number): string =>
  `TEST${number.toString(16).toUpperCase().padStart(8, '0')}`
export const taskId = idOf(0xffff)

/** An OLT with ONUs 0/1/1:1 …, each a modelConfig. */
export const oltWith = (
  number: number,
  onus: number,
  given: Parameters<typeof createModelOlt>[2] = {},
): ModelOlt => {
  const olt = createModelOlt(idOf(0x100 + number), `OLT ${number}`, given)
  for (let onuId = 1; onuId <= onus; onuId++) {
    olt.onus.set(packOnuAddress(at(onuId)), modelConfig(serialOf(number * 0x1000 + onuId)))
  }
  return olt
}

/**
 * `keepConfiguration`: made of the same parts as the capability, after each restart. `beside`: on the
 * clock and the store of another bench, that ends with it and not before.
 */
export const createBed = (
  olts: readonly ModelOlt[],
  keepConfiguration?: (
    parts: ProvisioningDependencies,
  ) => NonNullable<ProvisioningDependencies['keepConfiguration']>,
  approvals: ProvisioningDependencies['approvals'] = nobodyElse,
  beside?: { readonly clock: ManualClock; readonly store: Store },
): Bed => {
  const clock = beside?.clock ?? createManualClock()
  const path = beside?.store.path ?? join(temporaryFolder(), 'ws', 'store.db')
  let store = beside?.store ?? openTestStore(path, { classify })
  let nextId = 0x10000
  const newId = (): string => idOf(nextId++)
  let alive = { yes: true }
  const find = (oltId: string): ModelOlt => {
    const olt = olts.find(({ id }) => id === oltId)
    if (olt === undefined) throw new NocturneError('not-found', { what: 'olt' })
    return olt
  }
  const facts = modelFacts(olts, (oltId, address) => bed.rx(oltId, address))

  const create = (): Provisioning => {
    const mine = { yes: true }
    alive = mine
    // Before its store is closed: what runs then is dead, not broken.
    onTestFinished(() => void (mine.yes = false))
    const opened = store
    const parts: ProvisioningDependencies = {
      clock: {
        now: clock.now,
        monotonic: clock.monotonic,
        after: (ms, run) => clock.after(ms, () => (mine.yes ? run() : undefined)),
      },
      newId,
      emit: (name, source) => {
        const payload = typeof source === 'function' ? source(everything) : source
        if (payload !== null) bed.events.push({ name, payload })
      },
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (event, details) => {
          if (mine.yes) throw new Error(event, { cause: details })
        },
      },
      reader: opened.reader,
      write: (name, input, apply) => {
        if (!mine.yes) throw new Error('a dead process writes nothing')
        bed.audit.push({ name, input })
        runCommand(
          opened,
          {
            commandId: newId(),
            name,
            actor: { accountId: null, sessionId: null, clientKind: 'engine' },
            auditInput: input,
            at: clock.now(),
          },
          (tx) => {
            apply(tx)
            return { result: {} }
          },
        )
      },
      facts,
      unconfigured: () => bed.unconfigured,
      matching: () => {
        const rows = facts.olts().flatMap((olt) => [...olt.rows])
        return Int32Array.from(rows)
      },
      withSerial: facts.withSerial,
      configs: {
        obstacle: (oltId) => {
          const { obstacle } = find(oltId)
          return obstacle === null ? null : { code: obstacle, params: {} }
        },
        abilities: (oltId) => find(oltId).abilities,
        of: (oltId) => find(oltId).port,
        listen: () => () => undefined,
      },
      confirm: async (_, request) => {
        bed.confirmed.push(request)
        return bed.answer
      },
      alarmsSince: () => bed.alarms,
      approvals,
      vaultKey: keyOf('vault key of the tests'),
      nameOfAccount: () => 'Nadia',
      look: () => undefined,
      told: () => undefined,
      lineHeld: (_tx, { serial }) =>
        bed.heldForDebt.has(serial) ? 'debt' : bed.ended.has(serial) ? 'ended' : null,
      hooks: {
        at: (point, where) =>
          mine.yes ? bed.hook(point, where) : new Promise<void>(() => undefined),
      },
    }
    return createProvisioning(
      keepConfiguration === undefined
        ? parts
        : { ...parts, keepConfiguration: keepConfiguration(parts) },
    )
  }

  const context = (): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's',
      accountId: bed.accountId,
      name: 'Nadia',
      role: 'owner',
      permissions: bed.permissions,
    },
    traceId: 't',
    reach: everything,
    signal: new AbortController().signal,
    progress: () => undefined,
  })

  const bed: Bed = {
    clock,
    olts,
    store: () => store,
    provisioning: () => provisioning,
    confirmed: [],
    answer: true,
    permissions: new Set(['provisioning.batch.apply']),
    heldForDebt: new Set(),
    ended: new Set(),
    accountId: idOf(0x42),
    alarms: 0,
    hook: () => undefined,
    events: [],
    audit: [],
    unconfigured: [],
    rx: () => Number.NaN,
    async command(name, input) {
      const definition = commands[name]
      const parsed = definition.input.parse(input)
      const handler = provisioning.commands[name] as (
        input: unknown,
        context: CallContext,
      ) => Promise<CommandPlan<unknown>> | CommandPlan<unknown>
      const plan = await handler(parsed, context())
      const { result } = runCommand(
        store,
        {
          commandId: newId(),
          name,
          actor: { accountId: null, sessionId: null, clientKind: 'test' },
          auditInput: {},
          at: clock.now(),
        },
        (tx) => ({ result: plan.apply(tx) }),
      )
      await plan.after?.(result)
      return definition.output.parse(result) as Output<typeof name>
    },
    async query(name, input) {
      const definition = queries[name]
      const parsed = definition.input.parse(input) as Input<typeof name>
      const handler = provisioning.queries[name] as (
        input: unknown,
        context: CallContext,
      ) => unknown
      return definition.output.parse(await handler(parsed, context())) as Output<typeof name>
    },
    async run(planId, ms = 300_000) {
      for (let left = ms; left > 0; left -= 250) {
        await settle()
        const { plan } = await bed.query('provisioning.plan', { planId })
        if (plan.state !== 'running' && plan.state !== 'canary-wait') {
          await settle()
          return
        }
        clock.advance(250)
      }
      throw new Error('the plan did not end')
    },
    die() {
      alive.yes = false
      store.stop()
    },
    restart() {
      alive.yes = false
      store.stop()
      for (const olt of olts) olt.dropSessions()
      store = openTestStore(path, { classify })
      bed.hook = () => undefined
      provisioning = create()
      provisioning.start()
    },
  }
  let provisioning = create()
  provisioning.start()
  return bed
}

/** The live state as it follows from the OLTs: every ONU online. */
const modelFacts = (
  olts: readonly ModelOlt[],
  rx: (oltId: string, address: number) => number,
): NetworkFacts & Pick<ProvisioningDependencies, 'withSerial'> => {
  const rowsPerOlt = 1_000_000
  const none = (): number => Number.NaN
  const oltAt = (row: number): ModelOlt => olts[Math.floor(row / rowsPerOlt)]!
  const known = olts.map(() => ({
    comings: -1,
    addresses: [] as readonly number[],
    places: new Map<number, number>(),
    bySerial: new Map<string, number[]>(),
  }))
  /** By place in the list of OLTs; made anew when ONUs came or went. */
  const indexOf = (at: number) => {
    const { onus } = olts[at]!
    const before = known[at]!
    if (before.comings === onus.comings) return before
    const addresses = [...onus.keys()].toSorted((one, other) => one - other)
    const bySerial = new Map<string, number[]>()
    for (const [place, address] of addresses.entries()) {
      const { serial } = onus.get(address)!
      bySerial.set(serial, [...(bySerial.get(serial) ?? []), at * rowsPerOlt + place])
    }
    const places = new Map(addresses.map((address, place) => [address, place]))
    return (known[at] = { comings: onus.comings, addresses, places, bySerial })
  }
  const addressAt = (row: number): number =>
    indexOf(Math.floor(row / rowsPerOlt)).addresses[row % rowsPerOlt]!
  const configAt = (row: number): OnuConfig | undefined => oltAt(row).onus.get(addressAt(row))
  /** What was told last, by place in the list of OLTs: thousands of rows ask for it. */
  const told: { of: unknown; facts: OltFacts }[] = []
  const factsOf = (olt: ModelOlt, index: number): OltFacts => {
    const of = indexOf(index)
    const last = told[index]
    if (last !== undefined && last.of === of) return last.facts
    const facts = makeFacts(olt, index)
    told[index] = { of, facts }
    return facts
  }
  const makeFacts = (olt: ModelOlt, index: number): OltFacts => ({
    id: olt.id,
    index,
    name: olt.name,
    host: '192.0.2.1',
    snmpPort: 161,
    simulated: true,
    familyId: 'model',
    reachability: 'reachable',
    since: 0,
    lastAnswerAt: 0,
    ages: { status: null, optics: null, counters: null, identity: null },
    intervals: { statusS: 60, countersS: 300, opticsS: 3600 },
    opticsPolled: true,
    quiet: null,
    opticClass: 'B+',
    uptimeS: null,
    boards: [],
    boardsAt: null,
    ponPorts: [1, 2].map((port) => ({ ...pon, port, name: `${port}`, state: 'up', txDbm: 4 })),
    ponPortsAt: 0,
    addresses: Int32Array.from(indexOf(index).addresses),
    rows: Int32Array.from(indexOf(index).addresses, (_, place) => index * rowsPerOlt + place),
  })
  return {
    withSerial: (serial) => olts.flatMap((_, at) => indexOf(at).bySerial.get(serial) ?? []),
    olts: () => olts.map(factsOf),
    olt: (oltId) => {
      const index = olts.findIndex(({ id }) => id === oltId)
      return index < 0 ? undefined : factsOf(olts[index]!, index)
    },
    oltOfRow: (row) => factsOf(oltAt(row), Math.floor(row / rowsPerOlt)),
    rowOf: (oltId, address) => {
      const index = olts.findIndex(({ id }) => id === oltId)
      const place = index < 0 ? undefined : indexOf(index).places.get(address)
      return place === undefined ? -1 : index * rowsPerOlt + place
    },
    onus: {
      state: () => 1,
      cause: () => 0,
      address: addressAt,
      oltIndex: (row) => Math.floor(row / rowsPerOlt),
      serial: (row) => configAt(row)?.serial ?? null,
      name: (row) => configAt(row)?.name ?? null,
      description: (row) => configAt(row)?.description ?? null,
      model: () => 'M1',
      stateSince: none,
      lastDownAt: none,
      statusAt: none,
      opticsAt: none,
      countersAt: none,
      onuRxDbm: (row) => rx(oltAt(row).id, addressAt(row)),
      oltRxDbm: none,
      distanceM: none,
      upKbps: none,
      downKbps: none,
      duplicateSerial: () => false,
    },
    onuRow: () => {
      throw new Error('not made here')
    },
    care: () => null,
    textsRevision: () => 0,
    structureRevision: () => 0,
    listen: () => () => undefined,
  } as ReturnType<typeof modelFacts>
}
