import { setImmediate as soon } from 'node:timers'
import { parentPort, workerData } from 'node:worker_threads'
import { assertNever, isNocturneError } from '../../src-shared/errors.ts'
import { openHistory, type History } from './history.ts'
import type { FromHistory, HistoryWorkerData, ToHistory } from './history-messages.ts'

/**
 * The thread of the history: one request after the other, and its own work in between, in slices
 * that a request hardly waits for.
 */
const sliceMs = 10

const { folder, retention } = workerData as HistoryWorkerData
const port = parentPort
if (port === null) throw new Error('history-worker runs in a worker thread')

let history: History | null = null
let working = false

const work = (): void => {
  working = false
  if (history === null) return
  try {
    if (history.work(sliceMs)) workSoon()
  } catch {
    // A full disk or a damaged file: the history counts it and tries again after a cycle.
  }
}
const workSoon = (): void => {
  if (working) return
  working = true
  soon(work)
}

const opened = (): History => {
  if (history === null) throw new Error('the history is not open')
  return history
}

const answer = (request: ToHistory): unknown => {
  switch (request.t) {
    case 'open':
      try {
        history = openHistory({
          folder,
          key: request.key,
          clock: { now: Date.now, monotonic: () => performance.now() },
          ...(retention === undefined ? {} : { retention }),
        })
      } finally {
        request.key.fill(0)
      }
      return undefined
    case 'append':
      return opened().append(request.input)
    case 'find':
      return opened().find(request.input)
    case 'readSeries':
      return opened().readSeries(request.input)
    case 'readSamples':
      return opened().readSamples(request.input)
    case 'readStates':
      return opened().readStates(request.input)
    case 'events':
      return opened().events(request.input)
    case 'snapshot':
      return opened().snapshot(request.input)
    case 'readingsFrom':
      return opened().readingsFrom()
    case 'readMedians':
      return opened().readMedians(request.input)
    case 'readLane':
      return opened().readLane(request.input)
    case 'laneEvents':
      return opened().laneEvents(request.input)
    case 'drop':
      return opened().drop(request.input)
    case 'stats':
      return opened().stats()
    case 'configure':
      return opened().configure(request.input)
    case 'settle':
      return opened().settle(request.input)
    case 'stop':
      history?.stop()
      history = null
      return undefined
    default:
      return assertNever(request)
  }
}

const failure = (id: number, error: unknown): FromHistory =>
  isNocturneError(error)
    ? { t: 'failed', id, code: error.code, params: error.params, message: '' }
    : {
        t: 'failed',
        id,
        code: 'internal',
        params: {},
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }

port.on('message', (request: ToHistory) => {
  try {
    const value = answer(request)
    port.postMessage({ t: 'done', id: request.id, value } satisfies FromHistory)
  } catch (error) {
    port.postMessage(failure(request.id, error))
  }
  if (request.t === 'stop') port.close()
  else workSoon()
})
