import { errorStatus, tag } from '../simulator/snmp/ber-tags.ts'
import { BerWriter } from '../simulator/snmp/ber-writer.ts'
import { encodeOidContent, type Oid } from '../simulator/snmp/oid.ts'
import { decodeRequest, type SnmpRequest } from '../simulator/snmp/snmp-request.ts'
import { compareArcs, type RecordedObject, type Recording } from './recording.ts'

export interface ReplayAgentOptions {
  readonly recording: Recording
  /** Requests with another community are not answered. */
  readonly community: string
  /** An answer stays within this many octets; a GETBULK is cut short there (RFC 3416 section 4.2.3). */
  readonly maxReplyBytes?: number
}

/** A v2c agent that says again what a device once said, in true OID order; nothing is writable. */
export interface ReplayAgent {
  /** The answer, or undefined where an agent stays silent. The octets are the caller's. */
  readonly answer: (datagram: Uint8Array) => Buffer | undefined
}

/** The most that fits a datagram is 65,507; headroom for the varbind that does not fit any more. */
const defaultReplyBytes = 1472
const bufferBytes = 140_000

export const createReplayAgent = (options: ReplayAgentOptions): ReplayAgent => {
  const { recording, community, maxReplyBytes = defaultReplyBytes } = options
  const { objects } = recording
  const writer = new BerWriter(bufferBytes)

  /** Position of the first object at or after an OID; `past`: after it. */
  const find = (oid: readonly number[], past: boolean): number => {
    let low = 0
    let high = objects.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = compareArcs((objects[middle] as RecordedObject).oid, oid)
      if (order < 0 || (past && order === 0)) low = middle + 1
      else high = middle
    }
    return low
  }

  const write = (
    oid: readonly number[],
    object: RecordedObject | undefined,
    missing: number,
  ): void => {
    const mark = writer.open(tag.sequence)
    writer.octets(encodeOidContent(object?.oid ?? oid), tag.oid)
    if (object === undefined) writer.empty(missing)
    else writeValue(writer, object)
    writer.close(mark)
  }

  const writeNext = (oid: readonly number[]): RecordedObject | undefined => {
    const next = objects[find(oid, true)]
    write(oid, next, tag.endOfMibView)
    return next
  }

  const writeExact = (oid: readonly number[]): void => {
    const found = objects[find(oid, false)]
    const isThere = found !== undefined && compareArcs(found.oid, oid) === 0
    write(oid, isThere ? found : undefined, tag.noSuchInstance)
  }

  /** False when the varbinds of a GETBULK had to end early. */
  const writeBulk = (request: SnmpRequest): void => {
    const asked = request.names.map((name) => Array.from(name))
    const once = asked.slice(0, request.nonRepeaters)
    let row: readonly (readonly number[])[] = asked.slice(request.nonRepeaters)
    for (const oid of once) writeNext(oid)
    for (let turn = 0; turn < request.maxRepetitions; turn++) {
      let alive = false
      const next: (readonly number[])[] = []
      for (const oid of row) {
        const before = writer.at
        const object = writeNext(oid)
        if (writer.at > maxReplyBytes && (turn > 0 || next.length > 0)) {
          writer.at = before
          return
        }
        alive ||= object !== undefined
        next.push(object?.oid ?? oid)
      }
      if (!alive) return
      row = next
    }
  }

  const respond = (
    request: SnmpRequest,
    status: number,
    index: number,
    body: () => void,
  ): Buffer => {
    writer.at = 0
    const message = writer.open(tag.sequence)
    writer.integer(1)
    writer.octets(Buffer.from(request.community, 'latin1'))
    const pdu = writer.open(tag.response)
    writer.raw(request.requestId)
    writer.integer(status)
    writer.integer(index)
    const list = writer.open(tag.sequence)
    body()
    writer.close(list)
    writer.close(pdu)
    writer.close(message)
    return Buffer.from(writer.bytes.subarray(0, writer.at))
  }

  return {
    answer: (datagram) => {
      const request = decodeRequest(datagram)
      if (request === undefined || request.community !== community) return undefined
      const arcs = (name: Oid): readonly number[] => Array.from(name)
      switch (request.kind) {
        case 'set':
          return respond(request, errorStatus.notWritable, 1, () => {
            for (const name of request.names) write(arcs(name), undefined, tag.null)
          })
        case 'getBulk':
          return respond(request, errorStatus.noError, 0, () => writeBulk(request))
        case 'get':
        case 'getNext': {
          const answer = respond(request, errorStatus.noError, 0, () => {
            for (const name of request.names) {
              if (request.kind === 'get') writeExact(arcs(name))
              else writeNext(arcs(name))
            }
          })
          return answer.length > 65_507 ? respond(request, errorStatus.tooBig, 0, () => {}) : answer
        }
      }
    },
  }
}

const tags = {
  integer: tag.integer,
  counter32: tag.counter32,
  gauge32: tag.gauge32,
  timeTicks: tag.timeTicks,
  octets: tag.octetString,
  opaque: 0x44,
  ipAddress: tag.ipAddress,
} as const

const writeValue = (writer: BerWriter, { value }: RecordedObject): void => {
  switch (value.type) {
    case 'integer':
    case 'counter32':
    case 'gauge32':
    case 'timeTicks':
      writer.integer(value.value, tags[value.type])
      return
    case 'counter64':
      writer.octets(unsignedOctets(value.value), tag.counter64)
      return
    case 'octets':
    case 'opaque':
    case 'ipAddress':
      writer.octets(value.value.subarray(0, 60_000), tags[value.type])
      return
    case 'oid':
      writer.octets(encodeOidContent(value.value), tag.oid)
      return
    case 'null':
      writer.empty(tag.null)
  }
}

/** Big-endian, with a zero in front where the first bit would be read as a sign (RFC 2578 7.1). */
const unsignedOctets = (value: bigint): Uint8Array => {
  const octets: number[] = []
  for (let rest = value; rest > 0n || octets.length === 0; rest >>= 8n) {
    octets.unshift(Number(rest & 255n))
  }
  if ((octets[0] ?? 0) > 127) octets.unshift(0)
  return Uint8Array.from(octets)
}
