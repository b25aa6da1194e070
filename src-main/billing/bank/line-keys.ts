import { createHash } from 'node:crypto'
import type { BankLine } from './bank-statement.ts'

/**
 * What tells a movement apart from every other one of an account, so that the same file twice, or two
 * files that overlap, change nothing: its day, amount, parties, references and words, and which one it
 * is among equal ones of that day (two payments of the same sum by the same person are two). The
 * position is not part of it: it differs from file to file.
 *
 * Two formats of one bank word a movement differently: across them nothing is recognised.
 */
export const lineKeys = (account: string, lines: readonly BankLine[]): readonly string[] => {
  const seen = new Map<string, number>()
  return lines.map((line) => {
    const plain = JSON.stringify([
      account,
      line.bookedOn,
      line.minor,
      line.currency,
      line.isReversal,
      line.bankReference,
      line.endToEndId,
      line.creditorReference,
      line.counterpartyAccount,
      line.counterpartyName,
      line.remittance,
    ])
    const before = seen.get(plain) ?? 0
    seen.set(plain, before + 1)
    return createHash('sha256').update(`${plain}#${before}`).digest('base64url')
  })
}
