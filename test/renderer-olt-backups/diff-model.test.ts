import { diffArrays } from 'diff'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blocksOf,
  changedPart,
  rowsOf,
  unifiedText,
  withGapOpen,
  type DiffLine,
} from '../../src-renderer/screens/olt-backups/diff-model.ts'

/** As the engine answers: all lines, then equal ones left out but for `context`. */
const linesOf = (before: readonly string[], after: readonly string[], context: number) => {
  const all: DiffLine[] = []
  let a = 1
  let b = 1
  for (const { added, removed, value } of diffArrays([...before], [...after])) {
    for (const text of value) {
      if (added) all.push({ kind: 'added', text, before: null, after: b++ })
      else if (removed) all.push({ kind: 'removed', text, before: a++, after: null })
      else all.push({ kind: 'same', text, before: a++, after: b++ })
    }
  }
  const near = all.map((_, at) =>
    all.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same'),
  )
  const lines: DiffLine[] = []
  all.forEach((line, at) => {
    const last = lines.at(-1)
    if (near[at] === true) lines.push(line)
    else if (last?.kind === 'gap') last.count = (last.count ?? 0) + 1
    else lines.push({ kind: 'gap', text: '', before: null, after: null, count: 1 })
  })
  return lines
}

const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '••••'), { maxLength: 30 })

describe('a difference', () => {
  it('holds both texts wholly once every gap is open, whatever differs', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 3 }), (before, after, context) => {
        let blocks = blocksOf(linesOf(before, after, context))
        for (let gap = blocks.find(({ kind }) => kind === 'gap'); gap?.kind === 'gap';) {
          blocks = withGapOpen(blocks, gap, after)
          gap = blocks.find(({ kind }) => kind === 'gap')
        }
        for (const split of [true, false]) {
          const { rows } = rowsOf(blocks, split)
          const left = rows.flatMap((row) =>
            row.kind === 'lines' && row.left !== null ? [row.left] : [],
          )
          const right = rows.flatMap((row) =>
            row.kind === 'lines' && row.right !== null ? [row.right] : [],
          )
          expect(left.map((cell) => cell.text)).toEqual(before)
          expect(right.map((cell) => cell.text)).toEqual(after)
          expect(left.map(({ line }) => line)).toEqual(before.map((_, at) => at + 1))
          expect(right.map(({ line }) => line)).toEqual(after.map((_, at) => at + 1))
        }
      }),
      { seed: 45452 },
    )
  })

  it('names each place once, where it begins', () => {
    const blocks = blocksOf(linesOf(['a', 'b', 'c', 'd'], ['a', 'x', 'y', 'c', 'z'], 3))
    const { rows, changes } = rowsOf(blocks, false)
    expect(changes).toHaveLength(2)
    expect(
      changes.map((at) => {
        const row = rows[at]
        return row?.kind === 'lines' ? row.change : undefined
      }),
    ).toEqual([0, 1])
  })

  it('puts removed and added beside each other only where it is split', () => {
    const blocks = blocksOf(linesOf(['vlan 10'], ['vlan 20'], 3))
    expect(rowsOf(blocks, true).rows).toHaveLength(1)
    expect(rowsOf(blocks, false).rows).toHaveLength(2)
  })

  it('shows which part of a line changed', () => {
    expect(changedPart('lineprofile-id 10 x', 'lineprofile-id 200 x')).toEqual({
      from: 15,
      beforeTo: 17,
      afterTo: 18,
    })
    const [block] = blocksOf(linesOf(['port vlan 0/1 native 100'], ['port vlan 0/1 native 200'], 3))
    expect(block).toMatchObject({ before: [{ part: [21, 24] }], after: [{ part: [21, 24] }] })
  })

  it('says that a secret differs where only masks are left to see', () => {
    const masked: DiffLine[] = [
      { kind: 'removed', text: 'password ••••', before: 1, after: null },
      { kind: 'added', text: 'password ••••', before: null, after: 1 },
    ]
    expect(blocksOf(masked)[0]).toMatchObject({ kind: 'change', secrets: true })
    expect(blocksOf(linesOf(['a ••••'], ['b ••••'], 3))[0]).toMatchObject({ secrets: false })
  })

  it('opens a gap with all that stands there, lines that were not compared included', () => {
    const lines: DiffLine[] = [
      { kind: 'gap', text: '', before: 1, after: 1, count: 2 },
      { kind: 'same', text: 'd', before: 4, after: 4 },
      { kind: 'added', text: 'e', before: null, after: 5 },
    ]
    const blocks = blocksOf(lines)
    const gap = blocks[0]!
    const open = gap.kind === 'gap' ? withGapOpen(blocks, gap, ['a', '! 12:00', 'c', 'd', 'e']) : []
    const { rows } = rowsOf(open, true)
    expect(rows.map((row) => row.kind === 'lines' && row.right?.text)).toEqual([
      'a',
      '! 12:00',
      'c',
      'd',
      'e',
    ])
  })

  it('is written as other tools read it', () => {
    const blocks = blocksOf(
      linesOf(['a', 'b', 'c', 'd', 'e', 'f'], ['a', 'b', 'c', 'd', 'x', 'f'], 1),
    )
    expect(unifiedText(blocks, ['old', 'new'])).toBe(
      ['--- old', '+++ new', '@@ -4,3 +4,3 @@', ' d', '-e', '+x', ' f', ''].join('\n'),
    )
  })
})
