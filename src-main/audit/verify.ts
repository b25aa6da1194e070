import { timingSafeEqual } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { NocturneError } from '../../src-shared/errors.ts'
import { auditGenesisHash, auditHeadSeal, auditRowHash } from '../store/audit-chain.ts'
import type { AuditRow } from '../store/audit-chain.ts'
import type { StoreReader } from '../store/read-handle.ts'

/**
 * Proves the audit chain from its first row to its sealed head.
 *
 * Noticed: a row edited, deleted, added or moved; rows cut off the end; the head rewritten
 * without the audit key. Not noticed: the whole file replaced by an older copy of itself.
 */
export interface AuditVerification {
  readonly ok: boolean
  /** Rows read. */
  readonly rows: number
  /** The seq of the first row that does not follow; null when the chain is whole. */
  readonly brokenAt: number | null
  readonly reason: AuditBreak | null
}

/**
 * row-changed: its hash is not that of its content; row-missing: a seq is left out; row-added: a
 * row stands before the first; link-broken: it does not carry the hash of the row before it;
 * tail-cut: the head counts another number of rows, or other ones, than there are; head-forged:
 * the head's seal does not fit; head-missing.
 */
export type AuditBreak =
  | 'row-changed'
  | 'row-missing'
  | 'row-added'
  | 'link-broken'
  | 'tail-cut'
  | 'head-forged'
  | 'head-missing'

const pageRows = 1_000

interface ChainRow extends AuditRow {
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
}

type HeadRow = { readonly count: number; readonly hash: Uint8Array; readonly seal: Uint8Array }

const selectPage = `SELECT seq, at, command_id AS commandId, name, account_id AS accountId,
  session_id AS sessionId, client_kind AS clientKind, outcome, code, parameters,
  previous_hash AS previousHash, hash FROM audit WHERE seq > ? AND seq <= ?
  ORDER BY seq LIMIT ${pageRows}`

const selectHead = 'SELECT row_count AS count, hash, seal FROM audit_head WHERE id = 1'
const selectEnds = `SELECT (SELECT min(seq) FROM audit) AS first,
  (SELECT max(seq) FROM audit) AS last`

/**
 * In one go, about 16 µs a row. `auditKey` is WorkspaceKeys.auditKey; `brokenAt` for a broken
 * head is the seq after the last row that is proved.
 */
export const verifyAudit = (reader: StoreReader, auditKey: Uint8Array): AuditVerification => {
  const steps = verificationSteps(reader, auditKey)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/**
 * The same in slices of about 20 ms, so that a long trail holds up nothing else. Commands that
 * run meanwhile are not part of what is proved. Throws 'cancelled' when the signal is aborted.
 */
export const verifyAuditInSlices = async (
  reader: StoreReader,
  auditKey: Uint8Array,
  options: {
    readonly signal?: AbortSignal
    readonly onProgress?: (rows: number, total: number) => void
  } = {},
): Promise<AuditVerification> => {
  const steps = verificationSteps(reader, auditKey)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    options.onProgress?.(step.value.rows, step.value.total)
    await setImmediate()
    if (options.signal?.aborted === true) throw new NocturneError('cancelled')
  }
}

/** Yields after each page of rows. */
function* verificationSteps(
  reader: StoreReader,
  auditKey: Uint8Array,
): Generator<{ readonly rows: number; readonly total: number }, AuditVerification> {
  const page = reader.prepare<[number, number], ChainRow>(selectPage)
  const { head, ends } = reader.snapshot(() => ({
    head: reader.prepare<[], HeadRow>(selectHead).get(),
    ends: reader.prepare<[], { first: number | null; last: number | null }>(selectEnds).get(),
  }))
  const last = ends?.last ?? 0
  let previousHash: Uint8Array = auditGenesisHash
  let rows = 0
  const broken = (reason: AuditBreak): AuditVerification => ({
    ok: false,
    rows,
    brokenAt: rows + 1,
    reason,
  })
  // Rows before the first one would be passed over by the pages below.
  if ((ends?.first ?? 1) < 1) return broken('row-added')
  for (;;) {
    const found = page.all(rows, last)
    for (const row of found) {
      if (row.seq !== rows + 1) return broken('row-missing')
      if (!same(row.previousHash, previousHash)) return broken('link-broken')
      if (!same(row.hash, auditRowHash(previousHash, row))) return broken('row-changed')
      previousHash = row.hash
      rows += 1
    }
    if (found.length < pageRows) break
    yield { rows, total: last }
  }
  if (head === undefined) {
    return rows === 0 ? { ok: true, rows, brokenAt: null, reason: null } : broken('head-missing')
  }
  if (!same(head.seal, auditHeadSeal(auditKey, head.count, head.hash))) return broken('head-forged')
  if (head.count !== rows || !same(head.hash, previousHash)) return broken('tail-cut')
  return { ok: true, rows, brokenAt: null, reason: null }
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b)
