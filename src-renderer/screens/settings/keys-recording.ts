import {
  clashWith,
  mostChords,
  refusalOf,
  type KeyRefusal,
  type OwnKeys,
} from '../../app/keyboard-own.ts'
import type { ShortcutName } from '../../app/shortcuts.ts'

/** What pressing keys for a shortcut comes to; without the page. */
export type Pressed =
  | { readonly kind: 'more'; readonly chords: readonly string[] }
  | { readonly kind: 'enough'; readonly keys: string }
  | { readonly kind: 'cancelled' }
  /** The shortcut is to have no key. */
  | { readonly kind: 'none' }

/** A second key may follow within this time, ms. */
export const secondKeyMs = 1_200

/** Escape ends it and Backspace takes the key away, as long as nothing else was pressed. */
export const pressWhileRecording = (chords: readonly string[], chord: string): Pressed => {
  if (chords.length === 0 && chord === 'escape') return { kind: 'cancelled' }
  if (chords.length === 0 && (chord === 'backspace' || chord === 'delete')) return { kind: 'none' }
  const next = [...chords, chord]
  return next.length >= mostChords
    ? { kind: 'enough', keys: next.join(' ') }
    : { kind: 'more', chords: next }
}

export type Judged =
  | { readonly kind: 'free' }
  | { readonly kind: 'refused'; readonly why: KeyRefusal }
  /** Another shortcut has these keys, or keys that begin alike. */
  | { readonly kind: 'clash'; readonly with: ShortcutName }

export const judgeKeys = (
  own: OwnKeys<ShortcutName>,
  name: ShortcutName,
  keys: string,
  inFields: boolean,
): Judged => {
  const why = refusalOf(keys, inFields)
  if (why !== null) return { kind: 'refused', why }
  const other = clashWith(own.keys, name, keys)
  return other === null ? { kind: 'free' } : { kind: 'clash', with: other }
}
