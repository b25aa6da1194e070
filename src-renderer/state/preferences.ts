import { create } from 'zustand'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import { callQuery, onEvent, runCommand } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'
import { showFailure } from '../components/toast.tsx'

export type TablePreferences = Preferences['tables'][string]

interface PreferencesStore {
  readonly preferences: Preferences
  /** false until the engine's answer is there: the defaults hold. */
  readonly loaded: boolean
}

/** As the contract's own defaults (a test compares); written out so that no schema has to run here. */
export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'en',
  density: 'compact',
  lockAfterMinutes: 5,
  tables: {},
  railCollapsed: false,
}

export const usePreferences = create<PreferencesStore>(() => ({
  preferences: defaultPreferences,
  loaded: false,
}))

/** Only for the time before sign-in: shows at once, is not kept. */
export const previewPreferences = (change: Partial<Preferences>): void =>
  usePreferences.setState(({ preferences }) => ({ preferences: { ...preferences, ...change } }))

/** Shows at once and keeps it; on failure the old value returns and a message says why. */
export const changePreferences = (change: Partial<Preferences>): void => {
  const before = usePreferences.getState().preferences
  previewPreferences(change)
  if (!usePreferences.getState().loaded) return
  runCommand('preferences.set', change).catch((error: unknown) => {
    usePreferences.setState({ preferences: before })
    showFailure(failureOf(error))
  })
}

/** How one table looks (columns, widths, sort); undefined: as the screen ships it. */
export const useTablePreferences = (table: string): TablePreferences | undefined =>
  usePreferences((state) => state.preferences.tables[table])

export const changeTablePreferences = (table: string, value: TablePreferences): void =>
  changePreferences({
    tables: { ...usePreferences.getState().preferences.tables, [table]: value },
  })

/** Loads and follows while someone is signed in; returns what ends it. */
export const startPreferences = (): (() => void) => {
  let ended = false
  const stop = onEvent('preferences.changed', (preferences) =>
    usePreferences.setState({ preferences, loaded: true }),
  )
  callQuery('preferences.get', {}).then(
    (preferences) => {
      if (!ended) usePreferences.setState({ preferences, loaded: true })
    },
    (error: unknown) => {
      if (!ended) showFailure(failureOf(error))
    },
  )
  return () => {
    ended = true
    stop()
    usePreferences.setState({ loaded: false })
  }
}
