import { useEffect } from 'react'
import { create } from 'zustand'
import type { Output } from '../../src-shared/contract/index.ts'
import { callQuery, onEvent } from '../client/client.ts'

/** Currency and calendar of the workspace; asked for once by whatever shows money. */
type Settings = Output<'billing.settings'>

const useStore = create<{ readonly settings: Settings | null }>(() => ({ settings: null }))

let asked = false

const ask = (): void => {
  // Who may not see it sees every amount with its currency's code.
  callQuery('billing.settings', {}).then(
    (settings) => useStore.setState({ settings }),
    () => undefined,
  )
}

/** Null: not known (yet), or not for this person. */
export const useBillingSettings = (): Settings | null => {
  useEffect(() => {
    if (asked) return
    asked = true
    ask()
    onEvent('billing.changed', ({ what }) => {
      if (what === 'settings') ask()
    })
  }, [])
  return useStore(({ settings }) => settings)
}
