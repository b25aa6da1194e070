import { useEffect, useRef } from 'react'
import type { CallInput, Output } from '../../../src-shared/contract/index.ts'
import { useQuery, type QueryState } from '../../client/hooks.ts'

const again = { on: ['outages.changed'] as const, everyMs: 1000 }

/** Outages, asked again at most once a second when one has changed. */
export const useOutages = (input: CallInput<'outages.list'>): QueryState<Output<'outages.list'>> =>
  useQuery('outages.list', input, again)

const openOnes = { state: 'open', sort: 'affectedOnus', limit: 200 } as const

export const useOpenOutages = (): QueryState<Output<'outages.list'>> => useOutages(openOnes)

/** The last answer to the last question, while a new one is on its way: lists do not go blank. */
export const useLastValue = <Value>(value: Value | undefined): Value | undefined => {
  const last = useRef(value)
  useEffect(() => {
    if (value !== undefined) last.current = value
  })
  return value ?? last.current
}
