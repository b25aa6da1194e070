/** A plan that was not applied by then is made again: the OLT may look different. */
export const planLifeMs = 15 * 60_000

/** One that waits for a second person: no longer than two days, whatever the clock says. */
export const heldLifeMs = 48 * 3_600_000

/** The lowest free ONU number of a PON port, or the wanted one where free; null: none. */
export const freeOnuId = (
  taken: ReadonlySet<number>,
  range: { readonly first: number; readonly last: number },
  wanted: number | null = null,
): number | null => {
  if (wanted !== null) {
    const inRange = wanted >= range.first && wanted <= range.last
    return inRange && !taken.has(wanted) ? wanted : null
  }
  for (let id = range.first; id <= range.last; id++) if (!taken.has(id)) return id
  return null
}

/** A batch stops by itself: at least so many must have ended before a share says anything. */
export const fewestForShare = 3

export const tooManyFailed = (ended: number, failed: number, share: number): boolean =>
  ended >= fewestForShare && failed > ended * share

/** Lets others in between the parts of a long work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
