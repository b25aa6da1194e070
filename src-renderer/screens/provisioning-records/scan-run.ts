import { create } from 'zustand'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { onEvent, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'

interface ScanRun {
  readonly taskId: string
  readonly done: number
  readonly total: number
}

interface ScanRunStore {
  readonly run: ScanRun | null
  /** Of the scan before. */
  readonly failure: Failure | null
}

/** The scan that this window asked for. It goes on when its page is left: an OLT takes minutes. */
export const useScanRun = create<ScanRunStore>(() => ({ run: null, failure: null }))

/** Nothing while one runs. */
export const startScan = async (oltIds: readonly string[]): Promise<void> => {
  if (useScanRun.getState().run !== null) return
  const taskId = makeUuidV7()
  useScanRun.setState({ run: { taskId, done: 0, total: 0 }, failure: null })
  const stop = onEvent('workspace.progress', (event) => {
    if (event.taskId !== taskId) return
    useScanRun.setState({ run: { taskId, done: event.done, total: event.total ?? 0 } })
  })
  let failure: Failure | null = null
  try {
    await runCommand('provisioning.scan', { oltIds: [...oltIds], taskId })
  } catch (error) {
    failure = failureOf(error)
  }
  stop()
  useScanRun.setState({ run: null, failure: failure?.code === 'cancelled' ? null : failure })
}

export const cancelScan = (): void => {
  const { run } = useScanRun.getState()
  // A cancel that fails changes nothing: the scan ends by itself.
  if (run !== null) runCommand('workspace.cancel', { taskId: run.taskId }).catch(() => undefined)
}
