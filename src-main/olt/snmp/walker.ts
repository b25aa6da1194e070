import { NocturneError, type ErrorParams, isNocturneError } from '../../../src-shared/errors.ts'
import { snmpErrorStatus } from './ber-types.ts'
import { spansPerVarbind, type BulkAnswer } from './bulk-answer.ts'
import { appendArcs, decodeOid } from './oid.ts'
import type { WalkPace } from './pace.ts'
import type { SnmpSession } from './session.ts'
import { createWalkColumn, type VarbindSink, type WalkColumn } from './walk-column.ts'

export interface WalkLimits {
  /** Rows of one column. The largest chassis holds about 35,000 ONUs. */
  readonly maxRows: number
  readonly maxPdus: number
  readonly totalMs: number
  /** How often an unanswered or garbled PDU is asked again, smaller each time. */
  readonly attempts: number
  /** Size an answer should not pass: above about 1,400 octets it fragments. */
  readonly answerOctets: number
}

const defaultWalkLimits: WalkLimits = {
  maxRows: 65_536,
  maxPdus: 100_000,
  totalMs: 600_000,
  attempts: 4,
  answerOctets: 1400,
}

export interface WalkProgress {
  readonly varbinds: number
  readonly pdus: number
}

export interface WalkTarget {
  /** OID of the column, BER. */
  readonly oid: Buffer
  /** Index arcs that its rows must start with: one PON port, for example. */
  readonly within?: readonly number[] | undefined
}

export interface WalkRequest {
  readonly session: SnmpSession
  /** They are asked for together, so one row's values come together. */
  readonly columns: readonly WalkTarget[]
  readonly pace: WalkPace
  readonly onVarbind: VarbindSink
  readonly limits?: Partial<WalkLimits>
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: WalkProgress) => void) | undefined
  /** A column, by its position, was read to its end: also in a walk that fails later. */
  readonly onColumnEnd?: ((position: number) => void) | undefined
}

export interface WalkResult extends WalkProgress {
  /** Rows per column, in the order of `columns`. 0: the OLT does not offer the column, or has no rows. */
  readonly rows: readonly number[]
  /** Columns at which the agent gave up with an error of its own. */
  readonly failed: readonly number[]
}

/** Octets around the varbinds of an answer: version, community, ids, lengths. */
const answerOverhead = 60
const typicalVarbindOctets = 40

/**
 * Walks table columns with GETBULK until each has ended. Closes the hazards of
 * facts/performance.md 1.4: strictly rising OIDs, caps on rows, PDUs and time, smaller questions
 * after silence or tooBig, never zero repetitions. A column that is not offered ends at once.
 *
 * Errors: `olt-no-snmp-answer-community` (nothing was ever answered), `olt-no-answer` (a known OLT
 * went away), `olt-no-snmp-answer-v3`, `olt-v3-…`, `olt-access-denied`, `olt-silent-mid-walk`, `olt-answer-garbage`, `olt-walk-looped`, `olt-walk-too-long`,
 * `olt-too-big`, `olt-port-closed`, `cancelled`.
 */
export const walk = async (request: WalkRequest): Promise<WalkResult> => {
  const { session, pace, onVarbind, signal } = request
  const limits = { ...defaultWalkLimits, ...request.limits }
  const columns = request.columns.map(({ oid, within }, position) =>
    createWalkColumn(position, appendArcs(oid, within ?? []), oid.length),
  )
  const startedAt = session.clock.monotonicMs()
  const failed: number[] = []
  let active = columns
  let columnsPerPdu = columns.length
  let octetsPerVarbind = typicalVarbindOctets
  let varbinds = 0
  let pdus = 0
  let troubles = 0

  const refusal = (code: NocturneError['code'], params: ErrorParams = {}): NocturneError =>
    new NocturneError(code, { host: session.host, port: session.port, ...params })

  const checkLimits = (): void => {
    if (pdus >= limits.maxPdus) throw refusal('olt-walk-too-long', { limit: 'pdus', pdus })
    const elapsedMs = session.clock.monotonicMs() - startedAt
    if (elapsedMs > limits.totalMs) {
      throw refusal('olt-walk-too-long', { limit: 'time', seconds: Math.round(elapsedMs / 1000) })
    }
  }

  const silence = (): NocturneError => {
    if (pdus > 0) return refusal('olt-silent-mid-walk', { afterRows: columns[0]?.rows() ?? 0 })
    if (session.stats.answers > 0) return refusal('olt-no-answer')
    return refusal(
      session.version === '3' ? 'olt-no-snmp-answer-v3' : 'olt-no-snmp-answer-community',
    )
  }

  /** Asks for less next time, or gives up with `final`. */
  const onTrouble = async (rows: number, final: () => NocturneError): Promise<void> => {
    pace.onTrouble(rows)
    if (++troubles >= limits.attempts) throw final()
    await pause(session, Math.min(4000, 125 * 2 ** troubles), signal)
  }

  const onTooBig = (asked: readonly WalkColumn[], rows: number): void => {
    pace.onTrouble(rows)
    if (rows > 1) return
    if (asked.length === 1) throw refusal('olt-too-big', { column: textOf(asked[0]) })
    columnsPerPdu = Math.ceil(asked.length / 2)
  }

  const drop = (column: WalkColumn): void => {
    request.onColumnEnd?.(column.position)
    active = active.filter((other) => other !== column)
  }

  const takeRows = (answer: BulkAnswer, asked: readonly WalkColumn[], rows: number): void => {
    const { buffer, spans } = answer
    const count = Math.min(answer.count, asked.length * rows)
    const over = new Uint8Array(asked.length)
    let at = 0
    for (let index = 0, turn = 0; index < count; index++, at += spansPerVarbind) {
      const column = asked[turn] as WalkColumn
      if (over[turn] === 0) {
        const step = column.take(
          buffer,
          spans[at] as number,
          spans[at + 1] as number,
          spans[at + 2] as number,
          spans[at + 3] as number,
          onVarbind,
        )
        if (step === 'row') {
          varbinds++
        } else if (step === 'ended') {
          over[turn] = 1
          drop(column)
        } else {
          // SECURITY: an agent that does not move forward is never asked again.
          const code = step === 'looped' ? 'olt-walk-looped' : 'olt-answer-garbage'
          throw refusal(code, { column: textOf(column) })
        }
      }
      turn = turn + 1 === asked.length ? 0 : turn + 1
    }
    for (const column of asked) {
      if (column.rows() > limits.maxRows) {
        throw refusal('olt-walk-too-long', { limit: 'rows', column: textOf(column) })
      }
    }
  }

  while (active.length > 0) {
    checkLimits()
    const budget = limits.answerOctets - answerOverhead
    const fitting = Math.max(1, Math.floor(budget / octetsPerVarbind))
    const asked = active.slice(0, Math.min(columnsPerPdu, fitting))
    const most = session.version === '1' ? 1 : pace.maxRepetitions()
    const rows = Math.max(1, Math.min(most, Math.floor(fitting / asked.length)))
    const outcome = await ask(session, asked, rows, signal)
    if (outcome.kind === 'silent') {
      await onTrouble(rows, silence)
      continue
    }
    if (outcome.kind === 'garbage') {
      await onTrouble(rows, () => refusal('olt-answer-garbage'))
      continue
    }
    const { answer } = outcome
    pdus++
    if (answer.errorStatus === snmpErrorStatus.tooBig) {
      onTooBig(asked, rows)
      continue
    }
    if (answer.errorStatus === snmpErrorStatus.authorizationError) {
      throw refusal('olt-access-denied')
    }
    const culprit = asked[(answer.errorIndex - 1) % asked.length]
    if (answer.errorStatus !== snmpErrorStatus.none && culprit !== undefined) {
      // noSuchName or genErr at one column: that column is not to be had, the others are.
      // In version 1 this is also how a column at the end of the tree ends (RFC 1157 4.1.3).
      const isEnd = session.version === '1' && answer.errorStatus === snmpErrorStatus.noSuchName
      if (!isEnd) failed.push(culprit.position)
      drop(culprit)
      continue
    }
    if (answer.errorStatus !== snmpErrorStatus.none || answer.count === 0) {
      await onTrouble(rows, () => refusal('olt-answer-garbage', { status: answer.errorStatus }))
      continue
    }
    troubles = 0
    takeRows(answer, asked, rows)
    const measured = (answer.buffer.length - answerOverhead) / answer.count
    octetsPerVarbind = Math.max(measured, octetsPerVarbind * 0.75 + measured * 0.25)
    pace.onCleanAnswer()
    request.onProgress?.({ varbinds, pdus })
  }
  return { varbinds, pdus, rows: columns.map((column) => column.rows()), failed }
}

type Outcome =
  | { readonly kind: 'answer'; readonly answer: BulkAnswer }
  | { readonly kind: 'silent' }
  | { readonly kind: 'garbage' }

const ask = async (
  session: SnmpSession,
  asked: readonly WalkColumn[],
  rows: number,
  signal: AbortSignal | undefined,
): Promise<Outcome> => {
  try {
    const oids = asked.map((column) => column.next())
    return { kind: 'answer', answer: await session.getBulk(oids, 0, rows, { signal, retries: 0 }) }
  } catch (error) {
    if (isNocturneError(error) && error.code === 'timeout') return { kind: 'silent' }
    if (isNocturneError(error) && error.code === 'olt-answer-garbage') return { kind: 'garbage' }
    throw error
  }
}

const pause = (
  session: SnmpSession,
  delayMs: number,
  signal: AbortSignal | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => {
      cancel()
      reject(new NocturneError('cancelled'))
    }
    const cancel = session.clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })

const textOf = (column: WalkColumn | undefined): string =>
  column === undefined ? '' : (decodeOid(column.oid, 0, column.oid.length) ?? '')
