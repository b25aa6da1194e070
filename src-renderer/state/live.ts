import { create } from 'zustand'
import type { Output, Payload } from '../../src-shared/contract/index.ts'
import { CallError, callQuery, onEvent } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'
import { onMoment, shownMoment } from '../client/moment.ts'
import { startNoc } from './noc.ts'

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

const alive = { engineRunning: true } as const

const fromSummary = (summary: Output<'network.summary'>): Partial<Live> => ({
  counts: summary.counts,
  oldestStatusAt: summary.oldestStatusAt,
  oltsReachable: summary.olts.reachable,
  oltsTotal: summary.olts.total,
  at: summary.at,
  engineRunning: true,
})

const heartbeatMs = 15_000
const silenceMs = 10_000

/** Rejects when the engine says nothing at all for ten seconds. */
const askSummary = async (): Promise<Output<'network.summary'>> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new CallError({ code: 'timeout', params: {}, traceId: 'renderer' })),
      silenceMs,
    )
  })
  try {
    return await Promise.race([callQuery('network.summary', { oltIds: [] }), silence])
  } finally {
    clearTimeout(timer)
  }
}

/** A refusal is an answer: only silence and a broken bridge mean that the engine is away. */
const meansStopped = (error: unknown): boolean => {
  const { code, traceId } = failureOf(error)
  return code === 'engine-stopped' || traceId === 'renderer'
}

/** Follows while someone is signed in; on stop nothing of the network is left in memory here. */
export const startLive = (): (() => void) => {
  let ended = false
  const ask = (): void => {
    const asked = shownMoment()
    askSummary().then(
      (summary) => {
        // An answer that a change of moment has overtaken says only that the engine is there.
        if (!ended) useLive.setState(asked === shownMoment() ? fromSummary(summary) : alive)
      },
      (error: unknown) => {
        if (!ended && meansStopped(error)) useLive.setState({ engineRunning: false })
      },
    )
  }
  const stop = onEvent('network.changed', (change) =>
    // A past moment that is shown stays as it was.
    useLive.setState(shownMoment() === null ? { ...change, ...alive } : alive),
  )
  const stopMoment = onMoment(ask)
  const stopNoc = startNoc()
  ask()
  // The stream is silent when nothing moves: a slow question tells "quiet" from "stopped".
  const heartbeat = setInterval(ask, heartbeatMs)
  return () => {
    ended = true
    clearInterval(heartbeat)
    stop()
    stopMoment()
    stopNoc()
    useLive.setState(nothing, true)
  }
}
