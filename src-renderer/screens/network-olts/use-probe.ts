import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { ProbeResult } from '../../../src-shared/contract/network-model.ts'
import { callQuery, onEvent, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { probedConnection, probeInputOf, type OltForm } from './olt-form.ts'

export type ProbeState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      readonly taskId: string
      readonly connection: string
      readonly startedAt: number
      readonly step: string | undefined
      readonly done: number
      readonly total: number | null
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'done'; readonly connection: string; readonly result: ProbeResult }
  | { readonly kind: 'failed'; readonly connection: string; readonly failure: Failure }

export interface Probe {
  readonly state: ProbeState
  readonly start: (form: OltForm) => void
  readonly cancel: () => void
}

/** One test at a time: a new one, leaving the page or "Cancel" stops the one that runs. */
export const useProbe = (onResult: (result: ProbeResult) => void): Probe => {
  const [state, setState] = useState<ProbeState>({ kind: 'idle' })
  const running = useRef<string | undefined>(undefined)
  const report = useRef(onResult)
  report.current = onResult

  const stop = useCallback(() => {
    const taskId = running.current
    running.current = undefined
    if (taskId !== undefined) {
      // The answer to a cancelled test is dropped anyway; a failed cancel changes nothing here.
      runCommand('workspace.cancel', { taskId }).catch(() => undefined)
    }
  }, [])

  useEffect(
    () =>
      onEvent('workspace.progress', (progress) => {
        if (progress.taskId !== running.current) return
        setState((before) =>
          before.kind === 'running' && before.taskId === progress.taskId
            ? { ...before, step: progress.step, done: progress.done, total: progress.total }
            : before,
        )
      }),
    [],
  )
  useEffect(() => stop, [stop])

  const start = useCallback(
    (form: OltForm) => {
      stop()
      const taskId = makeUuidV7()
      const connection = probedConnection(form)
      running.current = taskId
      setState({
        kind: 'running',
        taskId,
        connection,
        startedAt: Date.now(),
        step: undefined,
        done: 0,
        total: null,
      })
      callQuery('network.probe', probeInputOf(form, taskId)).then(
        (result) => {
          if (running.current !== taskId) return
          running.current = undefined
          setState({ kind: 'done', connection, result })
          report.current(result)
        },
        (error: unknown) => {
          if (running.current !== taskId) return
          running.current = undefined
          setState({ kind: 'failed', connection, failure: failureOf(error) })
        },
      )
    },
    [stop],
  )

  const cancel = useCallback(() => {
    stop()
    setState({ kind: 'cancelled' })
  }, [stop])

  return { state, start, cancel }
}
