import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyEditor,
  longestLine,
  pastedLines,
  pressKey,
  submitLine,
  typeText,
  type EditKey,
  type LineEditor,
} from '../../src-renderer/screens/olt-cli/line-editor.ts'

const typed = (text: string): LineEditor => typeText(emptyEditor, text)
const pressed = (editor: LineEditor, ...keys: readonly EditKey[]): LineEditor =>
  keys.reduce(pressKey, editor)
const sent = (...lines: readonly string[]): LineEditor =>
  lines.reduce((editor, line) => submitLine(typeText(editor, line)).editor, emptyEditor)

describe('the line at the prompt', () => {
  it('never holds a control character, however it came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 4 }),
        (texts) => {
          const editor = texts.reduce(typeText, emptyEditor)
          expect(editor.text).not.toMatch(/\p{Cc}/u)
        },
      ),
      { seed: 82293 },
    )
    expect(typed('display board\nreboot').text).toBe('display boardreboot')
  })

  it('takes no more than the contract takes', () => {
    expect(typed('x'.repeat(5000)).text).toHaveLength(longestLine)
  })

  it('keeps the cursor within the line, whatever is pressed', () => {
    const keys: readonly EditKey[] = [
      'left',
      'right',
      'wordLeft',
      'wordRight',
      'home',
      'end',
      'up',
      'down',
      'backspace',
      'delete',
      'killToEnd',
      'killToStart',
      'killWord',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...keys), fc.string())),
        fc.array(fc.string()),
        (steps, before) => {
          let editor = sent(...before)
          for (const step of steps) {
            const key = keys.find((each) => each === step)
            editor = key === undefined ? typeText(editor, step) : pressKey(editor, key)
            expect(editor.cursor).toBeGreaterThanOrEqual(0)
            expect(editor.cursor).toBeLessThanOrEqual(editor.text.length)
          }
        },
      ),
      { seed: 48623 },
    )
  })

  it('types, deletes and kills where the cursor stands', () => {
    const line = typed('display ont info')
    expect(typeText(pressed(line, 'home'), 'x').text).toBe('xdisplay ont info')
    expect(pressed(line, 'left', 'backspace').text).toBe('display ont ino')
    expect(pressed(line, 'home', 'delete').text).toBe('isplay ont info')
    expect(pressed(line, 'wordLeft', 'killToEnd').text).toBe('display ont ')
    expect(pressed(line, 'wordLeft', 'killToStart').text).toBe('info')
    expect(pressed(line, 'killWord').text).toBe('display ont ')
    expect(pressed(line, 'killWord', 'killWord').text).toBe('display ')
  })

  it('goes through the lines before, and back to the own one', () => {
    const editor = typeText(sent('first', 'second'), 'mine')
    expect(pressed(editor, 'up').text).toBe('second')
    expect(pressed(editor, 'up', 'up').text).toBe('first')
    expect(pressed(editor, 'up', 'up', 'up').text).toBe('first')
    expect(pressed(editor, 'up', 'up', 'down', 'down').text).toBe('mine')
    expect(pressed(editor, 'down').text).toBe('mine')
  })

  it('keeps a repeated or empty line once or not at all', () => {
    expect(sent('a', 'a', '', '  ', 'b').history).toEqual(['a', 'b'])
  })
})

describe('what was pasted', () => {
  it('is one line where a break only ends it', () => {
    expect(pastedLines('display version\r\n')).toEqual(['display version'])
    expect(pastedLines('')).toEqual([''])
  })

  it('is several lines where breaks divide it, each without control characters', () => {
    expect(pastedLines('config\r\ninterface gpon 0/1\rquit\n\nx\u0003y')).toEqual([
      'config',
      'interface gpon 0/1',
      'quit',
      '',
      'x y',
    ])
  })
})
