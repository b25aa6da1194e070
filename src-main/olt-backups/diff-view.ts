import type { z } from 'zod'
import type { diffLine } from '../../src-shared/contract/olt-backups.ts'
import type { ComparableText, FamilyText } from './config-text.ts'
import type { Change } from './line-diff.ts'

export type DiffLine = z.output<typeof diffLine>

/** A page cannot draw more, and nobody reads more. */
const mostShown = 20_000
const longestShown = 2_000

interface Side {
  readonly text: ComparableText
  readonly family: FamilyText
}

/**
 * Changes as lines for people: with `context` equal lines around each, gaps where more are equal.
 * SECURITY: masked after it was compared: that a secret differs shows as two equal lines, not how.
 */
export const viewOf = (
  changes: readonly Change[],
  before: Side,
  after: Side,
  context: number,
): { readonly lines: DiffLine[]; readonly cut: boolean } => {
  const lines: DiffLine[] = []
  const shown = ({ text, family }: Side, at: number): string => {
    const line = text.lines[text.numbers[at]! - 1] ?? ''
    // What is masked is the whole line: a long one is masked before it is cut.
    return family.mask(line).slice(0, longestShown)
  }
  const numberOf = ({ text }: Side, at: number): number => text.numbers[at] ?? 0
  let cut = false

  const same = (change: Change, from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      lines.push({
        kind: 'same',
        text: shown(after, change.after + at),
        before: numberOf(before, change.before + at),
        after: numberOf(after, change.after + at),
      })
    }
  }

  changes.forEach((change, index) => {
    if (lines.length >= mostShown) {
      cut ||= change.kind !== 'same'
      return
    }
    const { kind, count } = change
    if (kind === 'same') {
      const head = index === 0 ? 0 : Math.min(context, count)
      const tail = index === changes.length - 1 ? 0 : Math.min(context, count - head)
      same(change, 0, head)
      const left = count - head - tail
      if (left > 0) {
        const at = {
          before: numberOf(before, change.before + head),
          after: numberOf(after, change.after + head),
        }
        lines.push({ kind: 'gap', text: '', ...at, count: left })
      }
      same(change, count - tail, count)
      return
    }
    const fits = Math.min(count, mostShown - lines.length)
    cut ||= fits < count
    for (let at = 0; at < fits; at++) {
      lines.push(
        kind === 'added'
          ? {
              kind,
              text: shown(after, change.after + at),
              before: null,
              after: numberOf(after, change.after + at),
            }
          : {
              kind,
              text: shown(before, change.before + at),
              before: numberOf(before, change.before + at),
              after: null,
            },
      )
    }
  })
  return { lines, cut }
}
