import { NocturneError } from '../../../src-shared/errors.ts'
import { berTag, snmpErrorStatus } from './ber-types.ts'
import type { Refusal } from './exchange.ts'
import { encodeOid, parseOid } from './oid.ts'
import type { IndexedPdu, PduRequest } from './pdu.ts'

/** One object and what it shall be. */
export interface SnmpSetting {
  readonly oid: string
  /** `octets`: hex, two digits each; `text`: UTF-8. */
  readonly type: 'integer' | 'octets' | 'text'
  readonly value: string
}

interface SetParts {
  readonly ask: (request: PduRequest, signal: AbortSignal | undefined) => Promise<IndexedPdu>
  readonly refusal: Refusal
}

/** Error status of a SET (RFC 3416 section 4.2.5, RFC 1157 section 4.1.5), in the RFC's words. */
const refusals: Readonly<Record<number, string>> = {
  2: 'noSuchName',
  3: 'badValue',
  5: 'genErr',
  7: 'wrongType',
  8: 'wrongLength',
  9: 'wrongEncoding',
  10: 'wrongValue',
  11: 'noCreation',
  12: 'inconsistentValue',
  13: 'resourceUnavailable',
  14: 'commitFailed',
  15: 'undoFailed',
  18: 'inconsistentName',
}

/** readOnly, noAccess, authorizationError, notWritable: whoever asks may not write this. */
const accessDenied: ReadonlySet<number> = new Set([4, 6, 16, 17])

/**
 * One SET request, sent as often as the session repeats: whoever must not say a thing twice opens
 * the session with `retries: 0`.
 * Errors: `olt-access-denied`, `cli-refused` {line: the RFC's word}, `timeout` (it may have been
 * taken), `olt-answer-garbage`, and those of a session.
 */
export const createSet =
  ({ ask, refusal }: SetParts) =>
  async (settings: readonly SnmpSetting[], signal?: AbortSignal): Promise<void> => {
    const request: PduRequest = {
      kind: 'set',
      oids: settings.map(({ oid }) => encodeOid(parseOid(oid))),
      values: settings.map(encodeValue),
    }
    const { errorStatus } = await ask(request, signal)
    if (errorStatus === snmpErrorStatus.none) return
    if (accessDenied.has(errorStatus)) throw refusal('olt-access-denied')
    const word = refusals[errorStatus] ?? `error ${errorStatus}`
    throw new NocturneError('cli-refused', { line: `SNMP: ${word}` })
  }

/** Tag, length and content. Errors: TypeError for what is no such value (a bug of the caller). */
const encodeValue = ({ type, value }: SnmpSetting): Uint8Array => {
  if (type === 'integer') return encodeInteger(Number(value))
  if (type === 'octets' && !/^([0-9A-Fa-f]{2})*$/u.test(value)) throw new TypeError('not hex')
  const octets = Buffer.from(value, type === 'octets' ? 'hex' : 'utf8')
  if (octets.length > 255) throw new TypeError('an octet string of more than 255 octets')
  const head =
    octets.length < 0x80
      ? [berTag.octetString, octets.length]
      : [berTag.octetString, 0x81, octets.length]
  return Uint8Array.of(...head, ...octets)
}

/** A signed 32-bit INTEGER in as few octets as it takes. */
const encodeInteger = (value: number): Uint8Array => {
  if (!Number.isInteger(value) || value !== (value | 0)) throw new TypeError('not an INTEGER')
  const octets = [value >> 24, value >> 16, value >> 8, value].map((one) => one & 0xff)
  while (
    octets.length > 1 &&
    ((octets[0] === 0 && (octets[1] ?? 0) < 0x80) ||
      (octets[0] === 0xff && (octets[1] ?? 0) > 0x7f))
  ) {
    octets.shift()
  }
  return Uint8Array.of(berTag.integer, octets.length, ...octets)
}
