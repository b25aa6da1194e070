import type { Output } from '../../../src-shared/contract/index.ts'

/** A difference of two texts as rows of a screen, unified or side by side. No page in here. */

export type DiffLine = Output<'olt-backups.diff'>['lines'][number]

/** How the engine writes a secret. */
export const secretMask = '••••'

export interface DiffGap {
  readonly kind: 'gap'
  /** First line that is left out, from 1. */
  readonly before: number
  readonly after: number
  readonly count: number
  /** The line of the later text that comes after it; some in between may not have been compared. */
  readonly afterEnd: number
}

export interface DiffSide {
  /** From 1. */
  readonly line: number
  readonly text: string
  /** The part that differs from the line opposite, as positions in `text`; null: all or nothing. */
  readonly part: readonly [number, number] | null
}

export interface DiffChange {
  readonly kind: 'change'
  readonly before: readonly DiffSide[]
  readonly after: readonly DiffSide[]
  /** Lines that read alike because what differs in them is masked. */
  readonly secrets: boolean
}

export interface DiffSame {
  readonly kind: 'same'
  readonly before: number
  readonly after: number
  readonly text: string
}

export type DiffBlock = DiffSame | DiffGap | DiffChange

const isWordAt = (text: string, at: number): boolean => /[\p{L}\p{N}]/u.test(text[at] ?? '')

/** What differs in the middle of two lines, in whole words: its begin and its two ends. */
export const changedPart = (
  before: string,
  after: string,
): { readonly from: number; readonly beforeTo: number; readonly afterTo: number } => {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let tail = 0
  while (
    tail < shorter - from &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1
  }
  while (from > 0 && isWordAt(before, from - 1)) from -= 1
  while (tail > 0 && isWordAt(before, before.length - tail)) tail -= 1
  return { from, beforeTo: before.length - tail, afterTo: after.length - tail }
}

/**
 * Lines as blocks: what changed at one place stands together. A line number that the engine leaves
 * out is counted from what stands before it.
 */
export const blocksOf = (lines: readonly DiffLine[]): readonly DiffBlock[] => {
  const blocks: DiffBlock[] = []
  let before = 1
  let after = 1
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    if (line.kind === 'gap') {
      const count = line.count ?? 0
      before = line.before ?? before
      after = line.after ?? after
      const afterEnd = Math.max(after + count, nextAfter(lines, at + 1) ?? 0)
      if (count > 0) blocks.push({ kind: 'gap', before, after, count, afterEnd })
      before += count
      after += count
      at += 1
      continue
    }
    if (line.kind === 'same') {
      before = line.before ?? before
      after = line.after ?? after
      blocks.push({ kind: 'same', before, after, text: line.text })
      before += 1
      after += 1
      at += 1
      continue
    }
    const removed: DiffSide[] = []
    const added: DiffSide[] = []
    for (; lines[at]?.kind === 'removed' || lines[at]?.kind === 'added'; at += 1) {
      const { kind, text, ...numbers } = lines[at]!
      if (kind === 'removed') {
        before = numbers.before ?? before
        removed.push({ line: before, text, part: null })
        before += 1
      } else {
        after = numbers.after ?? after
        added.push({ line: after, text, part: null })
        after += 1
      }
    }
    blocks.push(withParts(removed, added))
  }
  return blocks
}

/** The later text's line that comes next; undefined: nothing tells it. */
const nextAfter = (lines: readonly DiffLine[], from: number): number | undefined => {
  for (let at = from; at < lines.length; at += 1) {
    const { kind, after } = lines[at]!
    if (after !== null) return after
    if (kind === 'gap') return undefined
  }
  return undefined
}

const withParts = (removed: readonly DiffSide[], added: readonly DiffSide[]): DiffChange => {
  const pairs = Math.min(removed.length, added.length)
  const parts = Array.from({ length: pairs }, (_, at) =>
    changedPart(removed[at]!.text, added[at]!.text),
  )
  // Two lines that have next to nothing in common are no change of one line.
  const alike = (at: number): boolean => {
    const part = parts[at]
    return part !== undefined && part.beforeTo - part.from < removed[at]!.text.length * 0.7
  }
  return {
    kind: 'change',
    before: removed.map((side, at) =>
      alike(at) ? { ...side, part: [parts[at]!.from, parts[at]!.beforeTo] } : side,
    ),
    after: added.map((side, at) =>
      alike(at) ? { ...side, part: [parts[at]!.from, parts[at]!.afterTo] } : side,
    ),
    secrets: Array.from({ length: pairs }, (_, at) => at).some(
      (at) =>
        removed[at]!.text.trimEnd() === added[at]!.text.trimEnd() &&
        removed[at]!.text.includes(secretMask),
    ),
  }
}

/** `texts`: lines of the later text, from 0. Opens the gap at this place. */
export const withGapOpen = (
  blocks: readonly DiffBlock[],
  gap: DiffGap,
  texts: readonly string[],
): readonly DiffBlock[] =>
  blocks.flatMap((block) =>
    block !== gap
      ? [block]
      : Array.from({ length: gap.afterEnd - gap.after }, (_, at): DiffSame => ({
          kind: 'same',
          before: gap.before + at,
          after: gap.after + at,
          text: texts[gap.after - 1 + at] ?? '',
        })),
  )

/** Characters that fit into one of two columns of a window so wide, in px (olt-backups.css). */
export const charactersBeside = (windowWidth: number): number =>
  Math.floor(((windowWidth - 210) / 2 - 80) / 7.5)

/** Everything that differs stands within so many characters of its line. */
export const differsWithin = (blocks: readonly DiffBlock[], characters: number): boolean =>
  blocks.every(
    (block) =>
      block.kind !== 'change' ||
      [...block.before, ...block.after].every(
        ({ text, part }) => (part?.[1] ?? text.length) <= characters,
      ),
  )

export type DiffCell = DiffSide & { readonly change: 'added' | 'removed' | 'same' }

export type DiffRow =
  | { readonly kind: 'gap'; readonly gap: DiffGap }
  | {
      readonly kind: 'lines'
      readonly left: DiffCell | null
      readonly right: DiffCell | null
      /** Which change it belongs to, from 0; null: none. */
      readonly change: number | null
      readonly secrets: boolean
    }

/** `split`: removed and added beside each other; otherwise removed above added. */
export const rowsOf = (
  blocks: readonly DiffBlock[],
  split: boolean,
): { readonly rows: readonly DiffRow[]; readonly changes: readonly number[] } => {
  const rows: DiffRow[] = []
  const changes: number[] = []
  for (const block of blocks) {
    if (block.kind === 'gap') rows.push({ kind: 'gap', gap: block })
    else if (block.kind === 'same') {
      const cell = { text: block.text, part: null, change: 'same' } as const
      rows.push({
        kind: 'lines',
        left: { ...cell, line: block.before },
        right: { ...cell, line: block.after },
        change: null,
        secrets: false,
      })
    } else {
      const change = changes.length
      changes.push(rows.length)
      const left = block.before.map((side) => ({ ...side, change: 'removed' as const }))
      const right = block.after.map((side) => ({ ...side, change: 'added' as const }))
      const rest = { kind: 'lines', change, secrets: block.secrets } as const
      if (split) {
        for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
          rows.push({ ...rest, left: left[at] ?? null, right: right[at] ?? null })
        }
      } else {
        for (const cell of left) rows.push({ ...rest, left: cell, right: null })
        for (const cell of right) rows.push({ ...rest, left: null, right: cell })
      }
    }
  }
  return { rows, changes }
}

/** As other tools read it: three lines of context, `-`, `+`, and `@@` where lines are left out. */
export const unifiedText = (
  blocks: readonly DiffBlock[],
  names: readonly [string, string],
): string => {
  const out = [`--- ${names[0]}`, `+++ ${names[1]}`]
  let hunk: string[] = []
  let from: readonly [number, number] = [1, 1]
  const flush = (): void => {
    const count = (sign: string): number => hunk.filter((line) => line[0] !== sign).length
    if (hunk.some((line) => line[0] !== ' ')) {
      out.push(`@@ -${from[0]},${count('+')} +${from[1]},${count('-')} @@`, ...hunk)
    }
    hunk = []
  }
  for (const block of blocks) {
    if (block.kind === 'gap') {
      flush()
      from = [block.before + block.count, block.after + block.count]
    } else if (block.kind === 'same') hunk.push(` ${block.text}`)
    else {
      hunk.push(
        ...block.before.map(({ text }) => `-${text}`),
        ...block.after.map(({ text }) => `+${text}`),
      )
    }
  }
  flush()
  return `${out.join('\n')}\n`
}
