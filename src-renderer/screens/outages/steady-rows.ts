/**
 * Keeps the lines of a live list where they are while somebody points at them: known rows stay in
 * their places with their newest values, new ones come at the end, and what has gone stays, as it
 * was last, until he looks away.
 */
export interface SteadyRow<Row> {
  readonly row: Row
  /** No longer in the list; goes when the list is let go. */
  readonly gone: boolean
}

export const steadyRows = <Row>(
  before: readonly SteadyRow<Row>[],
  next: readonly Row[],
  keyOf: (row: Row) => string,
  held: boolean,
): readonly SteadyRow<Row>[] => {
  if (!held || before.length === 0) return next.map((row) => ({ row, gone: false }))
  const newest = new Map(next.map((row) => [keyOf(row), row]))
  const kept = before.map(({ row }): SteadyRow<Row> => {
    const now = newest.get(keyOf(row))
    newest.delete(keyOf(row))
    return now === undefined ? { row, gone: true } : { row: now, gone: false }
  })
  return [...kept, ...[...newest.values()].map((row) => ({ row, gone: false }))]
}
