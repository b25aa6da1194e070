import { useCallback, useEffect, useRef, useState } from 'react'
import type { AlarmRule } from '../../../src-shared/contract/alarms-model.ts'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { callQuery, onEvent, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'

export type RulePreviewState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number | null }
  | { readonly kind: 'done'; readonly preview: Output<'alarms.previewRule'>; readonly of: string }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** One preview at a time; leaving or another one stops the one that runs. */
export const useRulePreview = (): {
  readonly state: RulePreviewState
  readonly start: (type: AlarmType, rule: AlarmRule, days: number) => void
  readonly cancel: () => void
} => {
  const [state, setState] = useState<RulePreviewState>({ kind: 'idle' })
  const running = useRef<string | undefined>(undefined)

  const stop = useCallback((): void => {
    const taskId = running.current
    running.current = undefined
    // The answer is dropped anyway; a failed cancel changes nothing here.
    if (taskId !== undefined) runCommand('workspace.cancel', { taskId }).catch(() => undefined)
  }, [])
  useEffect(() => stop, [stop])
  useEffect(
    () =>
      onEvent('workspace.progress', ({ taskId, done, total }) => {
        if (taskId === running.current) setState({ kind: 'running', done, total })
      }),
    [],
  )

  const start = useCallback(
    (type: AlarmType, rule: AlarmRule, days: number): void => {
      stop()
      const taskId = makeUuidV7()
      running.current = taskId
      setState({ kind: 'running', done: 0, total: null })
      callQuery('alarms.previewRule', { taskId, type, rule, days }).then(
        (preview) => {
          if (running.current !== taskId) return
          running.current = undefined
          setState({ kind: 'done', preview, of: JSON.stringify(rule) })
        },
        (error: unknown) => {
          if (running.current !== taskId) return
          running.current = undefined
          const failure = failureOf(error)
          setState(failure.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', failure })
        },
      )
    },
    [stop],
  )
  const cancel = useCallback((): void => {
    stop()
    setState({ kind: 'idle' })
  }, [stop])

  return { state, start, cancel }
}
