/**
 * A plain BER writer for tests. It shares nothing with the decoder it tests: OIDs are arrays of
 * numbers, lengths are written as they come, nothing is optimised.
 */
export type WireValue =
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'gauge32' | 'counter32' | 'timeTicks'; readonly value: number }
  | { readonly type: 'counter64'; readonly value: bigint }
  | { readonly type: 'octets'; readonly value: Buffer }
  | { readonly type: 'oid'; readonly value: readonly number[] }
  | { readonly type: 'null' | 'noSuchObject' | 'noSuchInstance' | 'endOfMibView' }

export interface WireVarbind {
  readonly oid: readonly number[]
  readonly value: WireValue
}

const tlv = (tag: number, content: Buffer): Buffer => {
  const length = content.length
  const head =
    length < 128
      ? [tag, length]
      : length < 65_536
        ? [tag, 0x82, length >> 8, length & 255]
        : [tag, 0x83, length >> 16, (length >> 8) & 255, length & 255]
  return Buffer.concat([Buffer.from(head), content])
}

const bigIntegerOctets = (value: bigint): Buffer => {
  const octets: number[] = []
  let rest = value
  for (;;) {
    octets.unshift(Number(rest & 255n))
    rest >>= 8n
    const top = octets[0] ?? 0
    if ((rest === 0n && top < 128) || (rest === -1n && top >= 128)) return Buffer.from(octets)
  }
}

export const writeOid = (oid: readonly number[]): Buffer => {
  const octets: number[] = []
  const push = (arc: number): void => {
    const septets = [arc % 128]
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
      septets.unshift((rest % 128) + 128)
    }
    octets.push(...septets)
  }
  push((oid[0] ?? 0) * 40 + (oid[1] ?? 0))
  for (const arc of oid.slice(2)) push(arc)
  return Buffer.from(octets)
}

const writeInteger = (value: number): Buffer => tlv(0x02, bigIntegerOctets(BigInt(value)))

export const writeValue = (value: WireValue): Buffer => {
  switch (value.type) {
    case 'integer':
      return writeInteger(value.value)
    case 'gauge32':
      return tlv(0x42, bigIntegerOctets(BigInt(value.value)))
    case 'counter32':
      return tlv(0x41, bigIntegerOctets(BigInt(value.value)))
    case 'timeTicks':
      return tlv(0x43, bigIntegerOctets(BigInt(value.value)))
    case 'counter64':
      return tlv(0x46, bigIntegerOctets(value.value))
    case 'octets':
      return tlv(0x04, value.value)
    case 'oid':
      return tlv(0x06, writeOid(value.value))
    case 'null':
      return tlv(0x05, Buffer.alloc(0))
    case 'noSuchObject':
      return tlv(0x80, Buffer.alloc(0))
    case 'noSuchInstance':
      return tlv(0x81, Buffer.alloc(0))
    case 'endOfMibView':
      return tlv(0x82, Buffer.alloc(0))
  }
}

export const writeResponse = (
  community: string,
  requestId: number,
  varbinds: readonly WireVarbind[],
  error: { readonly status: number; readonly index: number } = { status: 0, index: 0 },
): Buffer =>
  tlv(
    0x30,
    Buffer.concat([
      writeInteger(1),
      tlv(0x04, Buffer.from(community)),
      tlv(
        0xa2,
        Buffer.concat([
          writeInteger(requestId),
          writeInteger(error.status),
          writeInteger(error.index),
          tlv(
            0x30,
            Buffer.concat(
              varbinds.map(({ oid, value }) =>
                tlv(0x30, Buffer.concat([tlv(0x06, writeOid(oid)), writeValue(value)])),
              ),
            ),
          ),
        ]),
      ),
    ]),
  )

export interface WireRequest {
  readonly version: number
  readonly community: string
  readonly kind: 'get' | 'get-next' | 'get-bulk' | 'other'
  readonly requestId: number
  /** GETBULK: non-repeaters. */
  readonly second: number
  /** GETBULK: max-repetitions. */
  readonly third: number
  readonly oids: readonly (readonly number[])[]
}

/** Reads a request as simply as possible; throws on anything odd. */
export const readRequest = (datagram: Buffer): WireRequest => {
  let at = 0
  const enter = (): { tag: number; end: number } => {
    const tag = datagram.readUInt8(at++)
    let length = datagram.readUInt8(at++)
    if (length >= 128) {
      const octets = length - 128
      length = datagram.readUIntBE(at, octets)
      at += octets
    }
    return { tag, end: at + length }
  }
  const integer = (): number => {
    const { end } = enter()
    const value = datagram.readIntBE(at, end - at)
    at = end
    return value
  }
  enter()
  const version = integer()
  const text = enter()
  const community = datagram.toString('utf8', at, text.end)
  at = text.end
  const { tag } = enter()
  const requestId = integer()
  const second = integer()
  const third = integer()
  const list = enter()
  const oids: number[][] = []
  while (at < list.end) {
    enter()
    const { end } = enter()
    const arcs: number[] = []
    let arc = 0
    while (at < end) {
      const octet = datagram.readUInt8(at++)
      arc = arc * 128 + (octet % 128)
      if (octet < 128) {
        arcs.push(arc)
        arc = 0
      }
    }
    const first = arcs.shift() ?? 0
    oids.push([
      Math.min(2, Math.floor(first / 40)),
      first - 40 * Math.min(2, Math.floor(first / 40)),
      ...arcs,
    ])
    at += 2
  }
  const kind =
    tag === 0xa0 ? 'get' : tag === 0xa1 ? 'get-next' : tag === 0xa5 ? 'get-bulk' : 'other'
  return { version, community, kind, requestId, second, third, oids }
}
