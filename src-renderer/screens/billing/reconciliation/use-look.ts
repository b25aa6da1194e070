import { useCallback, useEffect, useRef } from 'react'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { runCommand } from '../../../client/client.ts'
import { useQuery, type QueryState } from '../../../client/hooks.ts'
import { useTask, type TaskState } from '../../../client/use-task.ts'

/** What the latest look found, and looking: by itself where nothing is at hand, and again when asked. */
export const useLook = (): {
  readonly known: QueryState<Output<'billing.reconciliation'>>
  readonly state: TaskState<unknown>
  readonly look: () => void
  readonly cancel: () => void
} => {
  const known = useQuery('billing.reconciliation', {}, { on: ['billing.changed'], everyMs: 500 })
  const { state, start, cancel } = useTask()
  const { refresh } = known
  const look = useCallback(
    (): void =>
      start(async (taskId) => {
        const found = await runCommand('billing.reconcile', { taskId })
        refresh()
        return found
      }),
    [start, refresh],
  )
  const begun = useRef(false)
  const nothingAtHand = known.value !== undefined && known.value.lookId === null
  useEffect(() => {
    // Once for a page: whoever stops it is not asked again.
    if (!nothingAtHand || begun.current) return
    begun.current = true
    look()
  }, [nothingAtHand, look])
  return { known, state, look, cancel }
}
