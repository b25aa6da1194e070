import type { DocumentKind } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Transaction } from '../../store/write-path.ts'

/**
 * Numbers without a gap: one series for each kind of document, installation and (where numbers begin
 * again) year. The number is taken in the transaction that issues, so that one which is not kept
 * was never taken.
 */
export interface SeriesKey {
  readonly kind: DocumentKind | 'receipt'
  /** Of this machine: two that issue while apart must not share one. */
  readonly installation: string
  /** 0: it never begins again. */
  readonly year: number
}

export interface TakenNumber {
  readonly seriesId: string
  readonly sequence: number
  readonly number: string
}

/** `INV-A-2026-000042`; the year is in the number wherever it is part of the series. */
export const numberText = (
  prefix: string,
  { installation, year }: Pick<SeriesKey, 'installation' | 'year'>,
  sequence: number,
): string =>
  [
    prefix,
    installation,
    ...(year === 0 ? [] : [String(year)]),
    String(sequence).padStart(6, '0'),
  ].join('-')

export const takeNumber = (
  tx: Transaction,
  key: SeriesKey,
  prefix: string,
  newId: () => string,
): TakenNumber => {
  const { kind, installation, year } = key
  const find = (): { readonly id: string; readonly next: number } | undefined =>
    tx.get(
      `SELECT id, next_no AS next FROM number_series
        WHERE kind = ? AND installation = ? AND year = ?`,
      kind,
      installation,
      year,
    )
  let series = find()
  if (series === undefined) {
    tx.run(
      `INSERT INTO number_series (id, kind, installation, year) VALUES (?, ?, ?, ?)`,
      newId(),
      kind,
      installation,
      year,
    )
    series = find()
  }
  if (series === undefined) throw new Error('a series of numbers was not made')
  tx.run(`UPDATE number_series SET next_no = next_no + 1 WHERE id = ?`, series.id)
  return {
    seriesId: series.id,
    sequence: series.next,
    number: numberText(prefix, key, series.next),
  }
}
