import type { Envelope } from '../../../src-shared/contract/envelope.ts'

/** Between the measured page and the fake engine in its worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly search: string }
  | {
      readonly kind: 'invoke'
      readonly id: number
      readonly channel: string
      readonly input: unknown
    }

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly envelope: Envelope }
  | { readonly kind: 'event'; readonly channel: string; readonly payload: unknown }
