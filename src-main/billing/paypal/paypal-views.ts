import type { PayPalLink, PayPalMatter } from '../../../src-shared/contract/billing-paypal.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { StoredOrder } from './paypal-tables.ts'

/** Links and matters as they are shown. */

interface Row extends StoredOrder {
  readonly subscriberCode: string
  readonly subscriberName: string
  readonly number: string | null
}

const columns = `o.id, o.account_key AS accountKey, o.mode, o.subscriber_id AS subscriberId,
  s.code AS subscriberCode, s.name AS subscriberName, o.currency, o.amount,
  o.provider_currency AS providerCurrency, o.provider_amount AS providerAmount, o.rate,
  o.rate_scale AS rateScale, o.description, o.state, o.approve_at AS approveAt,
  o.capture_id AS captureId, o.payment_id AS paymentId, p.number, o.problem, o.made_at AS madeAt,
  o.made_by AS madeBy, o.expires_at AS expiresAt, o.ended_at AS endedAt`
const from = `provider_order o JOIN subscriber s ON s.id = o.subscriber_id
  LEFT JOIN payment p ON p.id = o.payment_id`
const isOpen = `o.state IN ('created', 'approved')`

export const createPayPalViews = (deps: {
  readonly reads: Reads
  readonly nameOfAccount: (accountId: string) => string | null
  readonly accountKey: () => string
  /** Of one link. */
  readonly trouble: (id: string) => Problem | null
}) => {
  const { reads } = deps

  const shown = (row: Row): PayPalLink => {
    const waits = row.state === 'created' || row.state === 'approved'
    const { rate, rateScale } = row
    return {
      id: row.id,
      subscriberId: row.subscriberId,
      subscriberCode: row.subscriberCode,
      subscriberName: row.subscriberName,
      mode: row.mode,
      state: row.state,
      currency: row.currency,
      amount: row.amount,
      providerCurrency: row.providerCurrency,
      providerAmount: row.providerAmount,
      exchange: rate === null ? null : { rate, scale: rateScale ?? 0 },
      description: row.description,
      approveAt: row.state === 'created' ? row.approveAt : null,
      madeAt: row.madeAt,
      madeBy: row.madeBy === null ? null : deps.nameOfAccount(row.madeBy),
      expiresAt: row.expiresAt,
      endedAt: row.endedAt,
      held: waits && row.captureId !== null,
      captureId: row.captureId,
      paymentId: row.paymentId,
      number: row.number,
      problem: row.problem,
      isOthers: waits && row.accountKey !== deps.accountKey(),
      trouble: waits ? deps.trouble(row.id) : null,
    }
  }

  const matching = {
    open: isOpen,
    ended: `NOT ${isOpen}`,
    all: 'TRUE',
  } as const
  const found = `(? = '' OR instr(lower(s.name), lower(?)) OR instr(lower(s.code), lower(?))
    OR instr(lower(coalesce(p.number, '')), lower(?))
    OR o.capture_id = upper(?) OR o.provider_order_id = upper(?))`

  return {
    link: (linkId: string): PayPalLink | null => {
      const [row] = reads.all<Row>(`SELECT ${columns} FROM ${from} WHERE o.id = ?`, linkId)
      return row === undefined ? null : shown(row)
    },
    linksOf: (subscriberId: string): PayPalLink[] =>
      reads
        .all<Row>(
          `SELECT ${columns} FROM ${from} WHERE o.subscriber_id = ?
            ORDER BY ${isOpen} DESC, o.made_at DESC, o.id DESC LIMIT 20`,
          subscriberId,
        )
        .map(shown),
    links: (
      which: keyof typeof matching,
      search: string,
      limit: number,
      offset: number,
    ): { readonly total: number; readonly open: number; readonly links: PayPalLink[] } => {
      const words = Array.from({ length: 6 }, () => search)
      const count = (where: string, ...given: string[]): number =>
        reads.all<{ count: number }>(
          `SELECT count(*) AS count FROM ${from} WHERE ${where}`,
          ...given,
        )[0]?.count ?? 0
      const where = `${matching[which]} AND ${found}`
      return {
        total: count(where, ...words),
        open: count(isOpen),
        links: reads
          .all<Row>(
            `SELECT ${columns} FROM ${from} WHERE ${where}
              ORDER BY o.made_at DESC, o.id DESC LIMIT ? OFFSET ?`,
            ...words,
            limit,
            offset,
          )
          .map(shown),
      }
    },
    matters: (): PayPalMatter[] =>
      reads
        .all<PayPalMatter>(
          `SELECT m.id, m.kind, o.id AS linkId, o.subscriber_id AS subscriberId,
            s.code AS subscriberCode, s.name AS subscriberName, o.currency, o.amount,
            o.provider_currency AS providerCurrency, o.provider_amount AS providerAmount,
            m.value AS saidValue, m.currency AS saidCurrency, o.capture_id AS captureId,
            o.payment_id AS paymentId, p.number, m.problem, m.at
            FROM ${from} JOIN provider_matter m ON m.order_id = o.id
            WHERE m.settled_at IS NULL ORDER BY m.at DESC, m.id DESC`,
        )
        .map((row) => ({ ...row })),
  }
}
