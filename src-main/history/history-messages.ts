import type { ErrorCode, ErrorParams } from '../../src-shared/errors.ts'
import type { History } from './history.ts'
import type { Retention } from './retention.ts'

/** What the thread of the history is asked, and its answers. Columns travel as typed arrays. */
export interface HistoryWorkerData {
  readonly folder: string
  readonly retention?: Retention
}

type Asked =
  | 'append'
  | 'find'
  | 'readSeries'
  | 'readSamples'
  | 'readStates'
  | 'events'
  | 'snapshot'
  | 'readingsFrom'
  | 'readMedians'
  | 'readLane'
  | 'laneEvents'
  | 'drop'
  | 'stats'
  | 'configure'

export type ToHistory =
  | { readonly t: 'open'; readonly id: number; readonly key: Uint8Array<ArrayBuffer> }
  | {
      [Call in Asked]: {
        readonly t: Call
        readonly id: number
        readonly input: Parameters<History[Call]>[0]
      }
    }[Asked]
  | { readonly t: 'settle'; readonly id: number; readonly input: boolean }
  | { readonly t: 'stop'; readonly id: number }

export type FromHistory =
  | { readonly t: 'done'; readonly id: number; readonly value: unknown }
  | {
      readonly t: 'failed'
      readonly id: number
      readonly code: ErrorCode
      readonly params: ErrorParams
      /** Of what is no error of ours. */
      readonly message: string
    }
