import { timingSafeEqual } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { AuditBreak } from '../../src-shared/domain/audit.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { auditGenesisHash, auditHeadSeal } from '../store/audit-chain.ts'
import type { Checkpoint } from '../store/audit-checkpoint.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { chainColumns, hashOfRow, hexOf, type ChainRow } from './chain-rows.ts'
import { checkpointsOf, proveCheckpoints, signersOf, type CheckpointProof } from './checkpoints.ts'
import { openDetails, type DetailReader } from './details.ts'

/**
 * Proves the audit chain from its first row to its sealed head, and holds it against the signed
 * checkpoints in the store and outside it.
 *
 * Noticed: a row edited, deleted, added or moved; rows cut off the end; the head rewritten without
 * the audit key; with the checkpoints of outside, the whole file replaced by an older copy of
 * itself, and a chain written anew with every key. Not noticed: an older copy together with the
 * checkpoints of then, where nobody kept later ones.
 */
export interface AuditVerification {
  readonly ok: boolean
  /** Rows proved. */
  readonly rows: number
  /** The seq of the first row that does not follow; null when the chain is whole. */
  readonly brokenAt: number | null
  readonly reason: AuditBreak | null
}

export interface VerifyOptions {
  /** With WorkspaceKeys.auditDetailKey the details are proved too. */
  readonly auditDetailKey?: Uint8Array
  /** Checkpoints from outside the store; null: a line that is none. */
  readonly checkpoints?: readonly (Checkpoint | null)[]
}

const pageRows = 1_000

type HeadRow = { readonly count: number; readonly hash: Uint8Array; readonly seal: Uint8Array }

const selectPage = `SELECT ${chainColumns} FROM audit WHERE seq > ? AND seq <= ?
  ORDER BY seq LIMIT ${pageRows}`
const selectHead = 'SELECT row_count AS count, hash, seal FROM audit_head WHERE id = 1'
const selectEnds = `SELECT (SELECT min(seq) FROM audit) AS first,
  (SELECT max(seq) FROM audit) AS last`

/**
 * In one go, about 16 µs a row. `auditKey` is WorkspaceKeys.auditKey; `brokenAt` for a broken
 * head is the seq after the last row that is proved.
 */
export const verifyAudit = (
  reader: StoreReader,
  auditKey: Uint8Array,
  options: VerifyOptions = {},
): AuditVerification => {
  const steps = verificationSteps(reader, auditKey, options)
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
  options: VerifyOptions & {
    readonly signal?: AbortSignal
    readonly onProgress?: (rows: number, total: number) => void
  } = {},
): Promise<AuditVerification> => {
  const steps = verificationSteps(reader, auditKey, options)
  try {
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      options.onProgress?.(step.value.rows, step.value.total)
      await setImmediate()
      if (options.signal?.aborted === true) throw new NocturneError('cancelled')
    }
  } finally {
    // Its keys are wiped when it is broken off too.
    steps.return({ ok: false, rows: 0, brokenAt: null, reason: null })
  }
}

type Steps = Generator<{ readonly rows: number; readonly total: number }, AuditVerification>

function* verificationSteps(
  reader: StoreReader,
  auditKey: Uint8Array,
  { auditDetailKey, checkpoints }: VerifyOptions,
): Steps {
  const details = auditDetailKey === undefined ? null : openDetails(reader, auditDetailKey)
  try {
    return yield* chainSteps(reader, auditKey, details, checkpoints ?? [])
  } finally {
    details?.stop()
  }
}

/** Yields after each page of rows. */
function* chainSteps(
  reader: StoreReader,
  auditKey: Uint8Array,
  details: DetailReader | null,
  outside: readonly (Checkpoint | null)[],
): Steps {
  const page = reader.prepare<[number, number], ChainRow>(selectPage)
  const { head, ends, proof } = reader.snapshot(() => ({
    head: reader.prepare<[], HeadRow>(selectHead).get(),
    ends: reader.prepare<[], { first: number | null; last: number | null }>(selectEnds).get(),
    proof: proveCheckpoints(checkpointsOf(reader), outside, signersOf(reader)),
  }))
  const last = ends?.last ?? 0
  let previousHash: Uint8Array = auditGenesisHash
  let rows = 0
  let format = 1
  const broken = (reason: AuditBreak, at = rows + 1): AuditVerification => ({
    ok: false,
    rows,
    brokenAt: at,
    reason,
  })
  // Rows before the first one would be passed over by the pages below.
  if ((ends?.first ?? 1) < 1) return broken('row-added')
  for (;;) {
    const found = page.all(rows, last)
    for (const row of found) {
      if (row.seq !== rows + 1) return broken('row-missing')
      if (!same(row.previousHash, previousHash)) return broken('link-broken')
      const expected = row.format < format ? null : hashOfRow(previousHash, row)
      if (expected === null || !same(row.hash, expected)) return broken('row-changed')
      if (isOther(proof, row)) return broken('checkpoint-differs')
      if (details?.of(row).state === 'lost') return broken('detail-changed')
      previousHash = row.hash
      format = row.format
      rows += 1
    }
    if (found.length < pageRows) break
    yield { rows, total: last }
  }
  if (head === undefined) {
    if (rows > 0 || proof.lastInside > 0) return broken('head-missing')
  } else {
    if (!same(head.seal, auditHeadSeal(auditKey, head.count, head.hash))) {
      return broken('head-forged')
    }
    if (head.count !== rows || !same(head.hash, previousHash)) return broken('tail-cut')
  }
  if (proof.lastInside > rows) return broken('tail-cut')
  if (proof.forged !== null) return broken('checkpoint-forged', Math.max(1, proof.forged))
  if (proof.lastOutside > rows) return broken('older-store')
  return { ok: true, rows, brokenAt: null, reason: null }
}

const isOther = ({ wanted }: CheckpointProof, { seq, hash }: ChainRow): boolean =>
  wanted.get(seq)?.some((signed) => signed !== hexOf(hash)) === true

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b)
