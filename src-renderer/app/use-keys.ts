import { useMemo } from 'react'
import { usePreferences } from '../state/preferences.ts'
import { layOver, normaliseKeys, type OwnKeys } from './keyboard-own.ts'
import { shortcutNames, shortcuts, type ShortcutName } from './shortcuts.ts'

/** The signed-in person's keys, and what stands in their way. */
export const useOwnKeys = (): OwnKeys<ShortcutName> => {
  const own = usePreferences((state) => state.preferences.keys)
  return useMemo(() => ownKeysOf(own), [own])
}

let known: { readonly own: object; readonly keys: OwnKeys<ShortcutName> } | null = null

/** Many hints on a page ask for the same. */
export const ownKeysOf = (own: Readonly<Record<string, string>>): OwnKeys<ShortcutName> => {
  if (known?.own !== own) known = { own, keys: layOver(shortcuts, own) }
  return known.keys
}

const nameByKeys = new Map(shortcutNames.map((name) => [normaliseKeys(shortcuts[name].keys), name]))

/**
 * What a hint shows: keys of the table as the person has set them, empty where they have none; other
 * keys as they are.
 */
export const useShownKeys = (keys: string, literal: boolean): string => {
  const own = useOwnKeys()
  const name = literal ? undefined : nameByKeys.get(normaliseKeys(keys))
  return name === undefined ? keys : own.keys[name]
}
