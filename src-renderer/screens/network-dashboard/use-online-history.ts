import { useEffect, useState } from 'react'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import type { StateHistory } from '../../components/charts/state-series.ts'
import { bucketMs, rangeMs, sumOnline, type OnlineSeries, type StateRange } from './state-ranges.ts'

interface Answer {
  readonly history: StateHistory | undefined
  readonly failure: Failure | undefined
}

/** At most so many questions at once: the history serves the charts of others too. */
const atOnce = 4
const againMs = 10 * 60_000

const readOnline = async (oltId: string, from: number, to: number): Promise<OnlineSeries> => {
  const { series } = await callQuery('history.series', {
    series: { kind: 'olt', oltId },
    from,
    to,
    metrics: ['oltOnlineOnus'],
    maxPoints: 800,
  })
  const [one] = series
  return one === undefined
    ? { at: new Float64Array(), values: new Float64Array() }
    : { at: one.at, values: one.avg }
}

const readAll = async (
  oltIds: readonly string[],
  range: StateRange,
  isStopped: () => boolean,
): Promise<StateHistory | undefined> => {
  const to = Date.now()
  const from = to - rangeMs[range]
  const found: OnlineSeries[] = []
  for (let at = 0; at < oltIds.length; at += atOnce) {
    if (isStopped()) return undefined
    found.push(
      ...(await Promise.all(
        oltIds.slice(at, at + atOnce).map((oltId) => readOnline(oltId, from, to)),
      )),
    )
  }
  return sumOnline(found, from, to, bucketMs(range))
}

/** ONUs online over weeks, from the history. `skip`: not asked for. */
export const useOnlineHistory = (
  oltIds: readonly string[],
  range: StateRange,
  skip: boolean,
): Answer => {
  const [answer, setAnswer] = useState<Answer>({ history: undefined, failure: undefined })
  const key = oltIds.join(' ')
  useEffect(() => {
    setAnswer({ history: undefined, failure: undefined })
    if (skip || key === '') return undefined
    let stopped = false
    const ask = (): void => {
      readAll(key.split(' '), range, () => stopped).then(
        (history) => {
          if (!stopped && history !== undefined) setAnswer({ history, failure: undefined })
        },
        (error: unknown) => {
          if (!stopped) setAnswer(({ history }) => ({ history, failure: failureOf(error) }))
        },
      )
    }
    ask()
    const timer = setInterval(ask, againMs)
    return () => {
      stopped = true
      clearInterval(timer)
    }
  }, [key, range, skip])
  return answer
}
