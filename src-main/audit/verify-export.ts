import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { AuditBreak } from '../../src-shared/domain/audit.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { auditGenesisHash } from '../store/audit-chain.ts'
import { fingerprintOf, isGenuine, isSignedBy } from '../store/audit-checkpoint.ts'
import { detailMark } from '../store/audit-seal.ts'
import { hashOfRow, type ChainRow } from './chain-rows.ts'
import { exportFoot, exportHead, exportedRow, signedText } from './export-lines.ts'
import type { z } from 'zod'

/** What a signed export says of itself, without any key but the one it carries. */
export interface ExportVerification {
  readonly ok: boolean
  readonly rows: number
  /** The first row that is wrong; null: it is whole, or it is the file itself that is wrong. */
  readonly brokenAt: number | null
  readonly reason: AuditBreak | null
  /** Of the key in the file: to be compared with the one the console shows. */
  readonly fingerprint: string | null
  readonly exportedAt: number | null
  /** False: rows are left out by its filter. */
  readonly whole: boolean
}

type Row = z.output<typeof exportedRow>

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')

const chainRowOf = (row: Row): ChainRow => ({
  ...row,
  detailHash: row.detailHash === null ? null : bytes(row.detailHash),
  previousHash: bytes(row.previousHash),
  hash: bytes(row.hash),
})

const isDetailTrue = ({ detailHash, detail, detailState, format }: Row): boolean => {
  if (detail === null) return format === 1 || (detailState !== 'kept' && detailState !== 'lost')
  return (
    detailHash !== null &&
    detailMark({ salt: bytes(detail.salt), text: detail.text }).toString('hex') === detailHash
  )
}

/** Reads line by line: a file may be long. Throws what opening it throws, and 'cancelled'. */
export const verifyExport = async (
  file: string,
  signal?: AbortSignal,
): Promise<ExportVerification> => {
  const found = { fingerprint: null, exportedAt: null, whole: false } as {
    fingerprint: string | null
    exportedAt: number | null
    whole: boolean
  }
  let rows = 0
  let publicKey: Buffer | null = null
  let last: Row | null = null
  let foot: z.output<typeof exportFoot> | null = null
  const hashes = new Map<number, string>()
  const sum = createHash('sha256')
  const broken = (reason: AuditBreak, brokenAt: number | null): ExportVerification => ({
    ok: false,
    rows,
    brokenAt,
    reason,
    ...found,
  })

  /** Null: it follows. */
  const wrongWith = (row: Row): AuditBreak | null => {
    const before: Row | null = last
    if (before !== null && row.seq <= before.seq) return 'row-moved'
    const expected = before === null ? (found.whole ? 1 : row.seq) : before.seq + 1
    if (found.whole && row.seq !== expected) return 'row-missing'
    const previous =
      before !== null && row.seq === before.seq + 1
        ? before.hash
        : row.seq === 1
          ? auditGenesisHash.toString('hex')
          : row.previousHash
    if (row.previousHash !== previous) return 'link-broken'
    const computed = hashOfRow(bytes(row.previousHash), chainRowOf(row))
    if (computed === null || computed.toString('hex') !== row.hash) return 'row-changed'
    return isDetailTrue(row) ? null : 'detail-changed'
  }

  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })
  try {
    for await (const line of lines) {
      if (signal?.aborted === true) throw new NocturneError('cancelled')
      if (foot !== null) return broken('row-added', (last?.seq ?? 0) + 1)
      const value = jsonIn(line)
      if (publicKey === null) {
        const head = exportHead.safeParse(value)
        if (!head.success) return broken('not-an-export', null)
        publicKey = Buffer.from(head.data.publicKey, 'base64')
        found.fingerprint = fingerprintOf(publicKey)
        found.exportedAt = head.data.exportedAt
        found.whole = head.data.whole
        sum.update(`${line}\n`)
        continue
      }
      const row = exportedRow.safeParse(value)
      if (row.success) {
        const wrong = wrongWith(row.data)
        if (wrong === 'row-missing') return broken(wrong, (last?.seq ?? 0) + 1)
        if (wrong !== null) return broken(wrong, row.data.seq)
        last = row.data
        rows += 1
        hashes.set(row.data.seq, row.data.hash)
        sum.update(`${line}\n`)
        continue
      }
      const end = exportFoot.safeParse(value)
      if (!end.success) return broken('row-changed', (last?.seq ?? 0) + 1)
      foot = end.data
    }
  } finally {
    lines.close()
  }
  if (publicKey === null) return broken('not-an-export', null)
  const after = (last?.seq ?? 0) + 1
  if (foot === null || foot.rows > rows) return broken('tail-cut', after)
  if (foot.rows < rows) return broken('row-added', after)
  for (const one of foot.checkpoints) {
    const hash = hashes.get(one.seq)
    if (hash !== undefined && hash !== one.hash) return broken('checkpoint-differs', one.seq)
    if (one.fingerprint === found.fingerprint && !isGenuine(one, publicKey)) {
      return broken('checkpoint-forged', one.seq)
    }
  }
  const signed = Buffer.from(`nocturne-audit-export-1\n${signedText(foot)}`, 'utf8')
  const isTrue =
    foot.sha256 === sum.digest('hex') &&
    foot.lastHash === (last?.hash ?? null) &&
    isSignedBy(signed, foot.signature, publicKey)
  return isTrue
    ? { ok: true, rows, brokenAt: null, reason: null, ...found }
    : broken('signature-wrong', null)
}

const jsonIn = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return null
  }
}
