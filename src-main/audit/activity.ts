import { setImmediate } from 'node:timers/promises'
import type { Output } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { AuditOutcome } from '../../src-shared/domain/audit.ts'
import type { StoreReader } from '../store/read-handle.ts'

/** The audit trail as a feed: who did what, and to what, the latest first. */

type Act = Output<'audit.activity'>['acts'][number]

interface Row {
  readonly seq: number
  readonly at: number
  readonly commandId: string
  readonly command: string
  readonly accountId: string | null
  readonly by: string | null
  readonly outcome: AuditOutcome
}

interface Change {
  readonly seq: number
  readonly at: number
  readonly commandId: string
  readonly entity: string
  readonly entityId: string
}

export interface ActivityQuestion {
  readonly limit: number
  readonly before: number | null
  readonly people: boolean
}

/** Of a person, done: says nothing to the others in the room. */
const everyday = ['preferences.set', 'access.lock', 'access.unlock'] as const

/** Rows of the trail looked at in one go, about 10 ms: the console's own rows lie between. */
const sliceRows = 10_000
/** No further back than this for what people did. */
const mostSlices = 50
/** Changes of the feed looked at for the names of one page. */
const mostChanges = 5000

const selectRows = `SELECT audit.seq, audit.at, audit.command_id AS commandId,
    audit.name AS command, audit.account_id AS accountId, account.name AS "by", audit.outcome
  FROM audit LEFT JOIN account ON account.id = audit.account_id
  WHERE audit.seq < ? AND audit.seq >= ? AND (? = 0 OR audit.account_id IS NOT NULL)
    AND NOT (audit.outcome = 'done' AND audit.name IN (${everyday.map((name) => `'${name}'`).join(', ')}))
  ORDER BY audit.seq DESC LIMIT ?`

const selectLast = 'SELECT max(seq) AS last FROM audit'
const selectLastChange = 'SELECT max(seq) AS last FROM change_feed'
const selectChangeAt = 'SELECT at FROM change_feed WHERE seq >= ? ORDER BY seq LIMIT 1'
const selectChanges = `SELECT seq, at, command_id AS commandId, entity, entity_id AS entityId
  FROM change_feed WHERE seq >= ? ORDER BY seq LIMIT ${mostChanges}`
const selectFate = `SELECT kind FROM change_feed WHERE entity = ? AND entity_id = ?
  ORDER BY seq DESC LIMIT 1`
const selectName = `SELECT coalesce(json_extract(data, '$.name'), json_extract(data, '$.title')) AS name
  FROM change_feed WHERE entity = ? AND entity_id = ? AND data IS NOT NULL
    AND coalesce(json_extract(data, '$.name'), json_extract(data, '$.title')) IS NOT NULL
  ORDER BY seq DESC LIMIT 1`

/** Throws 'cancelled' when the signal is aborted. */
export const createActivity = (reader: StoreReader) => {
  const rows = reader.prepare<[number, number, number, number], Row>(selectRows)
  const last = reader.prepare<[], { last: number | null }>(selectLast)
  const lastChange = reader.prepare<[], { last: number | null }>(selectLastChange)
  const changeAt = reader.prepare<[number], { at: number }>(selectChangeAt)
  const changes = reader.prepare<[number], Change>(selectChanges)
  const fate = reader.prepare<[string, string], { kind: string }>(selectFate)
  const name = reader.prepare<[string, string], { name: string | number }>(selectName)

  /** The first change at or after a moment: the feed grows with time and has no index of it. */
  const firstChangeSince = (at: number): number => {
    let low = 1
    let high = (lastChange.get()?.last ?? 0) + 1
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const found = changeAt.get(middle)
      if (found === undefined || found.at >= at) high = middle
      else low = middle + 1
    }
    return low
  }

  const subjectsOf = (acts: readonly Row[]): ReadonlyMap<string, string> => {
    const wanted = new Set(
      acts.filter(({ outcome }) => outcome === 'done').map((act) => act.commandId),
    )
    const oldest = acts.at(-1)
    const found = new Map<string, Change | null>()
    if (oldest === undefined || wanted.size === 0) return new Map()
    for (const change of changes.all(firstChangeSince(oldest.at))) {
      if (!wanted.has(change.commandId)) continue
      // Several records of one command: none of them is what it was about.
      found.set(change.commandId, found.has(change.commandId) ? null : change)
    }
    const named = new Map<string, string>()
    for (const [commandId, change] of found) {
      if (change === null) continue
      if (fate.get(change.entity, change.entityId)?.kind === 'deleted') continue
      const known = name.get(change.entity, change.entityId)?.name
      if (known !== undefined) named.set(commandId, String(known))
    }
    return named
  }

  return async (
    { limit, before, people }: ActivityQuestion,
    signal?: AbortSignal,
  ): Promise<readonly Act[]> => {
    const found: Row[] = []
    let end = before ?? (last.get()?.last ?? 0) + 1
    for (let slice = 0; slice < mostSlices && end > 1 && found.length < limit; slice += 1) {
      if (slice > 0) await setImmediate()
      if (signal?.aborted === true) throw new NocturneError('cancelled')
      const start = Math.max(1, end - sliceRows)
      found.push(...rows.all(end, start, people ? 1 : 0, limit - found.length))
      end = start
    }
    const subjects = subjectsOf(found)
    return found.map((row) => ({
      row: row.seq,
      at: row.at,
      by: row.accountId === null ? null : (row.by ?? '–'),
      command: row.command,
      subject: subjects.get(row.commandId) ?? null,
      outcome: row.outcome,
    }))
  }
}
