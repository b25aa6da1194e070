import { onTestFinished } from 'vitest'
import {
  commands,
  type CallInput,
  type CommandName,
  type Input,
  type Output,
  type Payload,
} from '../../../src-shared/contract/index.ts'
import type { Clock } from '../../../src-main/engine/clock.ts'
import type { Confirm, ConfirmRequest } from '../../../src-main/engine/confirm.ts'
import type { CallContext, Emit } from '../../../src-main/engine/handlers.ts'
import type { NetworkListener, OltFacts } from '../../../src-main/engine/network-facts.ts'
import { createOltCli, type OltCli } from '../../../src-main/olt-cli/olt-cli.ts'
import type { CliEngine, CliFamily } from '../../../src-main/olt-cli/ports.ts'
import { runCommand } from '../../../src-main/store/write-path.ts'
import type { Store } from '../../../src-main/store/open-store.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { idOf, keyOf, newTestStore } from '../../support/store-workspace.ts'
import { createFakeCliEngine, fakeFamily } from './fake-cli-engine.ts'
import { everything } from '../../../src-main/engine/reach.ts'

export const oltId = idOf(500)
export const otherOltId = idOf(501)
export const accountId = idOf(600)
export const vaultKey: Buffer = keyOf('vault key of the tests')

type CliCommandName = Extract<CommandName, `olt-cli.${string}`>

export const addOltRow = (store: Store, id: string, name: string): void => {
  runCommand(
    store,
    {
      commandId: idOf(Number.parseInt(id.slice(-4), 16) + 90_000),
      name: 'test.olt',
      actor: { accountId: null, sessionId: null, clientKind: 'test' },
      auditInput: {},
      at: 1,
    },
    (tx) => {
      tx.run(
        `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
           intervals_s, created_at, updated_at)
         VALUES (?, ?, ?, 161, '2c', x'00', 'B+', '{}', 1, 1)`,
        id,
        name,
        `${name.toLowerCase()}.example`,
      )
      return { result: {} }
    },
  )
}

const addAccount = (store: Store): void => {
  runCommand(
    store,
    {
      commandId: idOf(90_000),
      name: 'test.account',
      actor: { accountId: null, sessionId: null, clientKind: 'test' },
      auditInput: {},
      at: 1,
    },
    (tx) => {
      tx.run(
        `INSERT INTO account (id, name, login, role, password_hash, created_at, updated_at)
         VALUES (?, 'Sari', 'sari', 'owner', '$argon2id$x', 1, 1)`,
        accountId,
      )
      return { result: {} }
    },
  )
}

let lastId = 10_000
const newId = (): string => idOf(lastId++)

export const createCliBench = (
  options: {
    readonly store?: Store
    readonly clock?: ManualClock
    /** Time of the engine, where real sessions run in it. */
    readonly engineClock?: Clock
    readonly families?: Record<string, CliFamily>
    /** Instead of the fake one. */
    readonly engine?: CliEngine
    /** Instead of an answer that is set. */
    readonly confirm?: Confirm
  } = {},
) => {
  const clock = options.clock ?? createManualClock()
  const store = options.store ?? newTestStore()
  if (options.store === undefined) {
    addAccount(store)
    addOltRow(store, oltId, 'KARANG-01')
    addOltRow(store, otherOltId, 'KARANG-02')
  }
  const families = options.families ?? { fake: fakeFamily() }
  const fake = createFakeCliEngine(families)
  const olts = new Map<
    string,
    { id: string; name: string; host: string; snmpPort: number; familyId: string | null }
  >([
    [
      oltId,
      { id: oltId, name: 'KARANG-01', host: 'snmp.example', snmpPort: 161, familyId: 'fake' },
    ],
    [
      otherOltId,
      { id: otherOltId, name: 'KARANG-02', host: 'snmp2.example', snmpPort: 161, familyId: 'fake' },
    ],
  ])
  const listeners = new Set<NetworkListener>()
  const events: { name: string; payload: unknown; to: number | null }[] = []
  const logged: unknown[] = []
  const untrusted = new Set<string>()
  const asked: ConfirmRequest[] = []
  const answers = { confirm: true, quiet: false }
  const emit: Emit = (name, source, to) => {
    const payload = typeof source === 'function' ? (source as () => unknown)() : source
    events.push({ name, payload, to: to?.to ?? null })
  }
  const confirm: Confirm = (clientId, request, signal) => {
    asked.push(request)
    return options.confirm?.(clientId, request, signal) ?? Promise.resolve(answers.confirm)
  }
  const cli: OltCli = createOltCli({
    clock: options.engineClock ?? clock,
    newId,
    emit,
    log: { error: (event, details) => logged.push([event, details]) },
    reader: store.reader,
    vaultKey,
    write: (name, auditInput, apply) => {
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
    },
    facts: {
      olts: () => [...olts.values()] as unknown as OltFacts[],
      olt: (one) => olts.get(one) as unknown as OltFacts | undefined,
      listen: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    familyMayWrite: (familyId) => !untrusted.has(familyId),
    isQuiet: () => answers.quiet,
    engine: options.engine ?? fake.engine,
    confirm,
  })
  cli.start()
  onTestFinished(() => cli.stop())

  const contextOf = (more: Partial<CallContext> = {}): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's1',
      accountId,
      name: 'Sari',
      role: 'owner',
      permissions: new Set(['olt-cli.terminal.use', 'olt-cli.terminal.write']),
    },
    traceId: 't',
    reach: everything,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...more,
  })

  /** As the router does it: parsed input, secrets left out of the audit row. */
  const run = async <Name extends CliCommandName>(
    name: Name,
    input: CallInput<Name>,
    more: Partial<CallContext> = {},
    commandId = newId(),
  ): Promise<Output<Name>> => {
    const definition = commands[name]
    const parsed = definition.input.parse(input) as Input<Name>
    const handler = cli.commands[name] as (input: Input<Name>, context: CallContext) => unknown
    const plan = (await handler(parsed, contextOf(more))) as {
      apply: (tx: never) => Output<Name>
      after?: (out: Output<Name>) => void | Promise<void>
    }
    const secrets: readonly string[] = definition.secrets
    const auditInput = Object.fromEntries(
      Object.entries(parsed as object).filter(([key]) => !secrets.includes(key)),
    )
    const done = runCommand(
      store,
      {
        commandId,
        name,
        actor: { accountId, sessionId: 's1', clientKind: 'console' },
        auditInput,
        at: clock.now(),
      },
      (tx) => ({ result: plan.apply(tx as never) }),
    )
    if (!done.replayed) await plan.after?.(done.result)
    return done.result
  }

  const access = () =>
    cli.queries['olt-cli.access']({ oltId }, contextOf()) as Output<'olt-cli.access'>

  return {
    cli,
    clock,
    store,
    olts,
    events,
    logged,
    untrusted,
    asked,
    answers,
    families,
    listeners,
    contextOf,
    run,
    fakeOf: fake.oltOf,
    access: () => access().access,
    outputs: () =>
      events
        .filter(({ name }) => name === 'olt-cli.terminalOutput')
        .map(({ payload }) => payload as Payload<'olt-cli.terminalOutput'>),
    oltsChanged: () => {
      for (const listener of listeners) listener.olts?.()
    },
    auditNames: (): string[] =>
      store.reader
        .prepare<[], { name: string }>(`SELECT name FROM audit ORDER BY seq`)
        .all()
        .map(({ name }) => name),
  }
}

export type CliBench = ReturnType<typeof createCliBench>

export const taskId = idOf(777)

export const setAccess = (
  bench: CliBench,
  more: Partial<CallInput<'olt-cli.setAccess'>> = {},
): Promise<{ version: number }> =>
  bench.run('olt-cli.setAccess', {
    oltId,
    baseVersion: 0,
    userName: 'root',
    password: 'correct horse',
    ...more,
  })
