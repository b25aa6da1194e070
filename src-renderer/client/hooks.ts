import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallInput, EventName, Output, QueryName } from '../../src-shared/contract/index.ts'
import type { Failure } from '../../src-shared/contract/envelope.ts'
import { CallError, callQuery, onEvent } from './client.ts'
import { isOfAMoment, useShownMoment } from './moment.ts'

export interface QueryState<Value> {
  /** The last good answer, kept while a newer one is on its way or has failed. */
  readonly value: Value | undefined
  readonly failure: Failure | undefined
  readonly loading: boolean
  readonly refresh: () => void
}

/**
 * Asks once, again whenever the input changes, and again (at most every `everyMs`) when one of the
 * named events arrives. An answer that has been overtaken by a newer question is dropped. A past
 * moment does not move: what is asked of it is asked once.
 */
export const useQuery = <Name extends QueryName>(
  name: Name,
  input: CallInput<Name>,
  options: {
    readonly on?: readonly EventName[]
    readonly everyMs?: number
    readonly skip?: boolean
  } = {},
): QueryState<Output<Name>> => {
  const key = JSON.stringify(input)
  const [state, setState] = useState<{
    value: Output<Name> | undefined
    failure: Failure | undefined
    loading: boolean
  }>({ value: undefined, failure: undefined, loading: options.skip !== true })
  const turn = useRef(0)
  const skip = options.skip === true

  const ask = useCallback(() => {
    const mine = ++turn.current
    setState((before) => (before.loading ? before : { ...before, loading: true }))
    callQuery(name, JSON.parse(key) as CallInput<Name>).then(
      (value) => {
        if (mine === turn.current) setState({ value, failure: undefined, loading: false })
      },
      (error: unknown) => {
        if (mine !== turn.current) return
        setState((before) => ({ value: before.value, failure: failureOf(error), loading: false }))
      },
    )
  }, [name, key])

  useEffect(() => {
    const turns = turn
    if (!skip) ask()
    return () => {
      turns.current++
    }
  }, [ask, skip])

  const stands = useShownMoment() !== null && isOfAMoment(name)
  const eventNames = stands ? '' : (options.on ?? []).join(' ')
  const everyMs = options.everyMs ?? 1000
  useEffect(() => {
    if (skip || eventNames === '') return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        ask()
      }, everyMs)
    }
    const stops = eventNames.split(' ').map((event) => onEvent(event as EventName, soon))
    return () => {
      if (timer !== undefined) clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [ask, eventNames, everyMs, skip])

  return { ...state, refresh: ask }
}

export const failureOf = (error: unknown): Failure =>
  error instanceof CallError ? error.failure : { code: 'internal', params: {}, traceId: 'renderer' }
