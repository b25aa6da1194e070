import type { IndexedPdu, PduRequest } from './pdu.ts'

export type SnmpVersion = '1' | '2c' | '3'

/** What USM says through a report (RFC 3414 section 3.2 and 5). */
export type ReportKind =
  | 'unsupported-level'
  | 'not-in-time-window'
  | 'unknown-user'
  | 'unknown-engine'
  | 'wrong-digest'
  | 'decryption-error'
  | 'other'

export type Opened =
  | { readonly kind: 'answer'; readonly answer: IndexedPdu }
  | { readonly kind: 'report'; readonly report: ReportKind; readonly authentic: boolean }
  /** It claims to be the answer, and is none. */
  | { readonly kind: 'garbage' }
  /** It proves nothing: whoever sent it, we go on waiting. */
  | { readonly kind: 'unproved' }

/** How requests of one version are dressed, and answers undressed. */
export interface SessionSecurity {
  readonly encode: (requestId: number, request: PduRequest) => Buffer
  /** The request that a datagram claims to answer. */
  readonly answeredId: (datagram: Buffer) => number | 'garbage' | 'foreign'
  readonly open: (datagram: Buffer) => Opened
  readonly close: () => void
}
