import type { DocumentFilter } from '../../../src-shared/contract/billing-documents.ts'
import { foldText } from '../../../src-shared/domain/fold-text.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { DocumentHead } from '../../../src-shared/contract/billing-documents-model.ts'
import { isEverything, oltListOf, type Reach } from '../../engine/reach.ts'
import { likeText } from '../like-text.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { fromDocuments, headColumns } from './document-tables.ts'

/** The list of documents: filtered, sorted and paged by SQL. */

type Asked = Input<'billing.documents'>

/** Constant text: nothing a caller sends becomes SQL. The id keeps equal ones in one order. */
const orders: Readonly<Record<Asked['sort'], readonly string[]>> = {
  issuedOn: ['i.issued_on', 'i.id'],
  number: ['i.number', 'i.id'],
  subscriber: ['s.name_key', 's.number', 'i.id'],
  dueOn: ['i.due_on', 'i.id'],
  total: ['i.total', 'i.id'],
}

interface Condition {
  readonly sql: string
  readonly values: readonly (string | number | null)[]
  /** It looks at the subscriber. */
  readonly joined?: true
}

/** SECURITY: documents of a subscriber whom the caller does not reach are neither listed nor summed. */
const reachCondition = (reach: Reach): readonly Condition[] => {
  if (isEverything(reach)) return []
  const mine = reach.accountId ?? ''
  if (reach.kind === 'own') return [{ sql: 's.agent_id = ?', values: [mine], joined: true }]
  return [
    {
      sql: `(s.agent_id = ? OR s.number IN (SELECT number FROM subscriber_olt
        WHERE olt_id IN (SELECT value FROM json_each(?))))`,
      values: [mine, oltListOf(reach)],
      joined: true,
    },
  ]
}

const conditionsOf = (filter: DocumentFilter, reach: Reach): readonly Condition[] => {
  const list: Condition[] = [...reachCondition(reach)]
  const add = (sql: string, ...values: (string | number | null)[]): void =>
    void list.push({ sql, values })
  if (filter.search !== '') {
    const text = likeText(filter.search)
    // Each by an index that holds the text: no document and no subscriber is read for it.
    const folded = likeText(foldText(filter.search))
    add(
      String.raw`i.id IN (SELECT id FROM invoice WHERE number > '' AND number LIKE ? ESCAPE '\'
        UNION ALL SELECT id FROM invoice WHERE subscriber_id IN (SELECT id FROM subscriber
          WHERE number IN (
            SELECT number FROM subscriber WHERE name_key > '' AND name_key LIKE ? ESCAPE '\'
            UNION ALL SELECT number FROM subscriber WHERE code_key > '' AND code_key LIKE ? ESCAPE '\')))`,
      text,
      folded,
      text,
    )
  }
  if (filter.kinds.length > 0)
    add(`i.kind IN (${filter.kinds.map(() => '?').join(', ')})`, ...filter.kinds)
  if (filter.state !== null) add('i.status = ?', filter.state)
  if (filter.subscriberId !== null) add('i.subscriber_id = ?', filter.subscriberId)
  if (filter.subscriptionId !== null) add('i.subscription_id = ?', filter.subscriptionId)
  if (filter.runId !== null) add('i.run_id = ?', filter.runId)
  if (filter.currency !== null) add('i.currency = ?', filter.currency)
  if (filter.fromOn !== null) add('i.issued_on >= ?', filter.fromOn)
  if (filter.untilOn !== null) add('i.issued_on < ?', filter.untilOn)
  return list
}

/** Invoices and debit notes less credit notes; a proforma is an offer. */
const summed = (column: 'net' | 'tax' | 'total'): string =>
  `sum(CASE i.kind WHEN 'credit-note' THEN -i.${column} WHEN 'proforma' THEN 0 ELSE i.${column} END)`

type Sums = Output<'billing.documents'>['sums'][number]

export const listDocuments = (
  reads: Reads,
  asked: Asked,
  reach: Reach,
): Output<'billing.documents'> => {
  const conditions = conditionsOf(asked.filter, reach)
  const where =
    conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  const values = conditions.flatMap((condition) => condition.values)
  // Without a look at the subscriber an index has all that is added up.
  const joined = conditions.some((condition) => condition.joined === true)
  const from = joined ? fromDocuments : 'invoice i'
  const sums = reads.all<Sums & { readonly count: number }>(
    `SELECT i.currency, count(*) AS count, ${summed('net')} AS net, ${summed('tax')} AS tax,
      ${summed('total')} AS total FROM ${from} ${where} GROUP BY i.currency ORDER BY i.currency`,
    ...values,
  )
  const order = orders[asked.sort]
    .map((column) => (asked.descending ? `${column} DESC` : column))
    .join(', ')
  // First which ones, then what stands in them: a sort carries no more than it needs.
  const page = `SELECT i.id FROM ${joined || asked.sort === 'subscriber' ? fromDocuments : 'invoice i'}
    ${where} ORDER BY ${order} LIMIT ? OFFSET ?`
  const documents = reads.all<DocumentHead>(
    `SELECT ${headColumns} FROM ${fromDocuments} WHERE i.id IN (SELECT id FROM (${page}))
      ORDER BY ${order}`,
    ...values,
    asked.limit,
    asked.offset,
  )
  return {
    total: sums.reduce((all, { count }) => all + count, 0),
    sums: sums.map(({ currency, net, tax, total }) => ({ currency, net, tax, total })),
    documents: documents.map((row) => ({ ...row })),
  }
}
