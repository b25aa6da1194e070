import type { DunningCaseRow } from '../../../src-shared/contract/billing-dunning-model.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import { likeText } from '../like-text.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Lists of cases and notices, as they were looked at last. */

type StoredRow = Omit<DunningCaseRow, 'problem' | 'neverSuspend' | 'phone'> & {
  readonly problem: string | null
  readonly neverSuspend: number
  readonly phone: string | null
}

const columns = `c.id, c.version, c.subscriber_id AS subscriberId, s.code AS subscriberCode,
  s.name AS subscriberName, s.shown_phone AS phone, s.never_suspend AS neverSuspend, c.currency,
  c.opened_on AS openedOn, c.closed_on AS closedOn, c.cut, c.debt, c.oldest_on AS oldestOn,
  c.stage_key AS stageKey, c.state, c.because, c.next_action AS nextAction, c.next_on AS nextOn,
  c.problem, c.looked_at AS lookedAt`

const from = `dunning_case c JOIN subscriber s ON s.id = c.subscriber_id`

const rowOf = (row: StoredRow): DunningCaseRow => ({
  ...row,
  neverSuspend: row.neverSuspend === 1,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as DunningCaseRow['problem']),
})

export const caseRow = (reads: Reads, id: string): DunningCaseRow | null => {
  const [row] = reads.all<StoredRow>(`SELECT ${columns} FROM ${from} WHERE c.id = ?`, id)
  return row === undefined ? null : rowOf(row)
}

export const casesOfSubscriber = (reads: Reads, subscriberId: string): DunningCaseRow[] =>
  reads
    .all<StoredRow>(
      `SELECT ${columns} FROM ${from} WHERE c.subscriber_id = ?
        ORDER BY (c.closed_on IS NULL) DESC, c.opened_on DESC, c.id LIMIT 10`,
      subscriberId,
    )
    .map(rowOf)

const orders = {
  debt: 'c.currency, c.debt',
  oldest: 'c.oldest_on',
  next: `coalesce(c.next_on, '9999')`,
  name: 's.name_key',
} as const

export const boardRows = (
  reads: Reads,
  { stageKey, states, cut, search, sort, descending, limit, offset }: Input<'billing.dunningBoard'>,
): { readonly cases: DunningCaseRow[]; readonly total: number } => {
  const where = `c.closed_on IS NULL
    AND (? IS NULL OR coalesce(c.stage_key, '') = ?)
    AND (? = '[]' OR c.state IN (SELECT value FROM json_each(?)))
    AND (? IS NULL OR (c.cut <> 'none') = ?)
    AND (? = '' OR s.name LIKE ? ESCAPE '\\' OR s.code LIKE ? ESCAPE '\\')`
  const wanted = JSON.stringify(states)
  const like = likeText(search)
  const off = cut === null ? null : Number(cut)
  const asked = [stageKey, stageKey, wanted, wanted, off, off, search, like, like]
  // Both words come from lists of ours.
  const order = `${orders[sort]} ${descending ? 'DESC' : 'ASC'}`
  return {
    total:
      reads.all<{ count: number }>(
        `SELECT count(*) AS count FROM ${from} WHERE ${where}`,
        ...asked,
      )[0]?.count ?? 0,
    cases: reads
      .all<StoredRow>(
        `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order}, c.id LIMIT ? OFFSET ?`,
        ...asked,
        limit,
        offset,
      )
      .map(rowOf),
  }
}

export const boardStages = (reads: Reads): Output<'billing.dunningBoard'>['stages'] => [
  ...reads.all<Output<'billing.dunningBoard'>['stages'][number]>(
    `SELECT coalesce(stage_key, '') AS key, currency, count(*) AS count, sum(debt) AS debt,
      sum(cut <> 'none') AS cut FROM dunning_case WHERE closed_on IS NULL
      GROUP BY 1, 2 ORDER BY 1, 2`,
  ),
]

type Notices = Output<'billing.dunningNotices'>

export const noticesToDo = (reads: Reads): number =>
  reads.all<{ count: number }>(
    `SELECT count(*) AS count FROM dunning_notice WHERE state = 'to-do'`,
  )[0]?.count ?? 0

export const noticeRows = (
  reads: Reads,
  deps: {
    readonly subscribers: Pick<SubscriberPort, 'party'>
    readonly nameOfAccount: (id: string) => string | null
  },
  { states, channel, limit, offset }: Input<'billing.dunningNotices'>,
): Notices => {
  const where = `n.state IN (SELECT value FROM json_each(?)) AND (? IS NULL OR n.channel = ?)`
  const asked = [JSON.stringify(states), channel, channel]
  const rows = reads.all<
    Omit<Notices['notices'][number], 'phone' | 'email' | 'address' | 'language'>
  >(
    `SELECT n.id, n.case_id AS caseId, n.subscriber_id AS subscriberId, s.code AS subscriberCode,
      s.name AS subscriberName, n.action, n.channel, n.template, n.currency, n.debt,
      n.oldest_on AS oldestOn, n.created_at AS createdAt, n.state, n.done_at AS doneAt,
      n.done_by AS doneBy
      FROM dunning_notice n JOIN subscriber s ON s.id = n.subscriber_id WHERE ${where}
      ORDER BY n.created_at DESC, n.id LIMIT ? OFFSET ?`,
    ...asked,
    limit,
    offset,
  )
  return {
    total:
      reads.all<{ count: number }>(
        `SELECT count(*) AS count FROM dunning_notice n WHERE ${where}`,
        ...asked,
      )[0]?.count ?? 0,
    notices: rows.map((row) => {
      const party = deps.subscribers.party(row.subscriberId)
      const to = party?.address ?? null
      return {
        ...row,
        doneBy: row.doneBy === null ? null : deps.nameOfAccount(row.doneBy),
        language: party?.language ?? '',
        phone: party?.phone ?? null,
        email: party?.email ?? null,
        address:
          to === null
            ? ''
            : [to.lines, to.postcode, to.city, to.region, to.country].filter(Boolean).join(', '),
      }
    }),
  }
}
