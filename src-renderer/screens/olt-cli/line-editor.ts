/** One line being typed at a prompt, with the lines before it. Pure: keys in, the next state out. */

export interface LineEditor {
  readonly text: string
  /** Before which character the cursor stands. */
  readonly cursor: number
  readonly history: readonly string[]
  /** Which line of the history is shown; `history.length`: none, the person's own. */
  readonly at: number
  /** The own line while an earlier one is shown. */
  readonly draft: string
}

export type EditKey =
  | 'left'
  | 'right'
  | 'wordLeft'
  | 'wordRight'
  | 'home'
  | 'end'
  | 'up'
  | 'down'
  | 'backspace'
  | 'delete'
  | 'killToEnd'
  | 'killToStart'
  | 'killWord'

export const emptyEditor: LineEditor = { text: '', cursor: 0, history: [], at: 0, draft: '' }

const kept = 500
/** What the contract takes in one line. */
export const longestLine = 1000

const withText = (editor: LineEditor, text: string, cursor: number): LineEditor => ({
  ...editor,
  text,
  cursor,
})

/** SECURITY: control characters never get into a line: it would be more than one, or not a line. */
export const typeText = (editor: LineEditor, typed: string): LineEditor => {
  const clean = typed.replace(/\p{Cc}/gu, '')
  const room = Math.max(0, longestLine - editor.text.length)
  const added = clean.slice(0, room)
  const { text, cursor } = editor
  return withText(editor, text.slice(0, cursor) + added + text.slice(cursor), cursor + added.length)
}

const wordStart = (text: string, cursor: number): number =>
  cursor - (/\S*\s*$/.exec(text.slice(0, cursor))?.[0].length ?? 0)

const wordEnd = (text: string, cursor: number): number =>
  cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0)

const fromHistory = (editor: LineEditor, at: number): LineEditor => {
  const { history } = editor
  if (at < 0 || at > history.length || at === editor.at) return editor
  const draft = editor.at === history.length ? editor.text : editor.draft
  const text = at === history.length ? draft : history[at]!
  return { ...editor, at, draft, text, cursor: text.length }
}

export const pressKey = (editor: LineEditor, key: EditKey): LineEditor => {
  const { text, cursor } = editor
  switch (key) {
    case 'left':
      return withText(editor, text, Math.max(0, cursor - 1))
    case 'right':
      return withText(editor, text, Math.min(text.length, cursor + 1))
    case 'wordLeft':
      return withText(editor, text, wordStart(text, cursor))
    case 'wordRight':
      return withText(editor, text, wordEnd(text, cursor))
    case 'home':
      return withText(editor, text, 0)
    case 'end':
      return withText(editor, text, text.length)
    case 'up':
      return fromHistory(editor, editor.at - 1)
    case 'down':
      return fromHistory(editor, editor.at + 1)
    case 'backspace':
      return cursor === 0
        ? editor
        : withText(editor, text.slice(0, cursor - 1) + text.slice(cursor), cursor - 1)
    case 'delete':
      return withText(editor, text.slice(0, cursor) + text.slice(cursor + 1), cursor)
    case 'killToEnd':
      return withText(editor, text.slice(0, cursor), cursor)
    case 'killToStart':
      return withText(editor, text.slice(cursor), 0)
    case 'killWord': {
      const from = wordStart(text, cursor)
      return withText(editor, text.slice(0, from) + text.slice(cursor), from)
    }
  }
}

/** The line is sent: it joins the history, once where it repeats the one before. */
export const submitLine = (
  editor: LineEditor,
): { readonly line: string; readonly editor: LineEditor } => {
  const line = editor.text
  const repeated = line.trim() === '' || editor.history.at(-1) === line
  const history = repeated ? editor.history : [...editor.history, line].slice(-kept)
  return { line, editor: { text: '', cursor: 0, history, at: history.length, draft: '' } }
}

/** What was pasted as lines to send; a break at the end makes no further one. */
export const pastedLines = (text: string): readonly string[] => {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '' && lines.length > 1) lines.pop()
  return lines.map((line) => line.replace(/\p{Cc}/gu, ' ').slice(0, longestLine))
}
