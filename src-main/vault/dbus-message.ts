/**
 * As much of D-Bus as a ping needs: a method call without arguments, and the type and reply
 * serial of what comes back (D-Bus Specification, "Message Format" and "Marshaling"; little
 * endian).
 */
export interface DbusCall {
  readonly serial: number
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
}

export interface DbusMessage {
  readonly type: 'call' | 'return' | 'error' | 'signal' | 'other'
  /** The serial of the call this answers; null for calls and signals. */
  readonly replySerial: number | null
}

const field = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6 } as const
const fixedBytes = 16
const longestMessage = 134_217_728

const padded = (length: number, to: number): number => Math.ceil(length / to) * to

export const dbusCall = (call: DbusCall): Buffer => {
  const parts: Buffer[] = []
  let length = 0
  const add = (code: number, signature: 'o' | 's', value: string) => {
    const start = padded(length, 8)
    const text = Buffer.from(value, 'utf8')
    const part = Buffer.alloc(start - length + 8 + text.length + 1)
    let at = start - length
    at = part.writeUInt8(code, at)
    at = part.writeUInt8(1, at)
    part.write(signature, at, 'latin1')
    at += 2
    at = part.writeUInt32LE(text.length, at)
    text.copy(part, at)
    parts.push(part)
    length += part.length
  }
  add(field.path, 'o', call.path)
  add(field.destination, 's', call.destination)
  add(field.interface, 's', call.interface)
  add(field.member, 's', call.member)

  const message = Buffer.alloc(padded(fixedBytes + length, 8))
  message.write('l\u0001\u0000\u0001', 'latin1')
  message.writeUInt32LE(0, 4)
  message.writeUInt32LE(call.serial, 8)
  message.writeUInt32LE(length, 12)
  Buffer.concat(parts).copy(message, fixedBytes)
  return message
}

/** All whole messages at the start of what was received, and the rest. Never throws. */
export const readDbusMessages = (
  received: Buffer,
): { readonly messages: readonly DbusMessage[]; readonly rest: Buffer } => {
  const messages: DbusMessage[] = []
  let rest = received
  while (rest.length >= fixedBytes) {
    const little = rest[0] === 0x6c
    const u32 = (at: number) => (little ? rest.readUInt32LE(at) : rest.readUInt32BE(at))
    const fieldsLength = u32(12)
    const total = padded(fixedBytes + fieldsLength, 8) + u32(4)
    if (total > longestMessage || rest.length < total) break
    const fields = rest.subarray(fixedBytes, fixedBytes + fieldsLength)
    messages.push({ type: typeOf(rest[1]), replySerial: replySerialOf(fields, little) })
    rest = rest.subarray(total)
  }
  return { messages, rest }
}

/** The socket behind a bus address; null for addresses that are no Unix socket. */
export const busAddressToPath = (address: string): string | null => {
  for (const one of address.split(';')) {
    const match = /^unix:(?:.*,)?(path|abstract)=([^,]+)/u.exec(one)
    if (match === null) continue
    const value = unescapeAddress(match[2] ?? '')
    return match[1] === 'abstract' ? `\0${value}` : value
  }
  return null
}

const unescapeAddress = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const typeOf = (byte: number | undefined): DbusMessage['type'] => {
  if (byte === 1) return 'call'
  if (byte === 2) return 'return'
  if (byte === 3) return 'error'
  if (byte === 4) return 'signal'
  return 'other'
}

/** Walks the header fields: an array of (code, variant) structs, each on 8 bytes. */
const replySerialOf = (fields: Buffer, little: boolean): number | null => {
  const u32 = (at: number) => (little ? fields.readUInt32LE(at) : fields.readUInt32BE(at))
  let at = 0
  while (at + 4 <= fields.length) {
    const code = fields[at]
    const signatureLength = fields[at + 1] ?? 0
    const signature = fields.toString('latin1', at + 2, at + 2 + signatureLength)
    at += 2 + signatureLength + 1
    if (signature === 'g') {
      at += 1 + (fields[at] ?? 0) + 1
    } else {
      at = padded(at, 4)
      if (at + 4 > fields.length) return null
      const value = u32(at)
      if (code === field.replySerial && signature === 'u') return value
      at += 4
      if (signature === 's' || signature === 'o') at += value + 1
      else if (signature !== 'u') return null
    }
    at = padded(at, 8)
  }
  return null
}
