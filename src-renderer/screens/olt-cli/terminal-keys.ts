import type { EditKey } from './line-editor.ts'

/** What a key press means in the terminal. */
export type TerminalAction =
  | { readonly kind: 'edit'; readonly key: EditKey }
  | { readonly kind: 'send' | 'interrupt' | 'copy' | 'search' }
  | { readonly kind: 'scroll'; readonly pages: number }
  /** The page's own: leaving with Tab or Esc, locking, pasting. */
  | { readonly kind: 'page' }
  /** A character: it comes as text. */
  | { readonly kind: 'text' }

export interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

const plain: Readonly<Record<string, EditKey>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
  Backspace: 'backspace',
  Delete: 'delete',
}

const withControl: Readonly<Record<string, EditKey>> = {
  a: 'home',
  e: 'end',
  b: 'left',
  p: 'up',
  n: 'down',
  h: 'backspace',
  d: 'delete',
  u: 'killToStart',
  k: 'killToEnd',
  w: 'killWord',
  arrowleft: 'wordLeft',
  arrowright: 'wordRight',
  backspace: 'killWord',
}

export const actionOf = (press: PressedKey, marked: boolean): TerminalAction => {
  const { key, ctrlKey, altKey, metaKey, shiftKey } = press
  if (metaKey || key === 'Tab' || key === 'Escape' || /^F\d/.test(key)) return { kind: 'page' }
  if (ctrlKey) {
    const lower = key.toLowerCase()
    if (shiftKey) return lower === 'c' ? { kind: 'copy' } : { kind: 'page' }
    if (lower === 'c') return { kind: marked ? 'copy' : 'interrupt' }
    if (lower === 'f') return { kind: 'search' }
    if (lower === 'm' || lower === 'j') return { kind: 'send' }
    const edit = altKey ? undefined : withControl[lower]
    return edit === undefined ? { kind: 'page' } : { kind: 'edit', key: edit }
  }
  if (key === 'Enter') return { kind: 'send' }
  if (key === 'PageUp' || key === 'PageDown') {
    return { kind: 'scroll', pages: key === 'PageUp' ? -1 : 1 }
  }
  const edit = plain[key]
  return edit === undefined ? { kind: 'text' } : { kind: 'edit', key: edit }
}
