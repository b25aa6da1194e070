import { useEffect, useRef } from 'react'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery, type QueryState } from '../../client/hooks.ts'
import { useLive } from '../../state/live.ts'

const atMostEveryMs = 1000

/** Asks again when an OLT's row changed, at most once a second. */
export const useRefreshOnOltChange = (refresh: () => void): void => {
  const revision = useLive((state) => state.oltsRevision)
  const first = useRef(true)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      refresh()
    }, atMostEveryMs)
  }, [revision, refresh])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
}

export const useOlts = (): QueryState<Output<'network.olts'>> => {
  const state = useQuery('network.olts', {})
  useRefreshOnOltChange(state.refresh)
  return state
}
