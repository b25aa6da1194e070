/** From when to when a condition held, wall ms; `to` null: until the end. */
export interface Span {
  readonly from: number
  readonly to: number | null
}

/** Conditions that held, by the number of their place and a name of their own. */
export class SpanBook {
  readonly #open = new Map<string, { readonly place: number; readonly from: number }>()
  readonly #spans = new Map<string, { readonly place: number; readonly spans: Span[] }>()

  /** That it holds at `at`, or does not; the same again changes nothing. */
  set(place: number, qualifier: string, holds: boolean, at: number): void {
    const key = `${place} ${qualifier}`
    const open = this.#open.get(key)
    if (holds && open === undefined) this.#open.set(key, { place, from: at })
    if (holds || open === undefined) return
    this.#open.delete(key)
    this.#add(key, place, { from: open.from, to: at })
  }

  /** One that held for so long. */
  add(place: number, qualifier: string, span: Span): void {
    this.#add(`${place} ${qualifier}`, place, span)
  }

  #add(key: string, place: number, span: Span): void {
    const known = this.#spans.get(key)
    if (known === undefined) this.#spans.set(key, { place, spans: [span] })
    else known.spans.push(span)
  }

  /** What is open stays so to the end. */
  all(): { readonly place: number; readonly spans: readonly Span[] }[] {
    for (const [key, { place, from }] of this.#open) this.#add(key, place, { from, to: null })
    this.#open.clear()
    return [...this.#spans.values()]
  }
}

/**
 * When alarms would have been raised of spans in order of time: one that lasts as long as the rule
 * wants, unless the alarm before it was not cleared yet (it must be over for so long).
 */
export const raisesOf = (
  spans: readonly Span[],
  raiseAfterMs: number,
  clearAfterMs: number,
  end: number,
): number[] => {
  const raises: number[] = []
  let clearedAt = Number.NEGATIVE_INFINITY
  for (const { from, to } of spans) {
    const until = to ?? end
    const stillRaised = from < clearedAt
    if (!stillRaised) {
      if (until - from < raiseAfterMs || from + raiseAfterMs > end) continue
      raises.push(from + raiseAfterMs)
    }
    clearedAt = Math.max(clearedAt, until + clearAfterMs)
  }
  return raises
}
