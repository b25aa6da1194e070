import type { RefObject } from 'react'
import { useQuery, type QueryState } from '../../client/hooks.ts'
import { useWhileVisible } from '../../client/use-while-visible.ts'
import type { OltCare } from './care-model.ts'

const everyMs = 3000

/** The governor's figures, asked for again every few seconds while the page is looked at. */
export const useCare = (oltId: string, page: RefObject<Element | null>): QueryState<OltCare> => {
  const state = useQuery('network.oltCare', { oltId })
  useWhileVisible(page, state.refresh, everyMs)
  return state
}
