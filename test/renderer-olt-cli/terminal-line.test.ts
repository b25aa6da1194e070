import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainOutput } from '../../src-renderer/screens/olt-cli/plain-output.ts'
import { drawLine } from '../../src-renderer/screens/olt-cli/prompt-line.ts'
import { actionOf } from '../../src-renderer/screens/olt-cli/terminal-keys.ts'
import { createTerminalLine } from '../../src-renderer/screens/olt-cli/terminal-line.ts'

const setUp = () => {
  const lines: string[] = []
  let written = ''
  const line = createTerminalLine(
    { cols: 80, write: (data) => (written += data), clear: () => (written = '') },
    (sent) => lines.push(sent),
  )
  return { line, lines, written: () => written }
}

describe('output of an OLT', () => {
  it('brings no sequence that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(plainOutput(text)).not.toMatch(/[^\P{Cc}\n\t]/u)
      }),
      { seed: 70049 },
    )
    expect(plainOutput('\u001b]0;owned\u0007\u001b[2Jok\r\nnext\u009b31m')).toBe(
      ']0;owned[2Jok\nnext31m',
    )
  })
})

describe('the line and its prompt', () => {
  it('sends nothing while the OLT answers, and keeps what was typed meanwhile', () => {
    const { line, lines } = setUp()
    line.type('display version')
    line.send()
    expect(lines).toEqual([])
    line.setPrompt('OLT>')
    line.send()
    expect(lines).toEqual(['display version'])
  })

  it('asks for one answer at a time', () => {
    const { line, lines } = setUp()
    line.setPrompt('OLT>')
    line.type('a')
    line.send()
    line.type('b')
    line.send()
    expect(lines).toEqual(['a'])
    line.setPrompt('OLT>')
    line.send()
    expect(lines).toEqual(['a', 'b'])
  })

  it('draws unasked-for words above the line that is being typed', () => {
    const { line, written } = setUp()
    line.setPrompt('OLT>')
    line.type('disp')
    line.write('! ALARM: LOS on 0/1/0\n')
    expect(written()).toMatch(/ALARM: LOS on 0\/1\/0\n.*OLT>.*disp[^a-z]*C$/s)
  })

  // SECURITY: what is typed at a question for a password.
  it('neither shows a password nor keeps it among the lines before', () => {
    const { line, lines, written } = setUp()
    line.setPrompt('Password:')
    line.type('hunter2')
    line.send()
    expect(lines).toEqual(['hunter2'])
    line.setPrompt('OLT#')
    line.press('up')
    expect(written()).not.toContain('hunter2')
  })

  it('throws a line away, and interrupts only where there is none', () => {
    const { line, lines } = setUp()
    line.setPrompt('OLT>')
    expect(line.discard()).toBe(false)
    line.type('reboot')
    expect(line.discard()).toBe(true)
    line.send()
    expect(lines).toEqual([''])
  })

  it('draws a prompt as text, whatever it holds', () => {
    const { line, written } = setUp()
    line.setPrompt('\u001b]52;c;cHduZWQ=\u0007OLT>')
    expect(written()).not.toContain('\u001b]')
  })
})

describe('drawing over rows', () => {
  it('goes back up as many rows as the cursor is below the prompt', () => {
    const first = drawLine({ prompt: 'OLT>', text: 'x'.repeat(200), cursor: 200, columns: 80 }, 0)
    expect(first.cursorRow).toBe(2)
    const next = drawLine({ prompt: 'OLT>', text: 'x'.repeat(10), cursor: 10, columns: 80 }, 2)
    expect(next.sequence.startsWith('\u001b[2A\r\u001b[J')).toBe(true)
    expect(next.cursorRow).toBe(0)
  })

  it('breaks after a row that is just full, so that the place of the cursor is sure', () => {
    const { sequence, cursorRow } = drawLine(
      { prompt: 'OLT>', text: 'x'.repeat(76), cursor: 76, columns: 80 },
      0,
    )
    expect(sequence).toContain('x\r\n')
    expect(cursorRow).toBe(1)
  })
})

describe('keys of the terminal', () => {
  const press = (key: string, more: object = {}) => ({
    key,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    shiftKey: false,
    ...more,
  })

  it('leaves with Tab and Esc, and lets the console lock', () => {
    expect(actionOf(press('Tab'), false).kind).toBe('page')
    expect(actionOf(press('Escape'), false).kind).toBe('page')
    expect(actionOf(press('l', { ctrlKey: true }), false).kind).toBe('page')
    expect(actionOf(press('v', { ctrlKey: true }), false).kind).toBe('page')
  })

  it('interrupts with Ctrl-C, and copies where something is marked', () => {
    expect(actionOf(press('c', { ctrlKey: true }), false).kind).toBe('interrupt')
    expect(actionOf(press('c', { ctrlKey: true }), true).kind).toBe('copy')
    expect(actionOf(press('C', { ctrlKey: true, shiftKey: true }), false).kind).toBe('copy')
  })

  it('edits as shells do', () => {
    const keyOf = (key: string) => actionOf(press(key, { ctrlKey: true }), false)
    expect(['a', 'e', 'u', 'k', 'w'].map(keyOf)).toEqual(
      ['home', 'end', 'killToStart', 'killToEnd', 'killWord'].map((key) => ({ kind: 'edit', key })),
    )
    expect(actionOf(press('ArrowUp'), false)).toEqual({ kind: 'edit', key: 'up' })
    expect(actionOf(press('Enter'), false).kind).toBe('send')
    expect(actionOf(press('x'), false).kind).toBe('text')
  })
})
