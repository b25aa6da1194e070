import { useQuery, type QueryState } from '../../client/hooks.ts'
import type { Output } from '../../../src-shared/contract/index.ts'

const live = { on: ['traps.changed'], everyMs: 1000 } as const

export interface TrapQueries {
  readonly status: QueryState<Output<'traps.status'>>
  readonly recent: QueryState<Output<'traps.recent'>>
  readonly unknown: QueryState<Output<'traps.unknown'>>
  readonly refresh: () => void
}

/** The three answers of the screen, asked again when counts have moved, at most once a second. */
export const useTraps = (oltId: string | null): TrapQueries => {
  const status = useQuery('traps.status', {}, live)
  const recent = useQuery('traps.recent', oltId === null ? {} : { oltId }, live)
  const unknown = useQuery('traps.unknown', {}, live)
  return {
    status,
    recent,
    unknown,
    refresh: () => {
      status.refresh()
      recent.refresh()
      unknown.refresh()
    },
  }
}
