import { onTestFinished } from 'vitest'
import { join } from 'node:path'
import {
  commands,
  type CallInput,
  type CommandName,
  type Input,
  type Output,
} from '../../src-shared/contract/index.ts'
import type { OltBackupState, OltBackupVersion } from '../../src-shared/contract/olt-backups.ts'
import type { Problem } from '../../src-shared/contract/common.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Confirm, ConfirmRequest } from '../../src-main/engine/confirm.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import type { OltFacts } from '../../src-main/engine/network-facts.ts'
import type { OltConfigs } from '../../src-main/engine/olt-configs.ts'
import { createOltBackups } from '../../src-main/olt-backups/olt-backups.ts'
import { steadyText } from '../../src-main/olt-cli/steady-text.ts'
import type {
  ConfigAbilities,
  ExportTarget,
  OltConfigPort,
} from '../../src-main/olt/cli/config-port.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { idOf, newTestStore, temporaryFolder } from '../support/store-workspace.ts'
import { everything } from '../../src-main/engine/reach.ts'

export const oltId = idOf(500)
export const taskId = idOf(777)

type BackupCommand = Extract<CommandName, `olt-backups.${string}`>

let lastId = 20_000
const newId = (): string => idOf(lastId++)

const actor = { accountId: null, sessionId: null, clientKind: 'test' } as const

const addOlt = (store: Store): void => {
  runCommand(
    store,
    { commandId: newId(), name: 'test.olt', actor, auditInput: {}, at: 1 },
    (tx) => {
      tx.run(
        `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
           intervals_s, created_at, updated_at)
         VALUES (?, 'KARANG-01', 'olt.example', 161, '2c', x'00', 'B+', '{}', 1, 1)`,
        oltId,
      )
      return { result: {} }
    },
  )
}

export const createBackupsBench = (
  options: {
    readonly store?: Store
    readonly clock?: ManualClock
    /** Instead of an answer that is set. */
    readonly confirm?: Confirm
  } = {},
) => {
  const clock = options.clock ?? createManualClock(Date.UTC(2026, 10, 22, 12))
  const store = options.store ?? newTestStore()
  if (options.store === undefined) addOlt(store)
  const olt = {
    id: oltId,
    name: 'KARANG-01',
    quiet: null as object | null,
    reachability: 'reachable' as OltFacts['reachability'],
  }
  /** What the OLT says; and how often it was asked. */
  const device = {
    text: 'sysname KARANG-01\nuser noc password cipher s3cret-one\nend\n',
    fails: null as NocturneError['code'] | null,
    reads: 0,
    /** The reading waits until it is let go. */
    held: null as Promise<void> | null,
    obstacle: null as Problem | null,
    reading: true,
    exportsBy: ['tftp'] as ExportTarget['by'][],
    exportWord: 'backup configuration',
    /** What it was made to send where, and the audit trail as it was then. */
    exported: [] as (ExportTarget & { readonly audited: readonly string[] })[],
  }
  const plans: string[] = []
  const asked: ConfirmRequest[] = []
  const answers = { confirm: true }
  const events: string[] = []
  const logged: unknown[] = []
  const folder = join(temporaryFolder(), 'exports')

  const auditNames = (): readonly string[] =>
    store.reader
      .prepare<[], { name: string }>(`SELECT name FROM audit ORDER BY seq`)
      .all()
      .map(({ name }) => name)
  const port = {
    readConfiguration: async (signal: AbortSignal, onProgress?: (characters: number) => void) => {
      device.reads++
      await device.held
      if (signal.aborted) throw new NocturneError('cancelled')
      if (device.fails !== null) throw new NocturneError(device.fails)
      onProgress?.(device.text.length)
      return device.text
    },
    renderExport: ({ by, host, file }: ExportTarget) => {
      if (!device.exportsBy.includes(by)) throw new NocturneError('cli-family-cannot')
      return [{ mode: 'enable', line: `${device.exportWord} ${by} ${host} ${file}` }]
    },
    exportConfiguration: (target: ExportTarget) => {
      device.exported.push({ ...target, audited: auditNames() })
      return device.fails === null
        ? Promise.resolve()
        : Promise.reject(new NocturneError(device.fails))
    },
  } as unknown as OltConfigPort
  const configs: OltConfigs = {
    obstacle: () => device.obstacle,
    abilities: () =>
      ({
        familyId: 'fake',
        readsConfiguration: device.reading,
        exportsBy: device.exportsBy,
      }) as unknown as ConfigAbilities,
    of: () => port,
    listen: () => () => undefined,
  }
  const backups = createOltBackups({
    clock,
    newId,
    emit: (name) => events.push(name),
    log: { error: (event, details) => logged.push([event, details]) },
    reader: store.reader,
    write: (name, auditInput, apply) => {
      runCommand(store, { commandId: newId(), name, actor, auditInput, at: clock.now() }, (tx) => {
        apply(tx)
        return { result: {} }
      })
    },
    facts: {
      olts: () => [olt] as unknown as OltFacts[],
      olt: (id) => (id === oltId ? (olt as unknown as OltFacts) : undefined),
    },
    configs,
    textOf: (familyId) =>
      familyId === 'fake'
        ? {
            mask: (text) => text.replaceAll(/(cipher )\S+/gu, '$1••••'),
            steady: steadyText,
          }
        : null,
    confirm: (clientId, request, signal) => {
      asked.push(request)
      return options.confirm?.(clientId, request, signal) ?? Promise.resolve(answers.confirm)
    },
    exportsFolder: folder,
    plansBetween: () => plans,
    zone: () => 0,
  })
  backups.start()
  onTestFinished(() => backups.stop())

  const contextOf = (more: Partial<CallContext> = {}): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's',
      accountId: idOf(600),
      name: 'Sari',
      role: 'owner',
      permissions: new Set(),
    },
    traceId: 't',
    reach: everything,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...more,
  })

  /** As the router does it: parsed input, secrets left out of the audit row. */
  const run = async <Name extends BackupCommand>(
    name: Name,
    input: CallInput<Name>,
    more: Partial<CallContext> = {},
    commandId = newId(),
  ): Promise<Output<Name>> => {
    const parsed = commands[name].input.parse(input) as Input<Name>
    const handler = backups.commands[name] as (input: Input<Name>, context: CallContext) => unknown
    const plan = (await handler(parsed, contextOf(more))) as {
      apply: (tx: never) => Output<Name>
      after?: (out: Output<Name>) => void | Promise<void>
    }
    const secrets: readonly string[] = commands[name].secrets
    const auditInput = Object.fromEntries(
      Object.entries(parsed as object).filter(([key]) => !secrets.includes(key)),
    )
    const done = runCommand(
      store,
      { commandId, name, actor, auditInput, at: clock.now() },
      (tx) => ({ result: plan.apply(tx as never) }),
    )
    if (!done.replayed) await plan.after?.(done.result)
    return done.result
  }

  const listed = () =>
    backups.queries['olt-backups.versions']({ oltId }, contextOf()) as {
      state: OltBackupState
      versions: OltBackupVersion[]
    }

  return {
    backups,
    clock,
    store,
    olt,
    device,
    plans,
    asked,
    answers,
    events,
    logged,
    folder,
    contextOf,
    newId,
    run,
    make: () => run('olt-backups.make', { oltId, taskId }),
    state: () => listed().state,
    versions: () => listed().versions,
    text: (versionId: string) =>
      (backups.queries['olt-backups.text']({ versionId }, contextOf()) as { text: string }).text,
  }
}

export type BackupsBench = ReturnType<typeof createBackupsBench>
