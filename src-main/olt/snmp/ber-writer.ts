import { berTag } from './ber-types.ts'

/**
 * Writing BER from the end to the front: a length is known when its content is already there. One
 * message is written at a time, never across an await; `finish` hands out a copy.
 */
const size = 70_000
const scratch = Buffer.alloc(size)
let at = size

const room = (octets: number): void => {
  if (octets > at) throw new RangeError('an SNMP message of more than 64 KB')
}

export const beginMessage = (): void => {
  at = size
}

/** Where the writer stands, as octets from the message's end: what `wrap` counts from. */
export const mark = (): number => size - at

const putHead = (tag: number, length: number): void => {
  room(6)
  if (length >= 0x1_00_00) {
    scratch[--at] = length & 0xff
    scratch[--at] = (length >>> 8) & 0xff
    scratch[--at] = length >>> 16
    scratch[--at] = 0x83
  } else if (length >= 0x100) {
    scratch[--at] = length & 0xff
    scratch[--at] = length >>> 8
    scratch[--at] = 0x82
  } else if (length >= 0x80) {
    scratch[--at] = length
    scratch[--at] = 0x81
  } else {
    scratch[--at] = length
  }
  scratch[--at] = tag
}

/** Octets as they are, without tag and length. */
export const putRaw = (octets: Uint8Array): void => {
  room(octets.length)
  at -= octets.length
  scratch.set(octets, at)
}

export const putOctets = (tag: number, octets: Uint8Array): void => {
  putRaw(octets)
  putHead(tag, octets.length)
}

/** A signed 32-bit INTEGER in as few octets as it takes. */
export const putInteger = (value: number): void => {
  room(4)
  let rest = value | 0
  const end = at
  do {
    scratch[--at] = rest & 0xff
    rest >>= 8
  } while (
    (rest !== 0 && rest !== -1) ||
    ((scratch[at] as number) & 0x80) !== (rest < 0 ? 0x80 : 0)
  )
  putHead(berTag.integer, end - at)
}

/** Puts tag and length before all that was written since `since`. */
export const wrap = (tag: number, since: number): void => putHead(tag, mark() - since)

/** The message as a buffer of its own. */
export const finishMessage = (): Buffer => {
  const message = Buffer.allocUnsafe(size - at)
  message.set(scratch.subarray(at))
  return message
}
