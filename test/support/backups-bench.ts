import { dirname, join } from 'node:path'
import { commands, queries, type Input, type Output } from '../../src-shared/contract/index.ts'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { createBackups, type Backups, type BackupsOptions } from '../../src-main/backups/backups.ts'
import { countContents, type BackupContents } from '../../src-main/backups/contents.ts'
import type { CopyStore, ProveStore } from '../../src-main/backups/store-work.ts'
import { copyDatabase, proveDatabase } from '../../src-main/store/backup.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import type { SecretRequest } from '../../src-main/engine/secret-window.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { makeKeys, type WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { restorePorts } from '../../src-main/engine/restore-ports.ts'
import { createManualClock } from './manual-clock.ts'
import { noRestore } from './restore-ports.ts'
import { idOf, openTestStore, temporaryFolder, testCall } from './store-workspace.ts'

/** Backups of a store of its own, driven as the engine does: handler, then its one transaction. */

export const backupKeys = makeKeys(idOf(7))

export const proveUnder =
  ({ auditKey }: WorkspaceKeys) =>
  (reader: StoreReader) =>
    verifyAudit(reader, auditKey)

/** In this thread: what the thread of the engine does is another test's (engine/store-worker.test.ts). */
export const proveHere: ProveStore = async (path, keys) => {
  const counted: { contents: BackupContents | null } = { contents: null }
  proveDatabase(path, {
    key: keys.storeKey,
    proveChain: proveUnder(keys),
    look: (reader) => {
      counted.contents = countContents(reader)
    },
  })
  if (counted.contents === null) throw new Error('not looked through')
  return counted.contents
}

export const copyHere: CopyStore = async (path, keys, to) => copyDatabase(path, keys.storeKey, to)

export const proveChain = proveUnder(backupKeys)

export const newBackedUpStore = (
  path = join(temporaryFolder(), 'ws', 'store.db'),
  keys = backupKeys,
): Store =>
  openTestStore(path, {
    key: keys.storeKey,
    auditKey: keys.auditKey,
    auditDetailKey: keys.auditDetailKey,
  })

/** 2027-01-15 08:00:00 UTC */
export const benchStart = 1_800_000_000_000

/** No two benches of a store have the same command twice. */
let ids = 50_000

type BackupsCommand = keyof Backups['commands'] & keyof typeof commands

export const createBackupsBench = (
  store: Store = newBackedUpStore(),
  folder: string | null = null,
  options: Partial<BackupsOptions> = {},
) => {
  const place = folder ?? join(dirname(store.path), 'backups')
  const clock = createManualClock(benchStart)
  const bugs: string[] = []
  const shown: SecretRequest[] = []
  const emitted: string[] = []
  const told: string[] = []
  const cancel = new AbortController()
  const call = (name: string) => testCall((ids += 1), { name, auditInput: {} })
  const backups: Backups = createBackups({
    folder: place,
    store,
    keys: backupKeys,
    ...restorePorts,
    proveStore: proveHere,
    copyStore: copyHere,
    ...noRestore(),
    dir: dirname(store.path),
    confirm: () => Promise.resolve(true),
    endSessions: () => undefined,
    mayAct: () => true,
    clock,
    newId: () => idOf((ids += 1)),
    log: { error: (event) => bugs.push(event) },
    emit: (name) => void emitted.push(name),
    write: (name, _, apply) =>
      void runCommand(store, call(name), (tx) => (apply(tx), { result: {} })),
    showSecret: async (_, request) => void shown.push(request),
    ...options,
  })
  const context = {
    clientId: 1,
    session: null,
    signal: cancel.signal,
    progress: (_task: string, step: string, done: number, total: number | null) =>
      told.push(`${step} ${done}/${total}`),
  } as unknown as CallContext

  const run = async <Name extends BackupsCommand>(name: Name, input: Input<Name>) => {
    const handler = backups.commands[name] as unknown as (
      input: unknown,
      context: CallContext,
    ) => CommandPlan<unknown> | Promise<CommandPlan<unknown>>
    const plan = await handler(commands[name].input.parse(input), context)
    const { result } = runCommand(store, call(name), (tx) => ({ result: plan.apply(tx) }))
    await plan.after?.(result)
    return commands[name].output.parse(result) as Output<Name>
  }

  return {
    store,
    backups,
    folder: place,
    clock,
    bugs,
    shown,
    emitted,
    told,
    cancel,
    run,
    at: (seconds: number) => clock.jump(benchStart + seconds * 1000 - clock.now()),
    list: async () =>
      queries['workspace.backups'].output.parse(
        await backups.queries['workspace.backups']({}, context),
      ),
    settings: async () =>
      queries['backups.settings'].output.parse(
        await backups.queries['backups.settings']({}, context),
      ),
    make: (input: Input<'workspace.backUp'> = {}) => run('workspace.backUp', input),
  }
}
