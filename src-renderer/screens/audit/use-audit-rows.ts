import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { AuditTrailRow } from '../../../src-shared/contract/audit.ts'
import { failureOf } from '../../client/hooks.ts'

export interface AuditPage {
  readonly rows: readonly AuditTrailRow[]
  readonly next: number | null
}

export interface AuditRows {
  /** Undefined: the first page is not there yet. */
  readonly rows: readonly AuditTrailRow[] | undefined
  readonly hasMore: boolean
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly more: () => void
  readonly refresh: () => void
}

interface State {
  readonly key: string
  readonly rows: readonly AuditTrailRow[] | undefined
  readonly next: number | null
  readonly busy: boolean
  readonly failure: Failure | undefined
}

/** Pages of the trail, the newest first, one more at a time. `key` says what is asked. */
export const useAuditRows = (
  key: string,
  ask: (before: number | null) => Promise<AuditPage>,
): AuditRows => {
  const [state, setState] = useState<State>({
    key,
    rows: undefined,
    next: null,
    busy: true,
    failure: undefined,
  })
  const turn = useRef(0)
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
  })

  const load = useCallback(
    (before: number | null) => {
      turn.current += 1
      const mine = turn.current
      setState((was) => ({ ...was, busy: true, failure: undefined }))
      latest.current(before).then(
        (page) => {
          if (mine !== turn.current) return
          setState((was) => ({
            key,
            rows: before === null ? page.rows : [...(was.rows ?? []), ...page.rows],
            next: page.next,
            busy: false,
            failure: undefined,
          }))
        },
        (error: unknown) => {
          if (mine !== turn.current) return
          setState((was) => ({ ...was, busy: false, failure: failureOf(error) }))
        },
      )
    },
    [key],
  )
  useEffect(() => {
    const turns = turn
    load(null)
    return () => {
      turns.current += 1
    }
  }, [load])

  const { rows, next, busy, failure } = state
  return {
    // An answer to another question is not shown as one to this.
    rows: state.key === key ? rows : undefined,
    hasMore: next !== null,
    busy,
    failure,
    more: () => {
      if (!busy && next !== null) load(next)
    },
    refresh: () => load(null),
  }
}
