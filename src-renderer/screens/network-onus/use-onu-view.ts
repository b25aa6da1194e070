import { useEffect, useState, useSyncExternalStore } from 'react'
import { callQuery, onEvent } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { createOnuView, type OnuView, type OnuViewSnapshot } from './onu-view.ts'

/** A view of the engine's for as long as the screen is there. null: not yet. */
export const useOnuView = (): OnuView | null => {
  const [view, setView] = useState<OnuView | null>(null)
  useEffect(() => {
    const made = createOnuView({
      viewId: makeUuidV7(),
      openView: (input) => callQuery('network.openView', input),
      viewPage: (input) => callQuery('network.viewPage', input),
      closeView: (viewId) => callQuery('network.closeView', { viewId }),
      onViewChanged: (listener) => onEvent('network.viewChanged', listener),
      failureOf,
      later: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    setView(made)
    return () => {
      made.stop()
      setView(null)
    }
  }, [])
  return view
}

export const useOnuViewSnapshot = (view: OnuView): OnuViewSnapshot =>
  useSyncExternalStore(view.subscribe, view.snapshot)
