import { createHash } from 'node:crypto'
import type { CommandName, QueryName } from '../../src-shared/contract/index.ts'
import type { ErrorCode } from '../../src-shared/errors.ts'
import { sensitiveReads } from '../audit/kinds.ts'
import { canonicalJson } from '../store/canonical-json.ts'
import type { Store } from '../store/open-store.ts'
import { recordRead, recordRefusal, type Actor } from '../store/write-path.ts'
import type { Clock } from './clock.ts'
import type { CallContext } from './handlers.ts'
import type { Log } from './log.ts'

/** What the router tells the audit trail besides the commands that were carried out. */
export interface AuditDesk {
  /**
   * The first is told at once. What the same session is refused again (same command, same code)
   * within the minute is counted, and told in one more row at its end: a page in a loop does not
   * fill the disk.
   */
  commandRefused(refusal: {
    readonly name: CommandName
    readonly context: CallContext
    readonly auditInput: Record<string, unknown>
    readonly code: ErrorCode
  }): void
  /** At most one row per client, query and minute: a scan does not fill the disk. */
  queryRefused(refusal: { readonly name: QueryName; readonly context: CallContext }): void
  /**
   * Of a sensitive one there is a row, once per client, question and minute. SECURITY: throws where
   * it cannot be written, and then nothing is read.
   */
  queryAnswered(answered: {
    readonly name: QueryName
    readonly context: CallContext
    readonly input: unknown
  }): void
  /** Tells what was counted so far: before the store is closed. */
  settle(): void
}

/** Refused again since it was told. */
interface Repeated {
  count: number
  readonly tell: () => void
}

const countedMs = 60_000

export const createAuditDesk = (deps: {
  /** Null: not open, and nothing to tell. */
  readonly store: () => Store | null
  readonly actorOf: (context: CallContext) => Actor
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly newId: () => string
  readonly log: Pick<Log, 'error'>
}): AuditDesk => {
  const { clock, newId, log } = deps
  const told = createMinute(clock.now)

  const repeated = new Map<string, Repeated>()

  const refused = (name: string, actor: Actor, auditInput: unknown, code: ErrorCode): void => {
    const store = deps.store()
    if (store === null) return
    try {
      const call = { commandId: newId(), name, actor, auditInput, at: clock.now() }
      recordRefusal(store, { ...call, outcome: 'refused', code })
    } catch (error) {
      log.error('a refusal could not be recorded', { name, error })
    }
  }

  return {
    commandRefused({ name, context, auditInput, code }) {
      const { clientId, session } = context
      const key = `${clientId}\n${session?.sessionId ?? ''}\n${name}\n${code}`
      const before = repeated.get(key)
      if (before !== undefined) {
        before.count += 1
        return
      }
      const actor = deps.actorOf(context)
      const since = clock.now()
      const tell = (): void => {
        callOff()
        repeated.delete(key)
        if (again.count === 0) return
        refused(name, actor, { refusedAgain: again.count, since }, code)
      }
      const again: Repeated = { count: 0, tell }
      const callOff = clock.after(countedMs, tell)
      repeated.set(key, again)
      refused(name, actor, auditInput, code)
    },
    queryRefused({ name, context }) {
      const key = `refused\n${context.clientId}\n${name}`
      if (told.has(key)) return
      told.add(key)
      refused(name, deps.actorOf(context), {}, 'permission-denied')
    },
    queryAnswered({ name, context, input }) {
      if (!sensitiveReads.has(name)) return
      const store = deps.store()
      const question = createHash('sha256').update(canonicalJson(input)).digest('hex')
      const key = `read\n${context.clientId}\n${name}\n${question}`
      if (store === null || told.has(key)) return
      const actor = deps.actorOf(context)
      recordRead(store, { commandId: newId(), name, actor, auditInput: input, at: clock.now() })
      told.add(key)
    },
    settle() {
      for (const { tell } of repeated.values()) tell()
    },
  }
}

/** What was told in this minute. */
const createMinute = (
  now: () => number,
): { readonly has: (key: string) => boolean; readonly add: (key: string) => void } => {
  const keys = new Set<string>()
  let minute = 0
  const current = (): Set<string> => {
    const is = Math.floor(now() / 60_000)
    if (is !== minute) keys.clear()
    minute = is
    return keys
  }
  return { has: (key) => current().has(key), add: (key) => void current().add(key) }
}
