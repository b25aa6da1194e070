import type { FoundFamily } from '../olt/family/user-families.ts'
import type { TrustRow } from './tables.ts'

export type OwnTrust = 'trusted' | 'untrusted' | 'changed'

/**
 * SECURITY: trust holds for the very content that was trusted; a profile that has changed since is
 * as strange as a new one.
 */
export const trustOf = (
  found: Pick<FoundFamily, 'contentHash'>,
  row: Pick<TrustRow, 'contentHash'> | undefined,
): OwnTrust => {
  if (row === undefined) return 'untrusted'
  return row.contentHash === found.contentHash ? 'trusted' : 'changed'
}
