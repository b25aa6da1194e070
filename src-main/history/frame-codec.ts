import { NocturneError } from '../../src-shared/errors.ts'
import { isMark } from './metrics.ts'

/**
 * One metric of all series of a lane at one cycle, by slot. Fast to write, read for hours only,
 * without loss. A format of our own:
 *
 *   u8 version, u8 width, u16 zero, u32 slots, u32 marks, a bit per slot that has a value,
 *   the values of those, then u32 slot and u8 mark for each mark.
 *
 * The width is the smallest that holds all values; NaN is "no value".
 */
const version = 1
const headerBytes = 12

const widths = { u8: 0, i16: 1, i32: 2, u48: 3, f64: 4 } as const
const widthBytes = [1, 2, 4, 6, 8] as const

export interface Frame {
  readonly values: Float64Array
  /** Per slot; null: none has one. */
  readonly marks: Uint8Array | null
}

export const encodeFrame = ({ values, marks }: Frame): Buffer => {
  const slots = values.length
  const width = narrowest(values)
  const marked = marks === null ? [] : slotsWithMark(marks)
  const bitmapBytes = (slots + 7) >> 3
  // Sized for all slots; what is absent is cut off at the end.
  const out = Buffer.alloc(
    headerBytes + bitmapBytes + slots * widthBytes[width]! + marked.length * 5,
  )
  out.writeUInt8(version, 0)
  out.writeUInt8(width, 1)
  out.writeUInt32LE(slots, 4)
  out.writeUInt32LE(marked.length, 8)
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength)
  const step = widthBytes[width]!
  let at = headerBytes + bitmapBytes
  for (let slot = 0; slot < slots; slot++) {
    const value = values[slot]!
    if (Number.isNaN(value)) continue
    out[headerBytes + (slot >> 3)]! |= 1 << (slot & 7)
    putValue(view, at, width, value)
    at += step
  }
  for (const slot of marked) {
    out.writeUInt32LE(slot, at)
    out.writeUInt8(marks![slot]!, at + 4)
    at += 5
  }
  return out.subarray(0, at)
}

const narrowest = (values: Float64Array): number => {
  let low = 0
  let high = 0
  for (let slot = 0; slot < values.length; slot++) {
    const value = values[slot]!
    if (Number.isNaN(value)) continue
    if (!Number.isInteger(value) || Object.is(value, -0)) return widths.f64
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low >= 0 && high <= 255) return widths.u8
  if (low >= -32_768 && high <= 32_767) return widths.i16
  if (low >= -(2 ** 31) && high < 2 ** 31) return widths.i32
  return low >= 0 && high < 2 ** 48 ? widths.u48 : widths.f64
}

const slotsWithMark = (marks: Uint8Array): number[] => {
  const slots: number[] = []
  for (let slot = 0; slot < marks.length; slot++) if (marks[slot] !== 0) slots.push(slot)
  return slots
}

const putValue = (view: DataView, at: number, width: number, value: number): void => {
  switch (width) {
    case widths.u8:
      return view.setUint8(at, value)
    case widths.i16:
      return view.setInt16(at, value, true)
    case widths.i32:
      return view.setInt32(at, value, true)
    case widths.u48:
      view.setUint32(at, value % 4_294_967_296, true)
      return view.setUint16(at + 4, Math.floor(value / 4_294_967_296), true)
    default:
      return view.setFloat64(at, value, true)
  }
}

const getValue = (view: DataView, at: number, width: number): number => {
  switch (width) {
    case widths.u8:
      return view.getUint8(at)
    case widths.i16:
      return view.getInt16(at, true)
    case widths.i32:
      return view.getInt32(at, true)
    case widths.u48:
      return view.getUint32(at, true) + view.getUint16(at + 4, true) * 4_294_967_296
    default:
      return view.getFloat64(at, true)
  }
}

interface OpenFrame {
  readonly view: DataView
  readonly bytes: Uint8Array
  readonly width: number
  readonly slots: number
  readonly marks: number
  readonly valuesFrom: number
  readonly marksFrom: number
}

const open = (bytes: Uint8Array): OpenFrame => {
  if (bytes.length < headerBytes || bytes[0] !== version) throw damaged()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const width = bytes[1]!
  const slots = view.getUint32(4, true)
  const marks = view.getUint32(8, true)
  const valuesFrom = headerBytes + Math.ceil(slots / 8)
  const marksFrom = bytes.length - marks * 5
  if (width >= widthBytes.length || marksFrom < valuesFrom) throw damaged()
  const present = bitsBefore(bytes, slots)
  if (valuesFrom + present * widthBytes[width]! !== marksFrom) throw damaged()
  return { view, bytes, width, slots, marks, valuesFrom, marksFrom }
}

/** Throws 'store-damaged' for bytes that are no frame. */
export const decodeFrame = (bytes: Uint8Array): Frame => {
  const { view, width, slots, marks, valuesFrom, marksFrom } = open(bytes)
  const values = new Float64Array(slots)
  const step = widthBytes[width]!
  let at = valuesFrom
  for (let slot = 0; slot < slots; slot++) {
    if ((bytes[headerBytes + (slot >> 3)]! & (1 << (slot & 7))) === 0) {
      values[slot] = Number.NaN
    } else {
      values[slot] = getValue(view, at, width)
      at += step
    }
  }
  if (marks === 0) return { values, marks: null }
  const bySlot = new Uint8Array(slots)
  for (let place = marksFrom; place < bytes.length; place += 5) {
    const slot = view.getUint32(place, true)
    const mark = bytes[place + 4]!
    if (slot >= slots || !isMark(mark)) throw damaged()
    bySlot[slot] = mark
  }
  return { values, marks: bySlot }
}

/** One slot of a frame, without decoding the others; NaN where it has none. */
export const readFrameSlot = (
  bytes: Uint8Array,
  slot: number,
): { readonly value: number; readonly mark: number } => {
  const { view, width, slots, marks, valuesFrom, marksFrom } = open(bytes)
  const has = slot < slots && (bytes[headerBytes + (slot >> 3)]! & (1 << (slot & 7))) !== 0
  if (!has) return { value: Number.NaN, mark: 0 }
  const value = getValue(view, valuesFrom + bitsBefore(bytes, slot) * widthBytes[width]!, width)
  if (marks > 0) {
    for (let place = marksFrom; place < bytes.length; place += 5) {
      if (view.getUint32(place, true) === slot) return { value, mark: bytes[place + 4]! }
    }
  }
  return { value, mark: 0 }
}

const bitsBefore = (bytes: Uint8Array, slot: number): number => {
  let count = 0
  const whole = headerBytes + (slot >> 3)
  for (let at = headerBytes; at < whole; at++) count += bitsIn(bytes[at]!)
  const rest = slot & 7
  return rest === 0 ? count : count + bitsIn(bytes[whole]! & ((1 << rest) - 1))
}

const bitsIn = (byte: number): number => {
  const pairs = byte - ((byte >> 1) & 0x55)
  const fours = (pairs & 0x33) + ((pairs >> 2) & 0x33)
  return (fours + (fours >> 4)) & 0x0f
}

const damaged = (): NocturneError => new NocturneError('store-damaged', { what: 'history-frame' })
