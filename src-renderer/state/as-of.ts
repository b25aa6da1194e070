import { create } from 'zustand'
import type { Failure } from '../../src-shared/contract/envelope.ts'
import { currentMoment, currentRoute, goToMoment, onLocation } from '../app/location.ts'
import { showsNetwork } from '../app/moment-address.ts'
import { callQuery, onEvent, runCommand } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'
import { showMoment } from '../client/moment.ts'
import { makeUuidV7 } from '../client/uuid.ts'

/** Which moment is looked at: said by the address, made ready by the engine, then shown. */
export type AsOf =
  | { readonly kind: 'now' }
  /** A page of the present is open; the moment waits for one that shows the network. */
  | { readonly kind: 'waiting'; readonly at: number }
  | {
      readonly kind: 'preparing'
      readonly at: number
      readonly done: number
      readonly total: number | null
    }
  | { readonly kind: 'ready'; readonly at: number; readonly onus: number; readonly unknown: number }
  | { readonly kind: 'failed'; readonly at: number; readonly failure: Failure }

export const useAsOf = create<{ readonly asOf: AsOf }>(() => ({ asOf: { kind: 'now' } }))

const set = (asOf: AsOf): void => useAsOf.setState({ asOf })
const state = (): AsOf => useAsOf.getState().asOf

let task: string | null = null

const giveUp = (): void => {
  const taskId = task
  task = null
  // What it was for is no longer wanted, whatever becomes of it.
  if (taskId !== null) runCommand('workspace.cancel', { taskId }).catch(() => undefined)
}

const prepare = (at: number): void => {
  giveUp()
  const taskId = makeUuidV7()
  task = taskId
  set({ kind: 'preparing', at, done: 0, total: null })
  callQuery('network.prepareAsOf', { taskId, asOf: at }).then(
    ({ asOf, onus, unknown }) => {
      if (task !== taskId) return
      task = null
      showMoment(asOf)
      set({ kind: 'ready', at, onus, unknown })
    },
    (error: unknown) => {
      if (task !== taskId) return
      task = null
      showMoment(null)
      set({ kind: 'failed', at, failure: failureOf(error) })
    },
  )
}

/** The address has the word. */
const follow = (): void => {
  const at = currentMoment()
  const before = state()
  if (at === null) {
    giveUp()
    showMoment(null)
    if (before.kind !== 'now') set({ kind: 'now' })
  } else if (!showsNetwork(currentRoute())) {
    giveUp()
    showMoment(null)
    if (before.kind !== 'waiting' || before.at !== at) set({ kind: 'waiting', at })
  } else if (before.kind === 'now' || before.kind === 'waiting' || before.at !== at) {
    prepare(at)
  }
}

export const startAsOf = (): (() => void) => {
  const stops = [
    onLocation(follow),
    onEvent('workspace.progress', ({ taskId, done, total }) => {
      const before = state()
      if (taskId === task && before.kind === 'preparing') set({ ...before, done, total })
    }),
  ]
  follow()
  return () => {
    for (const stop of stops) stop()
    giveUp()
    showMoment(null)
    set({ kind: 'now' })
  }
}

export const lookAt = (at: number): void => goToMoment(at)
export const backToNow = (): void => goToMoment(null)
export const tryMomentAgain = (): void => {
  const before = state()
  if (before.kind === 'failed') prepare(before.at)
}
