import { useEffect, useState, useSyncExternalStore } from 'react'
import { callQuery, onEvent } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { createAlarmView, type AlarmView, type AlarmViewState } from './alarm-view.ts'

const followEveryMs = 1000

/** The list's view, following the book while the screen is open; null: not made yet. */
export const useAlarmView = (): AlarmView | null => {
  const [view, setView] = useState<AlarmView | null>(null)
  useEffect(() => {
    const made = createAlarmView({
      list: (input) => callQuery('alarms.list', input),
      rows: (ids) => callQuery('alarms.rows', { ids }),
      failureOf,
    })
    setView(made)
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onEvent('alarms.changed', () => {
      timer ??= setTimeout(() => {
        timer = undefined
        made.follow()
      }, followEveryMs)
    })
    return () => {
      clearTimeout(timer)
      stop()
      made.close()
    }
  }, [])
  return view
}

export const useAlarmViewState = (view: AlarmView): AlarmViewState =>
  useSyncExternalStore(view.subscribe, view.snapshot)
