import type { OwnKeys } from './keyboard-own.ts'
import { shortcutNames, shortcuts, type Shortcut, type ShortcutName } from './shortcuts.ts'

/** Shortcuts by group, as the help and the settings list them; without the page. */

export const keyGroups = [
  'everywhere',
  'goTo',
  'list',
  'record',
  'alarm',
  'counter',
  'strip',
  'chart',
] as const satisfies readonly Shortcut['group'][]

export interface ListedKey {
  readonly name: ShortcutName
  readonly label: string
  /** The person's own; empty: none. */
  readonly keys: string
  /** Other than in the table. */
  readonly changed: boolean
  /** Who has taken its keys. */
  readonly takenBy: ShortcutName | null
}

export interface ListedGroup {
  readonly group: Shortcut['group']
  readonly keys: readonly ListedKey[]
}

/** Those of which label or keys hold every typed word; groups without any are left out. */
export const listKeys = (
  own: OwnKeys<ShortcutName>,
  labelOf: (name: ShortcutName) => string,
  typed: string,
  includes: (name: ShortcutName) => boolean = () => true,
): readonly ListedGroup[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return keyGroups
    .map((group) => ({
      group,
      keys: shortcutNames
        .filter((name) => shortcuts[name].group === group && includes(name))
        .map((name) => ({
          name,
          label: labelOf(name),
          keys: own.keys[name],
          changed: own.keys[name] !== shortcuts[name].keys,
          takenBy: own.taken.get(name) ?? null,
        }))
        .filter(({ label, keys }) =>
          words.every(
            (word) =>
              label.toLowerCase().includes(word) ||
              keys.toLowerCase() === typed.toLowerCase().trim(),
          ),
        ),
    }))
    .filter(({ keys }) => keys.length > 0)
}
