import { useEffect, useRef } from 'react'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useQuery, type QueryState } from '../../client/hooks.ts'
import type { StripData } from '../../components/charts/strip-cells.ts'

/**
 * The strip of one OLT: asked again at most every `everyMs` while the network moves, and at once
 * when a walk of this OLT has ended, so that an age of a second never stands beside grey cells.
 */
export const useStrip = (olt: OltRow, everyMs: number): QueryState<StripData> => {
  const state = useQuery(
    'network.oltStrip',
    { oltId: olt.id },
    { on: ['network.changed'], everyMs },
  )
  const { refresh } = state
  const { status, optics } = olt.ages
  const first = useRef(true)
  useEffect(() => {
    if (first.current) first.current = false
    else refresh()
  }, [status, optics, olt.reachability, refresh])
  return state
}
