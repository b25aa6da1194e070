import { isNocturneError, type NocturneError } from '../../../src-shared/errors.ts'
import { isAbsence, snmpErrorStatus } from './ber-types.ts'
import type { Refusal } from './exchange.ts'
import { encodeOid, parseOid } from './oid.ts'
import { spansPerVarbind, type IndexedPdu, type PduRequest } from './pdu.ts'
import { readSnmpValue, type SnmpValue } from './snmp-value.ts'

interface GetParts {
  readonly ask: (request: PduRequest, signal: AbortSignal | undefined) => Promise<IndexedPdu>
  readonly refusal: Refusal
  readonly silence: () => NocturneError
}

/** One object is not to be had: version 1 says so, and agents that fail to fetch a value from an ONU. */
const refusesOne: ReadonlySet<number> = new Set([
  snmpErrorStatus.noSuchName,
  snmpErrorStatus.genErr,
])

/** One value as it lies in the datagram: read it, keep nothing. */
export type ValueSink = (
  position: number,
  tag: number,
  buffer: Buffer,
  start: number,
  end: number,
) => void

/** GET by OIDs in BER; objects that the agent lacks are passed over. */
export type GetRaw = (
  wanted: readonly Uint8Array[],
  sink: ValueSink,
  signal?: AbortSignal,
) => Promise<void>

/**
 * GET of any number of objects. An agent of version 1 refuses a whole request for one object it
 * lacks: that one is absent, the others are asked for again. An answer too big is asked for in halves.
 */
export const createGetRaw =
  ({ ask, refusal, silence }: GetParts): GetRaw =>
  async (wanted, sink, signal) => {
    const read = async (positions: readonly number[]): Promise<void> => {
      if (positions.length === 0) return
      const asked = positions.map((position) => wanted[position] as Uint8Array)
      const answer = await ask({ kind: 'get', oids: asked }, signal).catch((error: unknown) => {
        throw isNocturneError(error) && error.code === 'timeout' ? silence() : error
      })
      switch (answer.errorStatus) {
        case snmpErrorStatus.none: {
          if (answer.count !== positions.length) throw refusal('olt-answer-garbage')
          take(answer, asked, positions)
          return
        }
        case snmpErrorStatus.tooBig: {
          if (positions.length === 1) throw refusal('olt-too-big')
          const half = positions.length >> 1
          await read(positions.slice(0, half))
          await read(positions.slice(half))
          return
        }
        case snmpErrorStatus.authorizationError: {
          throw refusal('olt-access-denied')
        }
        default: {
          const culprit = answer.errorIndex - 1
          if (!refusesOne.has(answer.errorStatus) || !(culprit in positions)) {
            throw refusal('olt-answer-garbage', { status: answer.errorStatus })
          }
          await read(positions.toSpliced(culprit, 1))
        }
      }
    }

    /** A value under another name than asked for (seen on ZTE C610) is none. */
    const take = (
      { buffer, spans }: IndexedPdu,
      asked: readonly Uint8Array[],
      positions: readonly number[],
    ): void => {
      positions.forEach((position, index) => {
        const at = index * spansPerVarbind
        const [oidStart = 0, oidEnd = 0, start = 0, end = 0] = spans.subarray(at, at + 4)
        if (!buffer.subarray(oidStart, oidEnd).equals(asked[index] as Uint8Array)) return
        const tag = buffer[oidEnd] as number
        if (!isAbsence(tag)) sink(position, tag, buffer, start, end)
      })
    }

    await read(wanted.map((_, position) => position))
  }

/** The same by OIDs as people write them, with values of our own; what the agent lacks is absent. */
export const createGet =
  (getRaw: GetRaw) =>
  async (oids: readonly string[], signal?: AbortSignal): Promise<readonly SnmpValue[]> => {
    const values: SnmpValue[] = oids.map(() => ({ kind: 'absent' }))
    await getRaw(
      oids.map((oid) => encodeOid(parseOid(oid))),
      (position, tag, buffer, start, end) => {
        values[position] = readSnmpValue(tag, buffer, start, end)
      },
      signal,
    )
    return values
  }
