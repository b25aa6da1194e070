import {
  emptyEditor,
  pressKey,
  submitLine,
  typeText,
  type EditKey,
  type LineEditor,
} from './line-editor.ts'
import { plainOutput } from './plain-output.ts'
import { drawLine, eraseLine } from './prompt-line.ts'

/** What of a terminal is needed to write in it. */
export interface Screen {
  readonly cols: number
  readonly write: (data: string) => void
  readonly clear: () => void
}

export interface TerminalLine {
  readonly type: (text: string) => void
  readonly press: (key: EditKey) => void
  readonly send: () => void
  /** Throws away what is being typed; false: there was nothing. */
  readonly discard: () => boolean
  readonly submit: (line: string) => void
  readonly write: (text: string) => void
  readonly note: (text: string) => void
  readonly setPrompt: (prompt: string | null) => void
  readonly clear: () => void
  readonly redraw: () => void
}

/** As the engine tells it (src-main/olt-cli/rules.ts): what follows is neither kept nor shown. */
const asksForSecret = (prompt: string): boolean =>
  /(?:pass\s?word|passwd|passphrase|secret|community|kata sandi|pin)[^\n]{0,40}[:?]\s*$/iu.test(
    prompt,
  )

/**
 * The line at the prompt, drawn below what the OLT says. While it answers there is no prompt: what is
 * typed meanwhile waits for the next one, and nothing is sent.
 */
export const createTerminalLine = (
  screen: Screen,
  onLine: (line: string) => void,
): TerminalLine => {
  let editor: LineEditor = emptyEditor
  let prompt: string | null = null
  let cursorRow = 0
  /** The OLT's last text ended within a line. */
  let midLine = false

  const draw = (): void => {
    if (prompt === null) return
    // SECURITY: a password that the OLT asks for is not to be read from the screen.
    const text = asksForSecret(prompt) ? '•'.repeat(editor.text.length) : editor.text
    const drawn = drawLine({ prompt, text, cursor: editor.cursor, columns: screen.cols }, cursorRow)
    cursorRow = drawn.cursorRow
    screen.write(drawn.sequence)
  }
  const erase = (): void => {
    if (prompt === null) return
    screen.write(eraseLine(cursorRow))
    cursorRow = 0
  }
  const change = (next: LineEditor): void => {
    editor = next
    draw()
  }
  const print = (text: string): void => {
    if (text === '') return
    screen.write(text)
    midLine = !text.endsWith('\n')
  }
  const send = (): void => {
    if (prompt === null) return
    change(pressKey(editor, 'end'))
    const submitted = submitLine(editor)
    // SECURITY: nor to be found again among the lines before.
    editor = asksForSecret(prompt)
      ? { ...submitted.editor, history: editor.history, at: editor.history.length }
      : submitted.editor
    prompt = null
    cursorRow = 0
    screen.write('\r\n')
    midLine = false
    onLine(submitted.line)
  }
  return {
    type: (text) => change(typeText(editor, text)),
    press: (key) => change(pressKey(editor, key)),
    send,
    discard: () => {
      if (prompt === null || editor.text === '') return false
      screen.write('^C\r\n')
      cursorRow = 0
      change({ ...editor, text: '', cursor: 0, at: editor.history.length, draft: '' })
      return true
    },
    submit: (line) => {
      editor = { ...editor, text: line, cursor: line.length }
      draw()
      send()
    },
    write: (text) => {
      erase()
      print(plainOutput(text))
      draw()
    },
    note: (text) => {
      erase()
      if (midLine) screen.write('\r\n')
      screen.write(`\u001b[33m${plainOutput(text)}\u001b[39m\r\n`)
      midLine = false
      draw()
    },
    setPrompt: (next) => {
      erase()
      if (next !== null && prompt === null && midLine) {
        screen.write('\r\n')
        midLine = false
      }
      prompt = next === null ? null : plainOutput(next).replaceAll('\n', ' ')
      draw()
    },
    clear: () => {
      erase()
      screen.clear()
      draw()
    },
    redraw: () => {
      // The terminal has broken its rows anew: where the cursor is now follows from the new width.
      if (prompt !== null) cursorRow = Math.floor((prompt.length + editor.cursor) / screen.cols)
      draw()
    },
  }
}
