/**
 * Rows of a long list, fetched in pieces and kept sparsely: what was seen last stays, the rest is
 * forgotten. Positions are those of a frozen order; `idOf` names a row whatever its position, so
 * that newer readings of it can be put in its place.
 */
export interface RowCache<Row> {
  readonly get: (index: number) => Row | undefined
  /** Forgets everything: a new order has begun. */
  readonly reset: () => void
  readonly put: (offset: number, rows: readonly Row[]) => void
  /** Replaces rows that are held; others are ignored. Returns how many were replaced. */
  readonly patch: (rows: readonly Row[]) => number
  /** The first hole in [start, end) widened to whole pages below `total`; null: all is held. */
  readonly missing: (start: number, end: number, total: number) => RowRange | null
  readonly held: () => number
}

/** Half open: `start` is in it, `end` is not. */
export interface RowRange {
  readonly start: number
  readonly end: number
}

export interface RowCacheOptions<Row> {
  readonly idOf: (row: Row) => number
  readonly pageSize: number
  readonly maxPages: number
}

export const createRowCache = <Row>(options: RowCacheOptions<Row>): RowCache<Row> => {
  const { idOf, pageSize, maxPages } = options
  // A Map keeps insertion order: the first key is the page that was used longest ago.
  const pages = new Map<number, (Row | undefined)[]>()
  const indexById = new Map<number, number>()

  const touch = (page: number): (Row | undefined)[] => {
    const rows = pages.get(page) ?? Array.from<Row | undefined>({ length: pageSize })
    pages.delete(page)
    pages.set(page, rows)
    return rows
  }

  const evict = (): void => {
    for (const [page, rows] of pages) {
      if (pages.size <= maxPages) return
      pages.delete(page)
      rows.forEach((row, position) => {
        // The row may have been put elsewhere meanwhile: only its own entry goes.
        if (row !== undefined && indexById.get(idOf(row)) === page * pageSize + position) {
          indexById.delete(idOf(row))
        }
      })
    }
  }

  return {
    get: (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    reset: () => {
      pages.clear()
      indexById.clear()
    },
    put: (offset, rows) => {
      rows.forEach((row, position) => {
        const index = offset + position
        const page = Math.floor(index / pageSize)
        const held = position === 0 || index % pageSize === 0 ? touch(page) : pages.get(page)
        if (held !== undefined) held[index % pageSize] = row
        indexById.set(idOf(row), index)
      })
      evict()
    },
    patch: (rows) => {
      let replaced = 0
      for (const row of rows) {
        const index = indexById.get(idOf(row))
        if (index === undefined) continue
        const held = pages.get(Math.floor(index / pageSize))
        if (held === undefined) continue
        held[index % pageSize] = row
        replaced++
      }
      return replaced
    },
    missing: (start, end, total) => {
      const last = Math.min(end, total)
      for (let index = Math.max(0, start); index < last; index++) {
        const page = Math.floor(index / pageSize)
        const rows = pages.get(page)
        if (rows?.[index % pageSize] === undefined) {
          return { start: page * pageSize, end: Math.min((page + 1) * pageSize, total) }
        }
      }
      return null
    },
    held: () => pages.size,
  }
}
