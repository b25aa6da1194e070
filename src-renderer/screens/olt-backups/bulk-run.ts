import { create } from 'zustand'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'

/** "Make now" for several OLTs: goes on while the person looks at something else. */

export interface BulkRun {
  readonly total: number
  readonly done: number
  readonly changed: number
  readonly running: readonly string[]
  readonly failed: readonly { readonly name: string; readonly failure: Failure }[]
  readonly cancelled: boolean
  readonly ended: boolean
}

/** Each OLT has sessions of its own; the machine and the screen need not bear all at once. */
const atOnce = 4

const useStore = create<{ readonly run: BulkRun | null }>(() => ({ run: null }))
export const useBulkRun = (): BulkRun | null => useStore((state) => state.run)

const running = new Set<string>()

const change = (part: (run: BulkRun) => Partial<BulkRun>): void => {
  const { run } = useStore.getState()
  if (run !== null) useStore.setState({ run: { ...run, ...part(run) } })
}

export const dismissBulkRun = (): void => {
  if (useStore.getState().run?.ended === true) useStore.setState({ run: null })
}

/** Those that run are called off, the others are not begun. */
export const cancelBulkRun = (): void => {
  change(() => ({ cancelled: true }))
  for (const taskId of running) {
    runCommand('workspace.cancel', { taskId }).catch(() => undefined)
  }
}

export const startBulkRun = async (
  olts: readonly { readonly oltId: string; readonly oltName: string }[],
): Promise<void> => {
  if (olts.length === 0 || useStore.getState().run?.ended === false) return
  useStore.setState({
    run: {
      total: olts.length,
      done: 0,
      changed: 0,
      running: [],
      failed: [],
      cancelled: false,
      ended: false,
    },
  })
  const queue = [...olts]
  const work = async (): Promise<void> => {
    for (let olt = queue.shift(); olt !== undefined; olt = queue.shift()) {
      if (useStore.getState().run?.cancelled === true) return
      const { oltId, oltName } = olt
      const taskId = makeUuidV7()
      running.add(taskId)
      change((run) => ({ running: [...run.running, oltName] }))
      try {
        const { changed } = await runCommand('olt-backups.make', { oltId, taskId })
        change((run) => ({ done: run.done + 1, changed: run.changed + (changed ? 1 : 0) }))
      } catch (error) {
        const failure = failureOf(error)
        if (failure.code !== 'cancelled') {
          change((run) => ({
            done: run.done + 1,
            failed: [...run.failed, { name: oltName, failure }],
          }))
        }
      }
      running.delete(taskId)
      change((run) => ({ running: run.running.filter((name) => name !== oltName) }))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  change(() => ({ ended: true }))
}
