import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { emptyFilter } from '../network-onus/onu-query.ts'

/** Receive levels of an OLT's online ONUs, in no order that matters; null: no value. */
export interface Levels {
  readonly onuRxDbm: readonly (number | null)[]
  readonly oltRxDbm: readonly (number | null)[]
}

const pageSize = 500

/** Through a view of the ONU table, page by page: a page is what the engine gives at once. */
const readLevels = async (oltId: string, isWanted: () => boolean): Promise<Levels> => {
  const viewId = makeUuidV7()
  const filter = { ...emptyFilter, oltIds: [oltId], states: ['online' as const] }
  const sort = { column: 'address' as const, descending: false }
  const onuRxDbm: (number | null)[] = []
  const oltRxDbm: (number | null)[] = []
  try {
    let page = await callQuery('network.openView', { viewId, filter, sort, limit: pageSize })
    for (;;) {
      for (const onu of page.onus) {
        onuRxDbm.push(onu.onuRxDbm)
        oltRxDbm.push(onu.oltRxDbm)
      }
      const offset = onuRxDbm.length
      if (page.onus.length === 0 || offset >= page.total || !isWanted()) break
      page = {
        ...page,
        ...(await callQuery('network.viewPage', { viewId, offset, limit: pageSize })),
      }
    }
  } finally {
    // The engine forgets the longest unused view by itself; a failed close changes nothing.
    callQuery('network.closeView', { viewId }).catch(() => undefined)
  }
  return { onuRxDbm, oltRxDbm }
}

export interface LevelsState {
  readonly value: Levels | undefined
  readonly failure: Failure | undefined
  readonly refresh: () => void
}

/** Read when the page opens and again when this OLT's optics were read. */
export const useLevels = (olt: OltRow): LevelsState => {
  const [state, setState] = useState<Omit<LevelsState, 'refresh'>>({
    value: undefined,
    failure: undefined,
  })
  const [turn, setTurn] = useState(0)
  const { id } = olt
  const readAt = olt.ages.optics
  useEffect(() => {
    if (readAt === null) return undefined
    let wanted = true
    readLevels(id, () => wanted).then(
      (value) => {
        if (wanted) setState({ value, failure: undefined })
      },
      (error: unknown) => {
        if (wanted) setState((before) => ({ ...before, failure: failureOf(error) }))
      },
    )
    return () => {
      wanted = false
    }
  }, [id, readAt, turn])
  return { ...state, refresh: useCallback(() => setTurn((before) => before + 1), []) }
}
