import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../src-shared/contract/envelope.ts'
import { onEvent, runCommand } from './client.ts'
import { failureOf } from './hooks.ts'
import { makeUuidV7 } from './uuid.ts'

export type TaskState<Result> =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      readonly startedAt: number
      readonly step: string | undefined
      readonly done: number
      readonly total: number | null
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface Task<Result> {
  readonly state: TaskState<Result>
  readonly start: (work: (taskId: string) => Promise<Result>) => void
  readonly cancel: () => void
}

/**
 * One long call at a time, with its progress. A new one, leaving the page or `cancel` calls the one
 * that runs off; its answer is dropped then.
 */
export const useTask = <Result>(): Task<Result> => {
  const [state, setState] = useState<TaskState<Result>>({ kind: 'idle' })
  const running = useRef<string | undefined>(undefined)

  const stop = useCallback(() => {
    const taskId = running.current
    running.current = undefined
    if (taskId === undefined) return
    // Its answer is dropped anyway: a cancel that fails changes nothing here.
    runCommand('workspace.cancel', { taskId }).catch(() => undefined)
  }, [])

  useEffect(
    () =>
      onEvent('workspace.progress', ({ taskId, step, done, total }) => {
        if (taskId !== running.current) return
        setState((before) =>
          before.kind === 'running' ? { ...before, step, done, total } : before,
        )
      }),
    [],
  )
  useEffect(() => stop, [stop])

  const start = useCallback(
    (work: (taskId: string) => Promise<Result>) => {
      stop()
      const taskId = makeUuidV7()
      running.current = taskId
      setState({ kind: 'running', startedAt: Date.now(), step: undefined, done: 0, total: null })
      const end = (next: TaskState<Result>): void => {
        if (running.current !== taskId) return
        running.current = undefined
        setState(next)
      }
      work(taskId).then(
        (result) => end({ kind: 'done', result }),
        (error: unknown) => {
          const failure = failureOf(error)
          end(failure.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', failure })
        },
      )
    },
    [stop],
  )

  const cancel = useCallback(() => {
    if (running.current === undefined) return
    stop()
    setState({ kind: 'cancelled' })
  }, [stop])

  return { state, start, cancel }
}
