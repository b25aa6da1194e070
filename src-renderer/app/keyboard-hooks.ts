import { useEffect, useRef, useSyncExternalStore } from 'react'
import { chordOf, createKeyboard, type KeyPress } from './keyboard.ts'
import { usePreferences } from '../state/preferences.ts'
import { shortcuts, type ShortcutName } from './shortcuts.ts'
import { ownKeysOf } from './use-keys.ts'

const mac = navigator.userAgent.includes('Mac')
const keyboard = createKeyboard<ShortcutName>(shortcuts, { mac })

/** Gives a key of the table something to do while the component is mounted (and `enabled`). */
export const useShortcut = (name: ShortcutName, run: () => void, enabled = true): void => {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(
    () => (enabled ? keyboard.handle(name, () => latest.current()) : undefined),
    [name, enabled],
  )
}

/** Several at once that never change and never rest, as the jumps to all pages. */
export const useShortcuts = (
  list: readonly { readonly name: ShortcutName; readonly run: () => void }[],
): void =>
  useEffect(() => {
    const ends = list.map(({ name, run }) => keyboard.handle(name, run))
    return () => {
      for (const end of ends) end()
    }
  }, [list])

/** What this machine makes of a press: as the table writes it; undefined: only a modifier. */
export const chordPressed = (press: KeyPress): string | undefined => chordOf(press, mac)

export const useActiveShortcuts = (): ReadonlySet<ShortcutName> =>
  useSyncExternalStore(keyboard.subscribe, keyboard.active)

const textInputs = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color'])

const isTextField = (target: EventTarget | null): boolean => {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !textInputs.has(target.type)
}

/** Dialogs, menus and lists have the keyboard for themselves while they are open. */
const overlayOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="menu"], [role="listbox"][data-nc-open]') !== null

const wantsEnter = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button, a, summary, [role="button"], [role="menuitem"], [role="tab"]') !== null

/** Starts listening; returns what ends it. */
export const startKeyboard = (): (() => void) => {
  // Seen before anyone acts on the press: the Escape that closes a dialog is the dialog's alone.
  let underOverlay = false
  const onPress = (): void => {
    underOverlay = overlayOpen()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    if (underOverlay) return
    // Enter and Space belong to the control that has the focus.
    if ((event.key === 'Enter' || event.key === ' ') && wantsEnter(event.target)) return
    const inField = isTextField(event.target)
    if (inField && event.key === 'Escape' && event.target instanceof HTMLElement) {
      event.target.blur()
      return
    }
    if (keyboard.press(event, inField, event.timeStamp)) event.preventDefault()
  }
  const takeKeys = (own: Readonly<Record<string, string>>): void =>
    keyboard.setKeys(ownKeysOf(own).keys)
  takeKeys(usePreferences.getState().preferences.keys)
  const stopKeys = usePreferences.subscribe(({ preferences }, before) => {
    if (preferences.keys !== before.preferences.keys) takeKeys(preferences.keys)
  })
  window.addEventListener('keydown', onPress, { capture: true })
  window.addEventListener('keydown', onKeyDown)
  return () => {
    stopKeys()
    window.removeEventListener('keydown', onPress, { capture: true })
    window.removeEventListener('keydown', onKeyDown)
  }
}
