import { join } from 'node:path'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import type { AuditFilter } from '../../src-shared/contract/audit.ts'
import { classify } from '../../src-main/audit/classify.ts'
import { createAuditExport } from '../../src-main/audit/export.ts'
import { createAuditQueries } from '../../src-main/audit/queries.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { openStore, type Store } from '../../src-main/store/open-store.ts'
import {
  recordRefusal,
  runCommand,
  type Actor,
  type CommandCall,
  type RefusalCall,
  type Transaction,
} from '../../src-main/store/write-path.ts'
import { onTestFinished } from 'vitest'
import { createManualClock } from './manual-clock.ts'
import { placeMigratedStore } from './migrated-store.ts'
import { auditDetailKey, auditKey, storeKey, temporaryFolder } from './store-workspace.ts'

/** A workspace whose commands are sorted as the console's are, and the audit's handlers on it. */
export const openAuditBench = (folder = join(temporaryFolder(), 'ws')) => {
  const clock = createManualClock()
  const newId = createUuidV7Source({
    now: clock.now,
    randomBytes: (size) => Buffer.alloc(size, (counter += 1) % 251),
  })
  const path = join(folder, 'store.db')
  placeMigratedStore(path, storeKey)
  const open = (): Store =>
    openStore({
      path,
      key: storeKey,
      auditKey,
      auditDetailKey,
      classify,
      clock,
    })
  const store = open()
  onTestFinished(store.stop)
  const exportsFolder = join(folder, 'exports')
  const abort = new AbortController()
  const progress: (readonly [number, number | null])[] = []
  const context: CallContext = {
    clientId: 1,
    session: null,
    reach: everything,
    traceId: 't',
    signal: abort.signal,
    progress: (_taskId, _step, done, total) => {
      progress.push([done, total])
      onProgress()
    },
  }
  let onProgress = (): void => undefined
  const keys = { auditKey, auditDetailKey }
  const person = (accountId: string): Actor => ({
    accountId,
    sessionId: 'session-1',
    clientKind: 'console',
    device: 'noc-1',
  })
  const act = (
    name: string,
    auditInput: object = {},
    more: {
      readonly by?: Actor
      readonly at?: number
      readonly apply?: (tx: Transaction) => void
    } = {},
  ): CommandCall => {
    const call: CommandCall = {
      commandId: newId(),
      name,
      actor: more.by ?? person('ana'),
      auditInput,
      at: more.at ?? clock.now(),
    }
    runCommand(store, call, (tx) => {
      more.apply?.(tx)
      return { result: {} }
    })
    return call
  }
  const refuse = (
    name: string,
    code: RefusalCall['code'],
    by: Actor = person('ana'),
    auditInput: object = {},
  ): void =>
    recordRefusal(store, {
      commandId: newId(),
      name,
      actor: by,
      auditInput,
      at: clock.now(),
      outcome: 'refused',
      code,
    })
  const exported = createAuditExport({ store, auditDetailKey, folder: exportsFolder, clock })
  return {
    store,
    clock,
    folder,
    exportsFolder,
    context,
    abort,
    progress,
    act,
    refuse,
    person,
    queries: createAuditQueries(store, keys),
    onProgress: (callback: () => void) => {
      onProgress = callback
    },
    /** The file as it is when the command has been carried out. */
    async export(format: 'signed' | 'csv', filter: Partial<AuditFilter> = {}) {
      const plan = await exported['audit.export'](
        { format, filter: { ...anything, ...filter }, taskId: newId() },
        context,
      )
      const made = plan.apply(undefined as never)
      return { ...made, path: join(made.folder, made.fileName) }
    },
  }
}

let counter = 0

export const anything: AuditFilter = {
  personId: null,
  objectKind: null,
  objectId: null,
  categories: [],
  severities: [],
  outcomes: [],
  command: null,
  from: null,
  to: null,
  people: false,
}
