import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** Trust in a family of one's own: a name and the content that was trusted. */
export interface TrustRow {
  readonly family: string
  readonly contentHash: string
  readonly trustedAt: number
  /** Account. */
  readonly trustedBy: string
}

const columns = `family, content_hash AS contentHash, trusted_at AS trustedAt,
  trusted_by AS trustedBy`

export const createTrustReads = (reader: StoreReader) => {
  const one = reader.prepare<[string], TrustRow>(
    `SELECT ${columns} FROM family_trust WHERE family = ?`,
  )
  return { of: (family: string): TrustRow | undefined => one.get(family) }
}

export type TrustReads = ReturnType<typeof createTrustReads>

export const putTrust = (tx: Transaction, row: TrustRow): void => {
  const before = tx.get(`SELECT family FROM family_trust WHERE family = ?`, row.family)
  tx.run(
    `INSERT INTO family_trust (family, content_hash, trusted_at, trusted_by) VALUES (?, ?, ?, ?)
     ON CONFLICT (family) DO UPDATE SET content_hash = excluded.content_hash,
       trusted_at = excluded.trusted_at, trusted_by = excluded.trusted_by`,
    row.family,
    row.contentHash,
    row.trustedAt,
    row.trustedBy,
  )
  tx.change({
    entity: 'family-trust',
    entityId: row.family,
    kind: before === undefined ? 'created' : 'updated',
    version: 1,
    data: { contentHash: row.contentHash },
  })
}

/** False: there was none. */
export const dropTrust = (tx: Transaction, family: string): boolean => {
  if (tx.run(`DELETE FROM family_trust WHERE family = ?`, family) === 0) return false
  tx.change({ entity: 'family-trust', entityId: family, kind: 'deleted', version: 1 })
  return true
}
