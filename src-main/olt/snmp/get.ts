import { isNocturneError, type NocturneError } from '../../../src-shared/errors.ts'
import { snmpErrorStatus } from './ber-types.ts'
import type { Refusal } from './exchange.ts'
import { encodeOid, parseOid } from './oid.ts'
import { spansPerVarbind, type IndexedPdu, type PduRequest } from './pdu.ts'
import { readSnmpValue, type SnmpValue } from './snmp-value.ts'

interface GetParts {
  readonly ask: (request: PduRequest, signal: AbortSignal | undefined) => Promise<IndexedPdu>
  readonly refusal: Refusal
  readonly silence: () => NocturneError
}

/**
 * GET of any number of objects. An agent of version 1 refuses a whole request for one object it
 * lacks: that one is absent, the others are asked for again. An answer too big is asked for in halves.
 */
export const createGet =
  ({ ask, refusal, silence }: GetParts) =>
  async (oids: readonly string[], signal?: AbortSignal): Promise<readonly SnmpValue[]> => {
    const wanted = oids.map((oid) => encodeOid(parseOid(oid)))
    const values: SnmpValue[] = wanted.map(() => ({ kind: 'absent' }))

    const read = async (positions: readonly number[]): Promise<void> => {
      if (positions.length === 0) return
      const asked = positions.map((position) => wanted[position] as Buffer)
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
          if (answer.errorStatus !== snmpErrorStatus.noSuchName || !(culprit in positions)) {
            throw refusal('olt-answer-garbage', { status: answer.errorStatus })
          }
          await read(positions.toSpliced(culprit, 1))
        }
      }
    }

    /** A value under another name than asked for (seen on ZTE C610) is none. */
    const take = (
      { buffer, spans }: IndexedPdu,
      asked: readonly Buffer[],
      positions: readonly number[],
    ): void => {
      positions.forEach((position, index) => {
        const at = index * spansPerVarbind
        const [oidStart = 0, oidEnd = 0, start = 0, end = 0] = spans.subarray(at, at + 4)
        if (asked[index]?.equals(buffer.subarray(oidStart, oidEnd)) !== true) return
        values[position] = readSnmpValue(buffer[oidEnd] as number, buffer, start, end)
      })
    }

    await read(wanted.map((_, position) => position))
    return values
  }
