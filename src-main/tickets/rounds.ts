import type { Transaction } from '../store/write-path.ts'
import type { Reads } from '../store/reads.ts'

/**
 * A round begins when a promise or a calendar is saved. The new terms hold from that moment on, also
 * where a ticket gets them later: tens of thousands are done one slice after the other, and what is
 * left to do is what the store says, not what a process remembers.
 */
export interface TermsRound {
  readonly round: number
  readonly at: number
  readonly accountId: string | null
}

/** So many in one transaction. */
export const termsAtOnce = 100

/** Null: none has begun yet. */
export const lastRound = (reads: Reads): TermsRound | null =>
  reads.get<TermsRound>(
    `SELECT round, at, account_id AS accountId FROM ticket_terms_round ORDER BY round DESC LIMIT 1`,
  ) ?? null

export const beginRound = (tx: Transaction, now: number, accountId: string | null): void => {
  const last = lastRound(tx)
  tx.run(
    `INSERT INTO ticket_terms_round (round, at, account_id) VALUES (?, ?, ?)`,
    (last?.round ?? 0) + 1,
    // Never before the one before it, also where the clock was put back.
    Math.max(now, last?.at ?? 0),
    accountId,
  )
}

/** Tickets that are worked at and were not held to the last round. */
export const behindRound = (reads: Reads, limit: number): readonly string[] => {
  const round = lastRound(reads)
  if (round === null) return []
  return reads
    .all<{ id: string }>(
      `SELECT id FROM ticket WHERE terms_round < ? AND state NOT IN ('closed', 'merged')
        ORDER BY terms_round, seq LIMIT ?`,
      round.round,
      limit,
    )
    .map(({ id }) => id)
}
