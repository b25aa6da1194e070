import { create } from 'zustand'
import type { Output, Payload } from '../../src-shared/contract/index.ts'
import { callQuery, onEvent } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'

/** What is wrong in one glance: for the top bar, the dashboard and the wallboard. */

export type AlarmCounts = Output<'alarms.summary'>
export type OpenOutages = Pick<Payload<'outages.changed'>, 'open' | 'affectedOnus' | 'worst'>

export interface Noc {
  /** undefined: not known, or not for this person to see. */
  readonly alarms: AlarmCounts | undefined
  readonly outages: OpenOutages | undefined
  /** Goes up when an outage has changed: ask for the outages again. */
  readonly outagesRevision: number
  /** When the last outage ended; null: none ever did. undefined: not known. */
  readonly lastOutageEndedAt: number | null | undefined
}

const nothing: Noc = {
  alarms: undefined,
  outages: undefined,
  outagesRevision: 0,
  lastOutageEndedAt: undefined,
}

export const useNoc = create<Noc>(() => nothing)

/** The events come when something changes; what was missed while the engine was away comes so. */
const againMs = 30_000
const ended = 100

export const summariseOutages = (rows: Output<'outages.list'>['outages']): OpenOutages => ({
  open: rows.length,
  affectedOnus: rows.reduce((sum, row) => sum + row.affectedOnus, 0),
  worst:
    (['critical', 'major', 'minor', 'warning', 'indeterminate'] as const).find((severity) =>
      rows.some((row) => row.severity === severity),
    ) ?? null,
})

export const lastEndOf = (rows: Output<'outages.list'>['outages']): number | null =>
  rows.reduce<number | null>(
    (last, row) => (row.endedAt === null ? last : Math.max(last ?? 0, row.endedAt)),
    null,
  )

/** Follows while someone is signed in; on stop nothing of it is left in memory here. */
export const startNoc = (): (() => void) => {
  let stopped = false
  const keep = (change: Partial<Noc>): void => {
    if (!stopped) useNoc.setState(change)
  }
  const askAlarms = (): void => {
    callQuery('alarms.summary', {}).then(
      (alarms) => keep({ alarms }),
      (error: unknown) => {
        if (failureOf(error).code === 'permission-denied') keep({ alarms: undefined })
      },
    )
  }
  const askOutages = (): void => {
    callQuery('outages.list', { limit: 500 }).then(
      ({ outages, total, revision }) => {
        const known = summariseOutages(outages)
        keep({ outages: { ...known, open: total }, outagesRevision: revision })
        if (total === 0) askLastEnd()
      },
      () => undefined,
    )
  }
  const askLastEnd = (): void => {
    callQuery('outages.list', { state: 'ended', sort: 'beganAt', limit: ended }).then(
      ({ outages }) => keep({ lastOutageEndedAt: lastEndOf(outages) }),
      () => undefined,
    )
  }
  const stops = [
    onEvent('alarms.changed', (alarms) => keep({ alarms })),
    onEvent('outages.changed', ({ open, affectedOnus, worst, revision }) => {
      const before = useNoc.getState().outages
      keep({ outages: { open, affectedOnus, worst }, outagesRevision: revision })
      if (open === 0 && before?.open !== 0) askLastEnd()
    }),
  ]
  const ask = (): void => {
    askAlarms()
    askOutages()
  }
  ask()
  const timer = setInterval(ask, againMs)
  return () => {
    stopped = true
    clearInterval(timer)
    for (const stop of stops) stop()
    useNoc.setState(nothing, true)
  }
}
