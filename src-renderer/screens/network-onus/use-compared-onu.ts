import { useCallback, useMemo, useState } from 'react'
import { currentSearch, navigate, splitHash, useHashLocation } from '../../app/location.ts'
import { parseCompared, withCompared, type OnuRef } from './compare-query.ts'

/** The ONU laid over the charts; on a page it stands in the route, in a drawer it does not. */
export const useComparedOnu = (inRoute: boolean) => {
  const search = useHashLocation.searchHook()
  const [own, setOwn] = useState<OnuRef | null>(null)
  const inSearch = useMemo(() => parseCompared(search), [search])
  const compare = useCallback(
    (onu: OnuRef | null): void => {
      if (!inRoute) {
        setOwn(onu)
        return
      }
      const { path } = splitHash(window.location.hash)
      const query = withCompared(currentSearch(), onu)
      navigate(query === '' ? path : `${path}?${query}`, { replace: true })
    },
    [inRoute],
  )
  return { compared: inRoute ? inSearch : own, compare }
}
