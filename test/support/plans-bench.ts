import { noLines } from './no-lines.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBilling, type Billing } from '../../src-main/billing/billing.ts'
import type {
  LinePort,
  NoteSubscriberEvent,
  SpeedLookup,
  SubscriberParty,
} from '../../src-main/engine/capability-ports.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import type { NetworkFacts } from '../../src-main/engine/network-facts.ts'
import { everything, refuseBeyondReach, type Reach } from '../../src-main/engine/reach.ts'
import { openStore, type Store } from '../../src-main/store/open-store.ts'
import { leadBegins } from '../../src-main/subscribers/lead-begins.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import type { PlanTerms } from '../../src-shared/contract/billing-model.ts'
import type {
  CallInputOf,
  CommandDefinition,
  QueryDefinition,
} from '../../src-shared/contract/define.ts'
import {
  commands,
  queries,
  type CommandName,
  type Output,
  type QueryName,
} from '../../src-shared/contract/index.ts'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { placeMigratedStore } from './migrated-store.ts'
import { auditDetailKey, auditKey, idOf, storeKey } from './store-workspace.ts'
import { createPlansNetwork } from './plans-network.ts'
import { alone, alwaysYes } from './nobody-else.ts'

type BillingQueryName = Extract<QueryName, `billing.${string}`>
type BillingCommandName = Extract<CommandName, `billing.${string}`>

export const north = idOf(0xa1)
export const subscriberId = idOf(0xc1)
export const otherSubscriberId = idOf(0xc2)
export const serviceId = idOf(0xd1)
export const otherServiceId = idOf(0xd2)
/** An account that may be made an agent. */
export const sellerId = idOf(0xb2)
export const fast = idOf(0xe1)

/** Rp 300,000 a month before PPN, in advance. */
export const someTerms = (rest: Partial<PlanTerms> = {}): PlanTerms => ({
  validFromOn: '2026-01-01',
  price: 30_000_000,
  unitPrice: null,
  unit: '',
  taxIncluded: false,
  taxCodes: [],
  interval: 'month',
  mode: 'advance',
  proration: 'actual',
  billWhileSuspended: true,
  billWhilePaused: false,
  speedId: null,
  minTermMonths: 0,
  trialDays: 0,
  graceDays: 0,
  balanceDays: null,
  extras: [],
  discounts: [],
  ...rest,
})

/** Plans and subscriptions on a real store, at 08:00 UTC on 22 November 2026, a Sunday. */
export const createPlansBench = (
  simulated = false,
  linesOf: (parts: { readonly clock: ManualClock; readonly store: Store }) => LinePort = () =>
    noLines,
) => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-test-'))
  // One for a whole file: nothing closes it but `close`.
  const path = join(folder, 'ws', 'store.db')
  placeMigratedStore(path, storeKey)
  const store: Store = openStore({
    path,
    key: storeKey,
    auditKey,
    auditDetailKey,
    clock: { now: () => 1_800_000_000_000 },
  })
  const clock: ManualClock = createManualClock()
  let next = 0x1000
  const newId = (): string => idOf(next++)
  const emitted: string[] = []
  const notes: NoteSubscriberEvent[] = []
  const exportsFolder = join(folder, 'exports')
  const speed: { there: boolean; gap: ReturnType<SpeedLookup['gap']> } = { there: true, gap: null }

  /** Called before each statement that writes; may throw, as a machine that dies does. */
  const hook = { onStatement: (): void => undefined }
  /** What the engine logged; a test that breaks it takes them out. */
  const errors: unknown[] = []

  const run = <Out>(name: string, input: object, apply: (tx: Transaction) => Out): Out =>
    runCommand(
      store,
      {
        commandId: newId(),
        name,
        actor: { accountId: null, sessionId: null, clientKind: 'test' },
        auditInput: input,
        at: clock.now(),
      },
      (tx) => ({
        result: apply({
          ...tx,
          run: (sql, ...parameters) => {
            hook.onStatement()
            return tx.run(sql, ...parameters)
          },
        }),
      }),
    ).result
  const write = (name: string, apply: (tx: Transaction) => void): void =>
    void run(name, {}, (tx) => (apply(tx), {}))

  write('test.people', (tx) => {
    tx.run(
      `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
        intervals_s, created_at, updated_at) VALUES (?, 'North', 'n', 161, '2c', x'00', 'B+', '{}', 1, 1)`,
      north,
    )
    for (const [id, name, service] of [
      [subscriberId, 'Sri Rahayu', serviceId],
      [otherSubscriberId, 'Budi Santoso', otherServiceId],
    ] as const) {
      tx.run(
        `INSERT INTO subscriber (id, version, code, code_key, kind, name, name_key, status,
          status_since, language, created_at, updated_at)
          VALUES (?, 1, ?, ?, 'person', ?, ?, 'active', 1, 'id', 1, 1)`,
        id,
        name,
        name,
        name,
        name,
      )
      tx.run(
        `INSERT INTO subscriber_service (id, subscriber_id, version, name, state, olt_id, serial,
          created_at, updated_at) VALUES (?, ?, 1, 'Home', 'live', ?, ?, 1, 1)`,
        service,
        id,
        north,
        `HWTC0000${service.slice(-4).toUpperCase()}`,
      )
    }
  })

  const party = (id: string): SubscriberParty => ({
    id,
    code: `S-${id.slice(-2)}`,
    kind: 'person',
    name: id === subscriberId ? 'Sri Rahayu' : 'Budi Santoso',
    status: 'active',
    language: 'en',
    timeZone: null,
    currency: null,
    agentId: null,
    neverSuspend: state.spared.has(id),
    restricted: false,
    taxId: '',
    taxName: '',
    taxTreatment: state.treatment,
    email: null,
    phone: null,
    address: null,
  })
  const lines = linesOf({ clock, store })
  const state = {
    reach: everything as Reach,
    permissions: new Set([
      'billing.plan.read',
      'billing.plan.manage',
      'billing.subscription.read',
      'billing.subscription.manage',
    ]),
    mayFail: false,
    /** Who is never suspended. */
    /** Who is asked outside the page; yes, unless a test says otherwise. */
    confirm: alwaysYes,
    spared: new Set<string>(),
    treatment: 'standard' as SubscriberParty['taxTreatment'],
  }
  const { network, olts } = createPlansNetwork(north)

  const make = (): Billing =>
    createBilling({
      ...alone,
      confirm: (...asked) => state.confirm(...asked),
      clock,
      newId,
      emit: (name) => void emitted.push(name),
      log: {
        info: () => undefined,
        warn: (event, details) => {
          throw new Error(event, { cause: details })
        },
        error: (event, details) => {
          if (state.mayFail) errors.push(details)
          else throw new Error(event, { cause: details })
        },
      },
      reader: store.reader,
      write: (name, input, apply) => void run(name, input, (tx) => (apply(tx), {})),
      subscribers: {
        party: (id) => (id === subscriberId || id === otherSubscriberId ? party(id) : null),
        services: () => [],
        note: (_tx, event) => void notes.push(event),
        belongs: () => ({ oltIds: [north] }),
      },
      findSubscribers: () => ({ total: 0, rows: [] }),
      speeds: {
        speed: (id) =>
          id === fast && speed.there
            ? { id, name: '50 / 25', downKbps: 50_000, upKbps: 25_000 }
            : null,
        gap: () => speed.gap,
        onOnu: (_id, _oltId, serial) =>
          network.speeds.get(serial) ?? {
            state: 'differs',
            address: null,
            differences: [{ part: 'lineProfile', actual: '20M', wanted: '50M' }],
          },
      },
      lines,
      facts: {
        olts,
        olt: (id) => olts().find((one) => one.id === id) ?? olts()[0],
      } satisfies Pick<NetworkFacts, 'olt' | 'olts'>,
      onus: {
        state: (row) => onuStates.indexOf(network.onus[row]!.state),
        serial: (row) => network.onus[row]!.serial,
        stateSince: () => 1_790_000_000_000,
        address: (row) => network.onus[row]!.address,
      },
      wantedOf: (oltId, address) => network.wanted.get(`${oltId} ${address}`) ?? null,
      // As the subscribers' own capability does it; this store knows no account.
      leadBegins: (tx, id) => void leadBegins(tx, id, { accountId: null, at: clock.now() }),
      nameOfAccount: () => 'Nadia',
      accounts: () => [{ id: sellerId, name: 'Wati' }],
      exportsFolder,
      simulated,
    })
  const billing = make()
  const context = (): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's',
      accountId: idOf(0xb1),
      name: 'Nadia',
      role: 'finance',
      permissions: state.permissions,
    },
    reach: state.reach,
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
    refuseBeyondReach(state.reach, definition as never, found.data, (kind, id) =>
      kind === 'subscription' ? billing.belongs.subscription(id) : { oltIds: [north] },
    )
    return found.data as never
  }

  const query = async <Name extends BillingQueryName>(
    name: Name,
    input: CallInputOf<(typeof queries)[Name]>,
  ): Promise<Output<Name>> => {
    const definition = queries[name] as QueryDefinition
    const handler = billing.queries[name] as (input: never, context: CallContext) => unknown
    return definition.output.parse(await handler(parsed(definition, input), context())) as never
  }
  const command = async <Name extends BillingCommandName>(
    name: Name,
    input: CallInputOf<(typeof commands)[Name]>,
  ): Promise<Output<Name>> => {
    const definition = commands[name] as CommandDefinition
    const data = parsed(definition, input)
    const handler = billing.commands[name] as (
      input: never,
      context: CallContext,
    ) => CommandPlan<object> | Promise<CommandPlan<object>>
    const plan = await handler(data, context())
    const result = run(name, data as object, plan.apply)
    await plan.after?.(result)
    return definition.output.parse(result) as never
  }

  let plans = 0
  /** A plan with one version. */
  const sell = async (
    terms: Partial<PlanTerms> = {},
    head: Partial<CallInputOf<(typeof commands)['billing.savePlan']>> = {},
  ): Promise<{ readonly planId: string; readonly versionId: string }> => {
    plans += 1
    const { planId } = await command('billing.savePlan', {
      planId: null,
      baseVersion: 0,
      code: `P${plans}`,
      name: `Plan ${plans}`,
      note: '',
      kind: 'main',
      payment: 'postpaid',
      currency: 'IDR',
      sold: true,
      ...head,
    })
    const { versionId } = await command('billing.saveVersion', {
      planId,
      versionId: null,
      baseVersion: 1,
      terms: someTerms(terms),
    })
    return { planId, versionId }
  }
  /** Sri's service has it. */
  const start = async (
    planVersionId: string,
    startOn = '2026-11-01',
    more: Partial<CallInputOf<(typeof commands)['billing.startSubscription']>> = {},
  ): Promise<string> => {
    const { subscriptionId } = await command('billing.startSubscription', {
      subscriberId,
      serviceId,
      startOn,
      bought: { planVersionId },
      ...more,
    })
    return subscriptionId
  }
  const row = async (subscriptionId: string) =>
    (await query('billing.subscription', { subscriptionId })).subscription

  return {
    store,
    clock,
    billing,
    hook,
    errors,
    newId,
    /** Another process on the same store. */
    reopen: make,
    emitted,
    notes,
    exportsFolder,
    speed,
    network,
    state,
    write,
    query,
    command,
    sell,
    start,
    row,
    close: () => {
      store.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type PlansBench = ReturnType<typeof createPlansBench>
