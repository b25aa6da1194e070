import { z } from 'zod'
import type { AuditFilter } from '../../src-shared/contract/audit.ts'
import { auditCategories, auditOutcomes, auditSeverities } from '../../src-shared/domain/audit.ts'
import type { Checkpoint } from '../store/audit-checkpoint.ts'
import { canonicalJson } from '../store/canonical-json.ts'
import { hexOf, type ChainRow } from './chain-rows.ts'
import type { DetailState } from './details.ts'

/**
 * The signed export: lines of JSON. A head (the public key, the filter), a row a line as the chain
 * has it with what its detail says, and a foot with the number of rows, the checkpoints among them
 * and a signature over the SHA-256 of all lines before it. Never changed once landed.
 */
const format = 'nocturne-audit-export-1'

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`, 'u'))
const text = z.string().nullable()

export const exportHead = z.object({
  format: z.literal(format),
  exportedAt: z.number(),
  /** SPKI, DER, base64. */
  publicKey: z.base64(),
  fingerprint: hex(32),
  /** True: no row is left out between the first and the last. */
  whole: z.boolean(),
  filter: z.unknown(),
})

export const exportedRow = z.object({
  seq: z.int(),
  at: z.int(),
  commandId: z.string(),
  name: z.string(),
  accountId: text,
  sessionId: text,
  clientKind: z.string(),
  outcome: z.enum(auditOutcomes),
  code: text,
  parameters: z.string(),
  format: z.union([z.literal(1), z.literal(2)]),
  device: text,
  reason: text,
  category: z.enum(auditCategories).nullable(),
  severity: z.enum(auditSeverities).nullable(),
  objectKind: text,
  objectId: text,
  subjectId: text,
  detailHash: hex(32).nullable(),
  previousHash: hex(32),
  hash: hex(32),
  detail: z.object({ salt: z.string(), text: z.string() }).nullable(),
  detailState: z.enum(['kept', 'none', 'erased', 'lost']),
})

export const exportFoot = z.object({
  rows: z.int(),
  lastHash: hex(32).nullable(),
  checkpoints: z.array(
    z.object({
      seq: z.int(),
      day: z.string(),
      at: z.number(),
      hash: hex(32),
      fingerprint: hex(32),
      signature: hex(64),
    }),
  ),
  sha256: hex(32),
  signature: hex(64),
})

export const headLine = (head: {
  readonly exportedAt: number
  readonly publicKey: Uint8Array
  readonly fingerprint: string
  readonly whole: boolean
  readonly filter: AuditFilter
}): string =>
  canonicalJson({
    ...head,
    format,
    publicKey: Buffer.from(head.publicKey).toString('base64'),
  })

export const rowLine = (row: ChainRow, detail: DetailState): string =>
  canonicalJson({
    ...row,
    detailHash: row.detailHash === null ? null : hexOf(row.detailHash),
    previousHash: hexOf(row.previousHash),
    hash: hexOf(row.hash),
    detailState: detail.state,
    // Of the first format the text stands in the row itself.
    detail:
      detail.state === 'kept' && row.format === 2
        ? { salt: hexOf(detail.detail.salt), text: detail.detail.text }
        : null,
  })

/** What the signature is of, `nocturne-audit-export-1` and a line feed before it. */
export const signedText = (foot: {
  readonly rows: number
  readonly lastHash: string | null
  readonly checkpoints: readonly Checkpoint[]
  readonly sha256: string
}): string =>
  canonicalJson({
    rows: foot.rows,
    lastHash: foot.lastHash,
    checkpoints: foot.checkpoints,
    sha256: foot.sha256,
  })

/** Whether a filter leaves rows out between others. */
export const isWhole = (filter: AuditFilter): boolean =>
  filter.personId === null &&
  filter.objectKind === null &&
  filter.objectId === null &&
  filter.command === null &&
  filter.from === null &&
  filter.to === null &&
  !filter.people &&
  filter.categories.length + filter.severities.length + filter.outcomes.length === 0
