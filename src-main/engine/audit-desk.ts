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
}

export const createAuditDesk = (deps: {
  /** Null: not open, and nothing to tell. */
  readonly store: () => Store | null
  readonly actorOf: (context: CallContext) => Actor
  readonly clock: Pick<Clock, 'now'>
  readonly newId: () => string
  readonly log: Pick<Log, 'error'>
}): AuditDesk => {
  const { clock, newId, log } = deps
  const told = createMinute(clock.now)

  const refused = (
    name: string,
    context: CallContext,
    auditInput: unknown,
    code: ErrorCode,
  ): void => {
    const store = deps.store()
    if (store === null) return
    try {
      const actor = deps.actorOf(context)
      const call = { commandId: newId(), name, actor, auditInput, at: clock.now() }
      recordRefusal(store, { ...call, outcome: 'refused', code })
    } catch (error) {
      log.error('a refusal could not be recorded', { name, error })
    }
  }

  return {
    commandRefused: ({ name, context, auditInput, code }) =>
      refused(name, context, auditInput, code),
    queryRefused({ name, context }) {
      const key = `refused\n${context.clientId}\n${name}`
      if (told.has(key)) return
      told.add(key)
      refused(name, context, {}, 'permission-denied')
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
