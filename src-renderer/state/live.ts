import { create } from 'zustand'
import type { Output, Payload } from '../../src-shared/contract/index.ts'
import { callQuery, onEvent } from '../client/client.ts'

/** The network in one glance, as the top bar and the dashboard show it. */
export interface Live {
  readonly counts: Payload<'network.changed'>['counts'] | undefined
  readonly oldestStatusAt: number | null
  readonly oltsReachable: number
  readonly oltsTotal: number
  /** Goes up when an OLT's row changed: ask for the OLTs again. */
  readonly oltsRevision: number
  readonly at: number
  /** false: the engine stopped answering; what is shown stands still. */
  readonly engineRunning: boolean
}

const nothing: Live = {
  counts: undefined,
  oldestStatusAt: null,
  oltsReachable: 0,
  oltsTotal: 0,
  oltsRevision: 0,
  at: 0,
  engineRunning: true,
}

export const useLive = create<Live>(() => nothing)

const fromSummary = (summary: Output<'network.summary'>): Partial<Live> => ({
  counts: summary.counts,
  oldestStatusAt: summary.oldestStatusAt,
  oltsReachable: summary.olts.reachable,
  oltsTotal: summary.olts.total,
  at: summary.at,
  engineRunning: true,
})

const heartbeatMs = 15_000

/** Follows while someone is signed in; on stop nothing of the network is left in memory here. */
export const startLive = (): (() => void) => {
  let ended = false
  const ask = (): void => {
    callQuery('network.summary', { oltIds: [] }).then(
      (summary) => {
        if (!ended) useLive.setState(fromSummary(summary))
      },
      () => {
        if (!ended) useLive.setState({ engineRunning: false })
      },
    )
  }
  const stop = onEvent('network.changed', (change) =>
    useLive.setState({ ...change, engineRunning: true }),
  )
  ask()
  // The stream is silent when nothing moves: a slow question tells "quiet" from "stopped".
  const heartbeat = setInterval(ask, heartbeatMs)
  return () => {
    ended = true
    clearInterval(heartbeat)
    stop()
    useLive.setState(nothing, true)
  }
}
