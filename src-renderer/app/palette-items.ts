/** Lines of the palette, and what a key does with them; without the page. */

/** Every typed word must occur somewhere in the label; case does not matter. */
export const matches = (label: string, text: string): boolean => {
  const lower = label.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word))
}

/**
 * Where a line comes from: pages stand first whatever is found; `found` is the engine's answer;
 * `prefix` puts its sign into the field.
 */
export type LineKind = 'page' | 'found' | 'action' | 'recent' | 'prefix'

export interface Line {
  readonly key: string
  readonly kind: LineKind
}

/** What Enter means: act on a line, or wait for the answer about the text as it stands now. */
export type Entered =
  | { readonly kind: 'run'; readonly index: number }
  | { readonly kind: 'wait'; readonly awaited: Awaited }

/** The line to act on when the answer is there; null: whichever stands first then. */
export interface Awaited {
  readonly key: string | null
}

/**
 * While the engine is asked, its lines are about an older text: Enter never opens one of them. A
 * page that stands first, and any other line of our own below the first, are meant and right at once.
 */
export const enteredOn = (lines: readonly Line[], at: number, searching: boolean): Entered => {
  const line = lines[at]
  if (!searching) return { kind: 'run', index: at }
  if (line !== undefined && line.kind !== 'found' && (at > 0 || line.kind === 'page')) {
    return { kind: 'run', index: at }
  }
  return { kind: 'wait', awaited: { key: at > 0 ? (line?.key ?? null) : null } }
}

/** -1: the line that was meant is not among the results of the current text. */
export const awaitedIndex = (lines: readonly Line[], { key }: Awaited): number =>
  key === null ? (lines.length === 0 ? -1 : 0) : lines.findIndex((line) => line.key === key)

/** The next line up or down, around the ends; -1: the list is empty. */
export const moveIn = (length: number, from: number, by: number): number =>
  length === 0 ? -1 : (from + by + length) % length
