/**
 * A small SNMP v2c manager's codec for tests: written apart from the simulator's and the drivers'
 * own code, so that a mistake in one does not hide in the other.
 */
export interface Binding {
  readonly oid: string
  readonly tag: number
  readonly value: Uint8Array
}

export interface Reply {
  readonly requestId: number
  readonly errorStatus: number
  readonly errorIndex: number
  readonly bindings: readonly Binding[]
}

export interface Request {
  readonly kind: 'get' | 'getNext' | 'getBulk' | 'set'
  readonly oids: readonly string[]
  readonly community?: string
  readonly version?: number
  readonly requestId?: number
  readonly nonRepeaters?: number
  readonly maxRepetitions?: number
}

const pduTags = { get: 0xa0, getNext: 0xa1, getBulk: 0xa5, set: 0xa3 } as const

const tlv = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content)
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body])
  if (body.length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, body.length]), body])
  return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 0xff]), body])
}

const int = (value: number): Buffer => {
  const body = Buffer.alloc(5)
  body.writeIntBE(value, 0, 5)
  return tlv(0x02, body)
}

export const encodeOid = (text: string): Buffer => {
  const parts = text.split('.').map(BigInt)
  const [first = 0n, second = 0n, ...rest] = parts
  const bytes: number[] = []
  for (const part of [first * 40n + second, ...rest]) {
    const septets = [Number(part & 127n)]
    for (let left = part >> 7n; left > 0n; left >>= 7n) septets.unshift(Number(left & 127n) | 128)
    bytes.push(...septets)
  }
  return tlv(0x06, Buffer.from(bytes))
}

export const encodeRequest = (request: Request): Buffer => {
  const { kind, oids, community = 'lab-read', version = 1, requestId = 77 } = request
  const value = kind === 'set' ? int(1) : tlv(0x05)
  return tlv(
    0x30,
    int(version),
    tlv(0x04, Buffer.from(community)),
    tlv(
      pduTags[kind],
      int(requestId),
      int(request.nonRepeaters ?? 0),
      int(request.maxRepetitions ?? 0),
      tlv(0x30, ...oids.map((oid) => tlv(0x30, encodeOid(oid), value))),
    ),
  )
}

interface Part {
  readonly tag: number
  readonly body: Buffer
  readonly rest: Buffer
}

const take = (bytes: Buffer): Part => {
  const tag = bytes.readUInt8(0)
  let length = bytes.readUInt8(1)
  let start = 2
  if (length & 0x80) {
    const octets = length & 0x7f
    length = bytes.readUIntBE(2, octets)
    start += octets
  }
  if (start + length > bytes.length) throw new Error('a length runs past the end')
  return { tag, body: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) }
}

const expectTag = (part: Part, tag: number): Part => {
  if (part.tag !== tag) throw new Error(`tag ${part.tag} where ${tag} belongs`)
  return part
}

export const signed = (bytes: Uint8Array): number => {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return Number(BigInt.asIntN(bytes.length * 8, value))
}

export const decodeOid = (body: Uint8Array): string => {
  const values: bigint[] = []
  let value = 0n
  for (const byte of body) {
    value = (value << 7n) | BigInt(byte & 127)
    if (byte < 128) {
      values.push(value)
      value = 0n
    }
  }
  const first = values.shift() ?? 0n
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [top, first - top * 40n, ...values].join('.')
}

/** Throws when a single octet is out of place. */
export const decodeReply = (datagram: Uint8Array): Reply => {
  const message = expectTag(take(Buffer.from(datagram)), 0x30)
  if (message.rest.length > 0) throw new Error('octets after the message')
  const version = expectTag(take(message.body), 0x02)
  const community = expectTag(take(version.rest), 0x04)
  const pdu = expectTag(take(community.rest), 0xa2)
  const requestId = expectTag(take(pdu.body), 0x02)
  const errorStatus = expectTag(take(requestId.rest), 0x02)
  const errorIndex = expectTag(take(errorStatus.rest), 0x02)
  const list = expectTag(take(errorIndex.rest), 0x30)
  if (list.rest.length > 0) throw new Error('octets after the bindings')
  const bindings: Binding[] = []
  for (let left = list.body; left.length > 0;) {
    const binding = expectTag(take(left), 0x30)
    const name = expectTag(take(binding.body), 0x06)
    const value = take(name.rest)
    if (value.rest.length > 0) throw new Error('octets after a value')
    bindings.push({ oid: decodeOid(name.body), tag: value.tag, value: Uint8Array.from(value.body) })
    left = binding.rest
  }
  return {
    requestId: signed(requestId.body),
    errorStatus: signed(errorStatus.body),
    errorIndex: signed(errorIndex.body),
    bindings,
  }
}

/** -1, 0 or 1, as RFC 3416 orders names. */
export const orderOids = (a: string, b: string): number => {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] as number) - (right[i] as number)
    if (difference !== 0) return Math.sign(difference)
  }
  return Math.sign(left.length - right.length)
}
