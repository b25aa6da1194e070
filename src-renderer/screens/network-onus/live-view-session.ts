import { create } from 'zustand'
import { callQuery, onEvent } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import {
  endedView,
  isSameOnu,
  isWatching,
  openedView,
  openingView,
  pausedView,
  refusedView,
  withReading,
  type LiveKey,
  type LiveView,
} from './live-view-model.ts'

/** The one live view of this window. Whoever shows it opens it, and closes it when he leaves. */

interface LiveStore {
  readonly view: LiveView | null
}

const useStore = create<LiveStore>(() => ({ view: null }))

/** What is known of this ONU's live view; null: nobody watches it here. */
export const useLiveView = (key: LiveKey): LiveView | null =>
  useStore(({ view }) => (view !== null && isSameOnu(view.key, key) ? view : null))

/** Without a word from the engine this long after the end, it is over all the same. */
const silentEndMs = 3000

let turns = 0
let stopListening: (() => void) | undefined
let endTimer: ReturnType<typeof setTimeout> | undefined

const change = (step: (view: LiveView) => LiveView): void =>
  useStore.setState(({ view }) => (view === null ? {} : { view: step(view) }))

const listen = (): void => {
  stopListening ??= onEvent('network.liveReading', (reading) =>
    change((view) => withReading(view, reading)),
  )
}

const rest = (): void => {
  clearTimeout(endTimer)
  stopListening?.()
  stopListening = undefined
}

/** The engine may have ended it already, or be locked: nothing is left to do then. */
const tellClosed = (oltId: string): void => {
  callQuery('network.closeLiveView', { oltId }).catch(() => undefined)
}

/** Begins, goes on after a pause, or asks for another minute. */
export const watchLive = (key: LiveKey): void => {
  const turn = ++turns
  const { view: before } = useStore.getState()
  if (before !== null && !isSameOnu(before.key, key) && isWatching(before)) {
    tellClosed(before.key.oltId)
  }
  useStore.setState({ view: openingView(before, key, Date.now()) })
  listen()
  callQuery('network.openLiveView', key).then(
    (answer) => {
      if (turn !== turns) {
        // Left while the engine was opening it: what nobody looks at must not go on.
        const { view } = useStore.getState()
        if (view === null || !isWatching(view)) tellClosed(key.oltId)
        return
      }
      change((view) => openedView(view, answer))
      clearTimeout(endTimer)
      endTimer = setTimeout(
        () => change((view) => (isWatching(view) ? endedView(view, 'time') : view)),
        Math.max(0, answer.until - Date.now()) + silentEndMs,
      )
    },
    (error: unknown) => {
      if (turn === turns) change((view) => refusedView(view, failureOf(error)))
    },
  )
}

/** Stops reading and keeps what was read on the screen. */
export const pauseLive = (key: LiveKey): void => {
  turns += 1
  change((view) => (isSameOnu(view.key, key) ? pausedView(view) : view))
  rest()
  tellClosed(key.oltId)
}

/** Ends it and forgets what was read. For leaving the page, too. */
export const leaveLive = (key: LiveKey): void => {
  const { view } = useStore.getState()
  if (view === null || !isSameOnu(view.key, key)) return
  turns += 1
  const watching = isWatching(view)
  useStore.setState({ view: null })
  rest()
  if (watching) tellClosed(key.oltId)
}
