import { z } from 'zod'
import { evidence, outageRow, type OutageRow } from '../../src-shared/contract/outages.ts'
import { verdicts } from '../../src-shared/domain/outage-verdicts.ts'
import { severities } from '../../src-shared/domain/severity.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { packPart, unpackPart, type MemberPart, type PackedPart } from './members.ts'
import type { Outage, OutagePon, TimelineEntry } from './outage.ts'
import { rowOfOutage, searchTextOf } from './outage-rows.ts'

/** An outage as it lies in the store, without its ONUs. */
export interface StoredOutage {
  readonly row: OutageRow
  readonly detail: OutageDetail
}

export interface OutageDetail {
  readonly evidence: Outage['evidence']
  readonly weighed: Outage['weighed']
  readonly facts: Outage['facts']
  readonly timeline: readonly TimelineEntry[]
  readonly pons: readonly OutagePon[]
  readonly seenAt: number
  readonly told: boolean
  readonly muted: boolean
  readonly leftoverSince: number | null
  readonly trace: {
    readonly lastAt: number
    readonly clocked: boolean
    readonly whole: boolean
    readonly wholeOlt: boolean
    readonly silentCapable: number
    readonly areas: readonly string[]
    readonly path: readonly string[]
  }
}

const detailSchema = z.object({
  evidence: z.array(evidence),
  weighed: z.array(z.object({ verdict: z.enum(verdicts), share: z.number() })),
  facts: z.unknown(),
  timeline: z.array(z.unknown()),
  pons: z.array(z.unknown()),
  seenAt: z.number(),
  told: z.boolean(),
  muted: z.boolean(),
  leftoverSince: z.number().nullable(),
  trace: z.unknown(),
})

export const detailOf = (outage: Outage): OutageDetail => ({
  evidence: outage.evidence,
  weighed: outage.weighed,
  facts: outage.facts,
  timeline: outage.timeline,
  pons: [...outage.pons.values()],
  seenAt: outage.seenAt,
  told: outage.told,
  muted: outage.muted,
  leftoverSince: outage.leftoverSince,
  trace: {
    lastAt: outage.trace.lastAt,
    clocked: outage.trace.clocked,
    whole: outage.trace.whole,
    wholeOlt: outage.trace.wholeOlt,
    silentCapable: outage.trace.silentCapable,
    areas: [...outage.trace.areas].slice(0, 200),
    path: outage.trace.path,
  },
})

const upsert = `INSERT INTO outage
    (id, verdict, severity, began_at, ended_at, affected_onus, search, row, detail)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET verdict = excluded.verdict, severity = excluded.severity,
    began_at = excluded.began_at, ended_at = excluded.ended_at,
    affected_onus = excluded.affected_onus, search = excluded.search, row = excluded.row,
    detail = excluded.detail`

const upsertMembers = `INSERT INTO outage_members
    (outage_id, olt_id, olt_name, addresses, down_at, back_at, gasp, rx)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (outage_id, olt_id) DO UPDATE SET olt_name = excluded.olt_name,
    addresses = excluded.addresses, down_at = excluded.down_at, back_at = excluded.back_at,
    gasp = excluded.gasp, rx = excluded.rx`

export const putStored = (tx: Transaction, { row, detail }: StoredOutage): void => {
  tx.run(
    upsert,
    row.id,
    row.corrected?.verdict ?? row.verdict,
    severities.indexOf(row.severity),
    row.beganAt,
    row.endedAt,
    row.affectedOnus,
    searchTextOf(row, detail.timeline),
    JSON.stringify(row),
    JSON.stringify(detail),
  )
}

/** `partIds`: the OLTs whose ONUs have changed. */
export const putOutage = (tx: Transaction, outage: Outage, partIds: Iterable<string>): void => {
  putStored(tx, { row: rowOfOutage(outage), detail: detailOf(outage) })
  for (const oltId of partIds) {
    const part = outage.parts.get(oltId)
    if (part === undefined) continue
    const { addresses, downAt, backAt, gasp, rx } = packPart(part)
    tx.run(upsertMembers, outage.id, oltId, part.oltName, addresses, downAt, backAt, gasp, rx)
  }
}

export interface Correction {
  readonly outageId: string
  readonly at: number
  readonly accountId: string | null
  readonly said: string | null
  readonly note: string
}

export const putCorrection = (
  tx: Transaction,
  { row, detail }: StoredOutage,
  correction: Correction,
): void => {
  tx.run(
    `INSERT INTO outage_correction
      (outage_id, at, account_id, given, confidence, said, note, facts, evidence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    correction.outageId,
    correction.at,
    correction.accountId,
    row.verdict,
    row.confidence,
    correction.said,
    correction.note,
    JSON.stringify(detail.facts),
    JSON.stringify({ evidence: detail.evidence, weighed: detail.weighed }),
  )
}

export interface EndedFilter {
  readonly verdicts: readonly string[]
  readonly oltIds: readonly string[]
  readonly from: number | null
  readonly to: number | null
  readonly words: readonly string[]
  readonly sort: 'affectedOnus' | 'beganAt' | 'severity' | 'verdict'
  readonly descending: boolean
  readonly limit: number
  /** Those of an owner; those of which every OLT is one of these. Left out: all. */
  readonly within?:
    | { readonly kind: 'own'; readonly accountId: string }
    | { readonly kind: 'olts'; readonly oltIds: readonly string[] }
}

const sortColumns = {
  affectedOnus: 'affected_onus',
  beganAt: 'began_at',
  severity: 'severity',
  verdict: 'verdict',
} as const

interface StoredRow {
  readonly row: string
  readonly detail: string
}

interface StoredPart extends PackedPart {
  readonly oltId: string
  readonly oltName: string
}

export const createOutageReads = (reader: StoreReader) => {
  const selectOne = reader.prepare<[string], StoredRow>(
    `SELECT row, detail FROM outage WHERE id = ?`,
  )
  const selectOpen = reader.prepare<[], StoredRow>(
    `SELECT row, detail FROM outage WHERE ended_at IS NULL ORDER BY began_at`,
  )
  const selectParts = reader.prepare<[string], StoredPart>(
    `SELECT olt_id AS oltId, olt_name AS oltName, addresses, down_at AS downAt, back_at AS backAt,
      gasp, rx FROM outage_members WHERE outage_id = ? ORDER BY olt_name, olt_id`,
  )
  const prepared = new Map<string, ReturnType<typeof reader.prepare<SqlValue[], { n: number }>>>()
  const lists = new Map<string, ReturnType<typeof reader.prepare<SqlValue[], StoredRow>>>()

  return {
    one: (id: string): StoredOutage | null => {
      const found = selectOne.get(id)
      return found === undefined ? null : parse(found)
    },
    open: (): StoredOutage[] => selectOpen.all().flatMap((found) => parse(found) ?? []),
    parts: (id: string): MemberPart[] =>
      selectParts
        .all(id)
        .flatMap(({ oltId, oltName, ...packed }) => unpackPart(oltId, oltName, packed) ?? []),
    /** Ended ones, at most `limit`; and how many there are in all. */
    ended: (filter: EndedFilter): { readonly rows: OutageRow[]; readonly total: number } => {
      const { where, values } = conditionsOf(filter, 'whole')
      const order = `${sortColumns[filter.sort]} ${filter.descending ? 'DESC' : 'ASC'}, id DESC`
      const countSql = `SELECT count(*) AS n FROM outage WHERE ${where}`
      const listSql = `SELECT row, detail FROM outage WHERE ${where} ORDER BY ${order} LIMIT ?`
      // The texts are few: they differ by the number of words and of chosen values.
      if (prepared.size > 200) prepared.clear()
      if (lists.size > 200) lists.clear()
      const count = prepared.get(countSql) ?? reader.prepare<SqlValue[], { n: number }>(countSql)
      const list = lists.get(listSql) ?? reader.prepare<SqlValue[], StoredRow>(listSql)
      prepared.set(countSql, count)
      lists.set(listSql, list)
      return {
        total: count.get(...values)?.n ?? 0,
        rows: list.all(...values, filter.limit).flatMap((found) => parse(found)?.row ?? []),
      }
    },
    /** All of which some OLTs are within, and others are not. */
    endedInPart: (
      filter: EndedFilter & { readonly within: NonNullable<EndedFilter['within']> },
    ): StoredOutage[] => {
      const { where, values } = conditionsOf(filter, 'part')
      return reader
        .prepare<SqlValue[], StoredRow>(`SELECT row, detail FROM outage WHERE ${where}`)
        .all(...values)
        .flatMap((found) => parse(found) ?? [])
    },
  }
}

export type OutageReads = ReturnType<typeof createOutageReads>

const conditionsOf = (
  filter: EndedFilter,
  extent: 'whole' | 'part',
): { where: string; values: SqlValue[] } => {
  const parts = ['ended_at IS NOT NULL']
  const values: SqlValue[] = []
  const marks = (list: readonly string[]): string => list.map(() => '?').join(', ')
  if (filter.verdicts.length > 0) {
    parts.push(`verdict IN (${marks(filter.verdicts)})`)
    values.push(...filter.verdicts)
  }
  if (filter.oltIds.length > 0) {
    parts.push(`EXISTS (SELECT 1 FROM outage_members AS members
      WHERE members.outage_id = outage.id AND members.olt_id IN (${marks(filter.oltIds)}))`)
    values.push(...filter.oltIds)
  }
  if (filter.within?.kind === 'own') {
    parts.push(`json_extract(row, '$.owner.accountId') = ?`)
    values.push(filter.within.accountId)
  }
  if (filter.within?.kind === 'olts') {
    const isMember = `FROM outage_members AS members WHERE members.outage_id = outage.id`
    const within = `members.olt_id IN (SELECT value FROM json_each(?))`
    const oltIds = JSON.stringify(filter.within.oltIds)
    parts.push(`EXISTS (SELECT 1 ${isMember} AND ${within})`)
    parts.push(`${extent === 'part' ? '' : 'NOT '}EXISTS (SELECT 1 ${isMember} AND NOT ${within})`)
    values.push(oltIds, oltIds)
  }
  if (filter.from !== null) {
    parts.push('ended_at >= ?')
    values.push(filter.from)
  }
  if (filter.to !== null) {
    parts.push('began_at <= ?')
    values.push(filter.to)
  }
  for (const word of filter.words) {
    parts.push('instr(search, ?) > 0')
    values.push(word)
  }
  return { where: parts.join(' AND '), values }
}

/** Null: not what was written (a newer or a damaged row); such a one is left out. */
const parse = (stored: StoredRow): StoredOutage | null => {
  const row = outageRow.safeParse(json(stored.row))
  const detail = detailSchema.safeParse(json(stored.detail))
  if (!row.success || !detail.success) return null
  return { row: row.data, detail: detail.data as unknown as OutageDetail }
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
