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
  keys: {},
  views: {},
  notifications: { from: 'major', quietHours: null, sound: true, mutedUntil: null },
  wallboard: { pages: ['outages', 'counters', 'olts', 'light'], everyS: 20 },
}

export const usePreferences = create<PreferencesStore>(() => ({
  preferences: defaultPreferences,
  loaded: false,
}))

/** Only for the time before sign-in: shows at once, is not kept. */
export const previewPreferences = (change: Partial<Preferences>): void =>
  usePreferences.setState(({ preferences }) => ({ preferences: { ...preferences, ...change } }))

let underway = 0
let heard: Preferences | undefined

/** The engine's word counts, but not while a newer change of ours is still on its way to it. */
const hear = (preferences: Preferences): void => {
  if (underway === 0) usePreferences.setState({ preferences, loaded: true })
  else heard = preferences
}

/** Shows at once and keeps it; on failure what the engine has returns, and a message says why. */
export const changePreferences = (change: Partial<Preferences>): void => {
  previewPreferences(change)
  if (!usePreferences.getState().loaded) return
  underway += 1
  runCommand('preferences.set', change)
    .catch(async (error: unknown) => {
      showFailure(failureOf(error))
      heard = await callQuery('preferences.get', {}).catch(() => heard)
    })
    .finally(() => {
      underway -= 1
      if (underway > 0 || heard === undefined) return
      usePreferences.setState({ preferences: heard })
      heard = undefined
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
  const stop = onEvent('preferences.changed', hear)
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
