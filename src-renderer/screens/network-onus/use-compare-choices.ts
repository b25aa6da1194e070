import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import type { SearchHit } from '../../../src-shared/contract/search.ts'
import { readAddress } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { useRecent } from '../../state/recent.ts'
import type { OnuRef } from './compare-query.ts'
import { emptyFilter } from './onu-query.ts'

export interface CompareGroup {
  readonly name: 'siblings' | 'recent' | 'found'
  readonly onus: readonly OnuRow[]
}

const most = 8
const pauseMs = 150

/** `/onus/<olt>/<address>` of a record that was opened. */
const refOfRoute = (route: string): OnuRef | null => {
  const match = /^\/onus\/([0-9a-f-]{36})\/([\d-]+)/.exec(route)
  const address = match === null ? null : readAddress(match[2]!)
  return match === null || address === null ? null : { oltId: match[1]!, address }
}

/** What is offered: what was found by the text; without one the neighbours and what was opened. */
export const useCompareChoices = (onu: OnuRef, text: string) => {
  const [asked] = useDebouncedValue(text.trim(), pauseMs)
  const search = useQuery(
    'search.find',
    { text: asked, limit: 20, scopes: ['onus'] },
    { skip: asked === '' },
  )
  const siblings = useSiblings(onu)
  const recent = useRecentOnus()
  const groups: readonly CompareGroup[] =
    text.trim() === ''
      ? [
          { name: 'siblings', onus: siblings },
          { name: 'recent', onus: recent },
        ]
      : [{ name: 'found', onus: asked === '' ? [] : onusOf(search.value?.hits ?? []) }]
  return {
    groups,
    searching: text.trim() !== asked || search.loading,
    failed: search.failure !== undefined && !search.loading,
  }
}

const onusOf = (hits: readonly SearchHit[]): readonly OnuRow[] =>
  hits.flatMap((hit) => (hit.kind === 'onu' ? [hit.onu] : []))

const keyOf = ({ oltId, address }: OnuRef): string => JSON.stringify([oltId, address])

/** Others on its PON, by a view that is closed at once. */
const useSiblings = (onu: OnuRef): readonly OnuRow[] => {
  const [found, setFound] = useState<readonly OnuRow[]>([])
  const key = keyOf(onu)
  useEffect(() => {
    let ended = false
    const [oltId, { shelf, slot, port }] = JSON.parse(key) as [string, OnuRef['address']]
    const viewId = makeUuidV7()
    callQuery('network.openView', {
      viewId,
      filter: { ...emptyFilter, oltIds: [oltId], pon: { shelf, slot, port } },
      sort: { column: 'address', descending: false },
      limit: most + 1,
    })
      .then(({ onus }) => {
        if (!ended) setFound(onus)
      })
      .catch(() => undefined)
      .finally(() => {
        callQuery('network.closeView', { viewId }).catch(() => undefined)
      })
    return () => {
      ended = true
    }
  }, [key])
  return found
}

const useRecentOnus = (): readonly OnuRow[] => {
  const [found, setFound] = useState<readonly OnuRow[]>([])
  const key = useRecent(({ items }) =>
    JSON.stringify(items.filter(({ kind }) => kind === 'onu').map(({ route }) => route)),
  )
  useEffect(() => {
    let ended = false
    const refs = (JSON.parse(key) as string[]).map(refOfRoute).filter((ref) => ref !== null)
    // What is not there any more is left out.
    Promise.allSettled(refs.map((ref) => callQuery('network.onu', ref))).then(
      (answers) => {
        if (ended) return
        setFound(answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value.onu] : [])))
      },
      () => undefined,
    )
    return () => {
      ended = true
    }
  }, [key])
  return found
}
