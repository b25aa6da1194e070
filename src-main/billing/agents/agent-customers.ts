import type { AgentCustomer } from '../../../src-shared/contract/billing-agents.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { openDocuments } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** The customers of one agent. SECURITY: every row is asked for by whose it is; there is no other way in. */

interface CustomerRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly status: AgentCustomer['status']
  readonly phone: string | null
}

const columns = `SELECT id, code, name, status, shown_phone AS phone FROM subscriber`

/** As it is compared: without marks, in small letters. */
const folded = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '').replace(/^0+/, '')

const isFound = (row: CustomerRow, words: readonly string[]): boolean => {
  const whole = folded(`${row.name} ${row.code}`)
  const phone = digitsOf(row.phone ?? '')
  return words.every((word) => {
    const digits = digitsOf(word)
    return whole.includes(word) || (digits.length >= 3 && phone.includes(digits))
  })
}

export const customerOf = (
  reads: Reads,
  accountId: string,
  row: CustomerRow,
  today: CalendarDate,
): AgentCustomer => {
  const open = new Map<string, { currency: string; open: number; overdue: number }>()
  for (const document of openDocuments(reads, row.id)) {
    const { currency } = document
    const known = open.get(currency) ?? { currency, open: 0, overdue: 0 }
    known.open += document.open
    if (document.dueOn < today) known.overdue += document.open
    open.set(currency, known)
  }
  const earned = reads.all<{ currency: string; amount: number }>(
    `SELECT currency, sum(amount) AS amount FROM agent_ledger WHERE subscriber_id = ?
      AND account_id = ? AND kind IN ('commission', 'bonus') GROUP BY currency HAVING sum(amount) <> 0`,
    row.id,
    accountId,
  )
  return { ...row, open: [...open.values()], earned: earned.map((one) => ({ ...one })) }
}

export const customersOf = (
  reads: Reads,
  asked: {
    readonly accountId: string
    readonly text: string
    readonly limit: number
    readonly offset: number
    readonly today: CalendarDate
  },
): { customers: AgentCustomer[]; total: number } => {
  const { accountId, limit, offset, today } = asked
  const words = folded(asked.text)
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = reads
    .all<CustomerRow>(`${columns} WHERE agent_id = ? ORDER BY name_key, number`, accountId)
    .filter((row) => isFound(row, words))
  return {
    total: found.length,
    customers: found
      .slice(offset, offset + limit)
      .map((row) => customerOf(reads, accountId, { ...row }, today)),
  }
}

/** Null: there is none, or he is another's: whoever asks learns no difference. */
export const ownCustomer = (
  reads: Reads,
  accountId: string,
  subscriberId: string,
): CustomerRow | null => {
  const [row] = reads.all<CustomerRow>(
    `${columns} WHERE id = ? AND agent_id = ?`,
    subscriberId,
    accountId,
  )
  return row === undefined ? null : { ...row }
}

export const countCustomers = (reads: Reads, accountId: string): number =>
  reads.all<{ readonly count: number }>(
    `SELECT count(*) AS count FROM subscriber WHERE agent_id = ? AND status <> 'ended'`,
    accountId,
  )[0]?.count ?? 0
