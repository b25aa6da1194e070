import type { CallInput, Output } from '../../../src-shared/contract/index.ts'
import type { PlanTargetRow } from '../../../src-shared/contract/provisioning-plans.ts'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { createRowCache } from '../../components/table/row-cache.ts'

type States = Output<'provisioning.planTargets'>['targets'][number]['state'][]

export interface TargetRowsSnapshot {
  readonly total: number | null
  readonly failure: Failure | null
  readonly version: number
}

/** Targets of a plan near the window: twenty thousand of them are never all on this side. */
export interface TargetRows {
  readonly show: (start: number, end: number) => void
  readonly row: (index: number) => PlanTargetRow | undefined
  /** This one moved: its newer row in its place. */
  readonly put: (row: PlanTargetRow) => void
  /** What is held may be old: ask again for what is shown. */
  readonly refresh: () => void
  readonly snapshot: () => TargetRowsSnapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly stop: () => void
}

export interface TargetRowsPorts {
  readonly planId: string
  readonly states: States
  readonly ask: (
    input: CallInput<'provisioning.planTargets'>,
  ) => Promise<Output<'provisioning.planTargets'>>
  readonly failureOf: (error: unknown) => Failure
}

const pageSize = 100

export const createTargetRows = (ports: TargetRowsPorts): TargetRows => {
  const cache = createRowCache<PlanTargetRow>({ idOf: ({ seq }) => seq, pageSize, maxPages: 40 })
  const listeners = new Set<() => void>()
  let state: TargetRowsSnapshot = { total: null, failure: null, version: 0 }
  let shown = { start: 0, end: 40 }
  let loading = false
  let again = false
  let stopped = false

  const tell = (change: Partial<TargetRowsSnapshot>): void => {
    state = { ...state, ...change, version: state.version + 1 }
    for (const listener of listeners) listener()
  }

  const load = async (start: number): Promise<void> => {
    loading = true
    try {
      const { targets, total } = await ports.ask({
        planId: ports.planId,
        states: ports.states,
        offset: start,
        limit: pageSize,
      })
      if (stopped) return
      cache.put(start, targets)
      loading = false
      tell({ total, failure: null })
      if (again) {
        again = false
        void load(Math.floor(shown.start / pageSize) * pageSize)
      } else if (targets.length > 0) pump()
    } catch (error) {
      loading = false
      if (!stopped) tell({ failure: ports.failureOf(error) })
    }
  }

  const pump = (): void => {
    if (loading || stopped) return
    const gap = cache.missing(shown.start, shown.end, state.total ?? 1)
    if (gap !== null) void load(gap.start)
  }

  pump()
  return {
    show: (start, end) => {
      shown = { start, end }
      pump()
    },
    row: cache.get,
    put: (row) => {
      if (cache.patch([row]) > 0) tell({})
    },
    refresh: () => {
      if (loading) again = true
      else void load(Math.floor(shown.start / pageSize) * pageSize)
    },
    snapshot: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => {
      stopped = true
      listeners.clear()
    },
  }
}
