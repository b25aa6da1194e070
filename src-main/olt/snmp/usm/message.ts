import { createHmac, timingSafeEqual } from 'node:crypto'
import { cursor, openTag, readInteger, readOctets } from '../ber-reader.ts'
import { berTag } from '../ber-types.ts'
import { beginMessage, finishMessage, mark, putInteger, putOctets, wrap } from '../ber-writer.ts'
import { macOctets } from './algorithms.ts'
import { cipherFor, ivFor } from './cipher.ts'
import { securityFlags, type EngineKeys, type SnmpUser } from './user.ts'

const version3 = 3
const userSecurityModel = 3
/** What we can take: the largest UDP datagram over IPv4. */
const ourMaxSize = 65_507
/** RFC 3411 section 5, SnmpEngineID: 5 to 32 octets; empty while it is being asked for. */
const maxEngineIdOctets = 32
const saltOctets = 8

/** Whose word on time counts for a message, and what it says (RFC 3414 section 2.2). */
export interface EngineTime {
  readonly engineId: Buffer
  readonly boots: number
  readonly time: number
}

export interface UsmEnvelope extends EngineTime {
  readonly messageId: number
  readonly flags: number
  readonly userName: Buffer
}

/** An SNMPv3 message with its security parameters found, not yet proved (RFC 3412 section 6). */
export interface UsmMessage extends UsmEnvelope {
  readonly buffer: Buffer
  /** Where the authentication code lies. */
  readonly macStart: number
  readonly macEnd: number
  readonly salt: Buffer
  /** The scoped PDU, tag included, or the enciphered octets. */
  readonly bodyStart: number
  readonly bodyEnd: number
}

interface Writing extends UsmEnvelope {
  readonly user: SnmpUser
  readonly keys: EngineKeys
  /** Eight octets that no other message under this key has: used when enciphering. */
  readonly salt: () => Buffer
  readonly contextEngineId: Buffer
  /** Writes the PDU. */
  readonly putPdu: () => void
}

/** An SNMPv3 message; flags say whether it is enciphered and signed. */
export const writeUsmMessage = (message: Writing): Buffer => {
  const { user, flags, engineId, boots, time, keys } = message
  const auth = (flags & securityFlags.auth) === 0 ? undefined : user.auth
  const priv = (flags & securityFlags.priv) === 0 ? undefined : user.priv

  const putScoped = (): void => {
    const end = mark()
    message.putPdu()
    putOctets(berTag.octetString, Buffer.from(user.context ?? ''))
    putOctets(berTag.octetString, message.contextEngineId)
    wrap(berTag.sequence, end)
  }

  let salt: Buffer = Buffer.alloc(0)
  let enciphered: Buffer | null = null
  if (priv !== undefined) {
    beginMessage()
    putScoped()
    salt = message.salt()
    const cipher = cipherFor(priv.protocol)
    if (cipher === null || keys.priv === null) throw new Error('privacy without its key')
    const iv = ivFor(priv.protocol, keys.desHalf, salt, boots, time)
    enciphered = cipher.encrypt(keys.priv, iv, finishMessage())
  }

  beginMessage()
  const end = mark()
  if (enciphered === null) putScoped()
  else putOctets(berTag.octetString, enciphered)

  const security = mark()
  putOctets(berTag.octetString, salt)
  const macLength = auth === undefined ? 0 : macOctets[auth.protocol]
  putOctets(berTag.octetString, Buffer.alloc(macLength))
  const macFromEnd = mark() - 2
  putOctets(berTag.octetString, message.userName)
  putInteger(time)
  putInteger(boots)
  putOctets(berTag.octetString, engineId)
  wrap(berTag.sequence, security)
  wrap(berTag.octetString, security)

  const header = mark()
  putInteger(userSecurityModel)
  putOctets(berTag.octetString, Uint8Array.of(flags))
  putInteger(ourMaxSize)
  putInteger(message.messageId)
  wrap(berTag.sequence, header)
  putInteger(version3)
  wrap(berTag.sequence, end)
  const out = finishMessage()
  if (auth !== undefined) {
    if (keys.auth === null) throw new Error('authentication without its key')
    const mac = createHmac(auth.protocol, keys.auth).update(out).digest()
    out.set(mac.subarray(0, macLength), out.length - macFromEnd)
  }
  return out
}

/** Finds the parts of an SNMPv3 message; null when it is none. */
export const readUsmMessage = (buffer: Buffer): UsmMessage | null => {
  cursor.position = 0
  const end = openTag(buffer, berTag.sequence, buffer.length)
  if (end < 0 || readInteger(buffer, end) !== version3) return null
  const headerEnd = openTag(buffer, berTag.sequence, end)
  if (headerEnd < 0) return null
  const messageId = readInteger(buffer, headerEnd)
  const maxSize = readInteger(buffer, headerEnd)
  const flags = readOctets(buffer, headerEnd)
  if (flags === null || flags.end - flags.start !== 1) return null
  if (readInteger(buffer, headerEnd) !== userSecurityModel) return null
  if (Number.isNaN(messageId) || Number.isNaN(maxSize)) return null

  cursor.position = headerEnd
  const securityEnd = openTag(buffer, berTag.octetString, end)
  const listEnd = securityEnd < 0 ? -1 : openTag(buffer, berTag.sequence, securityEnd)
  if (listEnd < 0) return null
  const engineId = readOctets(buffer, listEnd)
  const boots = readInteger(buffer, listEnd)
  const time = readInteger(buffer, listEnd)
  const userName = readOctets(buffer, listEnd)
  const mac = readOctets(buffer, listEnd)
  const salt = readOctets(buffer, listEnd)
  if (engineId === null || userName === null || mac === null || salt === null) return null
  if (!(boots >= 0 && boots < 2 ** 31 && time >= 0 && time < 2 ** 31)) return null
  if (engineId.end - engineId.start > maxEngineIdOctets) return null
  return {
    buffer,
    messageId,
    flags: buffer[flags.start] as number,
    engineId: buffer.subarray(engineId.start, engineId.end),
    boots,
    time,
    userName: buffer.subarray(userName.start, userName.end),
    macStart: mac.start,
    macEnd: mac.end,
    salt: buffer.subarray(salt.start, salt.end),
    bodyStart: securityEnd,
    bodyEnd: end,
  }
}

/**
 * Whether the message carries this user's authentication code (RFC 3414 section 6.3.2).
 * SECURITY: compared in constant time, and always before anything is deciphered.
 */
export const isAuthentic = (message: UsmMessage, user: SnmpUser, keys: EngineKeys): boolean => {
  const { buffer, macStart, macEnd } = message
  if (user.auth === undefined || keys.auth === null) return false
  if (macEnd - macStart !== macOctets[user.auth.protocol]) return false
  const mac = createHmac(user.auth.protocol, keys.auth)
    .update(buffer.subarray(0, macStart))
    .update(Buffer.alloc(macEnd - macStart))
    .update(buffer.subarray(macEnd))
    .digest()
    .subarray(0, macEnd - macStart)
  return timingSafeEqual(mac, buffer.subarray(macStart, macEnd))
}

/** A scoped PDU in the clear. */
export interface ScopedPdu {
  readonly buffer: Buffer
  readonly contextEngineId: Buffer
  /** Where the PDU begins and what holds it. */
  readonly start: number
  readonly limit: number
}

/** Deciphers where the flags say so, and finds the PDU; null when it is none. */
export const openScopedPdu = (
  message: UsmMessage,
  user: SnmpUser,
  keys: EngineKeys,
): ScopedPdu | null => {
  const { buffer, bodyStart, bodyEnd } = message
  if ((message.flags & securityFlags.priv) === 0) return findPdu(buffer, bodyStart, bodyEnd)
  cursor.position = bodyStart
  const octets = readOctets(buffer, bodyEnd)
  if (octets === null || user.priv === undefined || keys.priv === null) return null
  if (message.salt.length !== saltOctets) return null
  const { protocol } = user.priv
  const plain = cipherFor(protocol)?.decrypt(
    keys.priv,
    ivFor(protocol, keys.desHalf, message.salt, message.boots, message.time),
    buffer.subarray(octets.start, octets.end),
  )
  return plain === null || plain === undefined ? null : findPdu(plain, 0, plain.length)
}

const findPdu = (buffer: Buffer, start: number, end: number): ScopedPdu | null => {
  cursor.position = start
  const limit = openTag(buffer, berTag.sequence, end)
  if (limit < 0) return null
  const contextEngineId = readOctets(buffer, limit)
  const contextName = contextEngineId === null ? null : readOctets(buffer, limit)
  if (contextEngineId === null || contextName === null) return null
  return {
    buffer,
    contextEngineId: buffer.subarray(contextEngineId.start, contextEngineId.end),
    start: cursor.position,
    limit,
  }
}

/** Salts: a counter that begins anywhere, so that none comes twice under a key (RFC 3826 3.1.2.1). */
export const createSalts = (random: (octets: number) => Buffer): (() => Buffer) => {
  let counter = random(saltOctets).readBigUInt64BE()
  return () => {
    counter = BigInt.asUintN(64, counter + 1n)
    const salt = Buffer.alloc(saltOctets)
    salt.writeBigUInt64BE(counter)
    return salt
  }
}
