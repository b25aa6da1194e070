import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMarkdown, type Block } from '../../src-renderer/screens/families/markdown.ts'

const textOf = (block: Block): string => {
  switch (block.kind) {
    case 'code':
      return block.text
    case 'heading':
    case 'paragraph':
      return block.text.map(({ text }) => text).join('')
    case 'list':
      return block.items.map((item) => item.map(({ text }) => text).join('')).join('\n')
    case 'table':
      return [...(block.head.length === 0 ? [] : [block.head]), ...block.rows]
        .map((row) => row.map((cell) => cell.map(({ text }) => text).join('')).join('|'))
        .join('\n')
  }
}

describe('the README of a stranger', () => {
  it('keeps its markup as text: nothing of it becomes an element', () => {
    const source = '<img src=x onerror=alert(1)>\n\n- <b>bold</b>\n\n| <script> |'
    expect(parseMarkdown(source).map(textOf)).toEqual([
      '<img src=x onerror=alert(1)>',
      '<b>bold</b>',
      '<script>',
    ])
  })

  it('has no link to click on: its words stand with the address behind', () => {
    const [block] = parseMarkdown(
      'See [the manual](javascript:alert(1)) and [https://a.b](https://a.b).',
    )
    expect(block && textOf(block)).toBe('See the manual (javascript:alert(1)) and https://a.b.')
  })

  it('is cut where no person would have written on', () => {
    expect(parseMarkdown('a\n\n'.repeat(10_000)).length).toBe(1_000)
  })

  it('is read to its end, whatever it is made of', () => {
    const piece = fc.constantFrom(
      '# ',
      '|',
      '- ',
      '1. ',
      '```',
      '\n',
      '\n\n',
      '`',
      '**',
      '[',
      '](',
      ')',
      'word ',
      '  ',
      '---',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const blocks = parseMarkdown(pieces.join(''))
        const words = blocks.map(textOf).join(' ').match(/word/gu)?.length ?? 0
        // Words are lost only as the name of a code block's language.
        const fences = pieces.filter((each) => each === '```').length
        if (fences === 0) expect(words).toBe(pieces.filter((each) => each === 'word ').length)
      }),
      { seed: 20261122, numRuns: 500 },
    )
  })
})

describe('a README', () => {
  it('has headings, paragraphs of several lines, lists, tables and code', () => {
    const source = [
      '# Title',
      '',
      'One line',
      'and `code` and **more**.',
      '',
      '1. first',
      '   goes on',
      '2. second',
      '',
      '| what | how sure |',
      '| ---- | -------- |',
      '| a \\| b | proven |',
      '',
      '```',
      '# not a heading',
      '```',
    ].join('\n')
    const blocks = parseMarkdown(source)
    expect(blocks.map(({ kind }) => kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'table',
      'code',
    ])
    expect(blocks.map(textOf)).toEqual([
      'Title',
      'One line and code and more.',
      'first goes on\nsecond',
      'what|how sure\na | b|proven',
      '# not a heading',
    ])
    expect(blocks[1]).toMatchObject({
      text: [
        { kind: 'plain' },
        { kind: 'code', text: 'code' },
        { kind: 'plain' },
        { kind: 'strong', text: 'more' },
        { kind: 'plain' },
      ],
    })
  })

  it('of each family that comes with the console begins with its name and has a table', () => {
    const folder = join(import.meta.dirname, '../../assets/olt-families')
    for (const name of readdirSync(folder)) {
      const blocks = parseMarkdown(readFileSync(join(folder, name, 'README.md'), 'utf8'))
      expect([name, blocks[0]?.kind]).toEqual([name, 'heading'])
      expect(blocks.map(textOf).join('')).not.toContain('| ---')
    }
  })
})
