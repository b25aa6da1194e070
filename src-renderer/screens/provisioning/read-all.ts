/** Most rows that the engine gives at once. */
const slice = 500

/** Every row of a list that is asked for page by page; null: called off. */
export const readAll = async <Row>(
  ask: (page: {
    readonly offset: number
    readonly limit: number
  }) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>,
  onProgress: (done: number, total: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Row[] | null> => {
  const found: Row[] = []
  for (;;) {
    if (signal?.aborted === true) return null
    const { rows, total } = await ask({ offset: found.length, limit: slice })
    found.push(...rows)
    onProgress(found.length, total)
    if (rows.length === 0 || found.length >= total) return found
  }
}
