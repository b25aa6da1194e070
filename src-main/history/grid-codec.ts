import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import { NocturneError } from '../../src-shared/errors.ts'
import { BitReader, BitWriter } from './bit-stream.ts'
import { isMark } from './metrics.ts'

/**
 * A grid of numbers, one row per series and one column per cycle, without loss: every double
 * comes back as it was, NaN is "no value". A format of our own:
 *
 *   u8 version, u8 reserved, u16 rows, u16 columns, u32 bytes of deflated symbols,
 *   2 bits of mode per row, the symbols (deflate, raw), the extra bits.
 *
 * Each value is predicted from those before it in its row; the difference becomes one symbol (its
 * magnitude) and as many extra bits as that magnitude leaves open. Symbols compress, the extra
 * bits are noise and are stored as they are. A row is read without decoding the rows before it.
 */
const version = 1
const headerBytes = 10
const absent = 255
const rawDouble = 251
/** + mark: a value with that mark. */
const marked = 251
const direct = 32
/** Whole numbers up to this are predicted; their zigzag is exact in a double. */
const predictable = 2 ** 49

export const gridModes = { delta: 0, rising: 1, level: 2, trend: 3 } as const
const modeCount = 4
/** Weight of the newest value in the running averages, once enough were seen. */
const slowest = 8

/** Extra bits that follow a symbol. */
const extraBits = new Uint8Array(256)
for (let symbol = direct; symbol < marked; symbol++)
  extraBits[symbol] = ((symbol - direct) >> 2) + 3
for (let symbol = marked; symbol < absent; symbol++) extraBits[symbol] = 64

const bitLength = (value: number): number =>
  value < 4_294_967_296
    ? 32 - Math.clz32(value)
    : 64 - Math.clz32(Math.floor(value / 4_294_967_296))

const isPredictable = (value: number): boolean =>
  Number.isInteger(value) && value <= predictable && value >= -predictable && !Object.is(value, -0)

const zigzag = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1)

/** What a row's past says of its next value; one for the encoder, the same for the decoder. */
class Predictor {
  mode = 0
  count = 0
  #last = 0
  #average = 0

  begin(mode: number): void {
    this.mode = mode
    this.count = 0
    this.#last = 0
    this.#average = 0
  }

  next(): number {
    if (this.mode < gridModes.level || this.count === 0) return this.#last
    if (this.mode === gridModes.level) return Math.round(this.#average)
    return this.count === 1 ? this.#last : this.#last + Math.round(this.#average)
  }

  learn(value: number): void {
    if (this.count === 0) {
      this.#average = this.mode === gridModes.level ? value : 0
    } else if (this.mode === gridModes.level) {
      this.#average += (value - this.#average) / Math.min(slowest, this.count + 1)
    } else if (this.mode === gridModes.trend) {
      this.#average += (value - this.#last - this.#average) / Math.min(slowest, this.count)
    }
    this.#last = value
    this.count++
  }

  /** After a mark: the value is where it goes on from. */
  jump(value: number): void {
    this.#last = value
    if (this.mode === gridModes.level || this.count === 0) this.#average = 0
    if (this.mode === gridModes.level) this.#average = value
    this.count = Math.max(1, this.count)
  }
}

export interface Grid {
  readonly rows: number
  readonly columns: number
  /** Row by row. */
  readonly values: Float64Array
  /** `marks` of metrics.ts per value; null: none. */
  readonly marks: Uint8Array | null
}

export const encodeGrid = ({ rows, columns, values, marks }: Grid): Uint8Array => {
  if (rows > 65_535 || columns > 65_535 || values.length !== rows * columns) {
    throw new RangeError('a grid that does not fit its format')
  }
  const symbols = new Uint8Array(rows * columns)
  const bits = new BitWriter(rows * columns * 2)
  const modes = new Uint8Array(Math.ceil(rows / 4))
  const predictor = new Predictor()
  for (let row = 0; row < rows; row++) {
    const from = row * columns
    const mode = cheapestMode(values, marks, from, from + columns)
    modes[row >> 2]! |= mode << ((row & 3) * 2)
    predictor.begin(mode)
    for (let at = from; at < from + columns; at++) {
      const value = values[at]!
      const mark = marks === null ? 0 : marks[at]!
      if (Number.isNaN(value)) {
        symbols[at] = absent
      } else if (mark !== 0) {
        symbols[at] = marked + mark
        bits.writeDouble(value)
        if (isPredictable(value)) predictor.jump(value)
      } else if (!isPredictable(value)) {
        symbols[at] = rawDouble
        bits.writeDouble(value)
      } else {
        const difference = value - predictor.next()
        const rising = mode === gridModes.rising && predictor.count > 0
        const code = rising ? difference : zigzag(difference)
        if (code < direct) {
          symbols[at] = code
        } else {
          const open = bitLength(code) - 3
          const unit = 2 ** open
          const top = Math.floor(code / unit)
          symbols[at] = direct + (open - 3) * 4 + (top & 3)
          bits.write(code - top * unit, open)
        }
        predictor.learn(value)
      }
    }
  }
  // RLE: long runs of one symbol, and for the rest the Huffman code of its frequencies alone.
  const deflated = deflateRawSync(symbols, { level: 6, strategy: constants.Z_RLE })
  const extra = bits.finish()
  const out = new Uint8Array(headerBytes + modes.length + deflated.length + extra.length)
  const header = new DataView(out.buffer)
  header.setUint8(0, version)
  header.setUint16(2, rows, true)
  header.setUint16(4, columns, true)
  header.setUint32(6, deflated.length, true)
  out.set(modes, headerBytes)
  out.set(deflated, headerBytes + modes.length)
  out.set(extra, headerBytes + modes.length + deflated.length)
  return out
}

/** One pass over the row with every mode's predictor, counting bits. */
const cheapestMode = (
  values: Float64Array,
  marks: Uint8Array | null,
  from: number,
  to: number,
): number => {
  let last = 0
  let level = 0
  let trend = 0
  let count = 0
  let falls = 0
  let delta = 0
  let levelCost = 0
  let trendCost = 0
  for (let at = from; at < to; at++) {
    const value = values[at]!
    if (!isPredictable(value) || (marks !== null && marks[at] !== 0)) continue
    if (count === 0) {
      level = value
    } else {
      const step = value - last
      if (step < 0) falls++
      delta += cost(step)
      levelCost += cost(Math.round(value - level))
      trendCost += cost(Math.round(step - trend))
      level += (value - level) / Math.min(slowest, count + 1)
      trend += (step - trend) / Math.min(slowest, count)
    }
    last = value
    count++
  }
  // Rising saves the sign of each.
  const best = Math.min(falls === 0 ? delta - count : delta, levelCost, trendCost)
  if (best === levelCost && levelCost < delta) return gridModes.level
  if (best === trendCost && trendCost < delta) return gridModes.trend
  // A mark or a value out of range between them may hide a fall: the sign is then kept.
  return falls === 0 && isRising(values, marks, from, to) ? gridModes.rising : gridModes.delta
}

const cost = (difference: number): number => bitLength(zigzag(difference))

/** As the encoder will meet it: after a mark the next value is told from the marked one. */
const isRising = (
  values: Float64Array,
  marks: Uint8Array | null,
  from: number,
  to: number,
): boolean => {
  let last = Number.NEGATIVE_INFINITY
  for (let at = from; at < to; at++) {
    const value = values[at]!
    if (!isPredictable(value)) continue
    if (marks !== null && marks[at] !== 0) last = value
    else if (value < last) return false
    else last = value
  }
  return true
}

export interface GridReader {
  readonly rows: number
  readonly columns: number
  /** Fills `values` (and `marks`) with one row; with `until`, with its columns below that alone. */
  readRow(row: number, values: Float64Array, marks?: Uint8Array, until?: number): void
}

/** Bytes of which only those that are needed are fetched. */
export interface ByteSource {
  readonly length: number
  readonly read: (from: number, to: number) => Uint8Array
}

export const openGrid = (bytes: Uint8Array): GridReader =>
  openGridFrom({ length: bytes.length, read: (from, to) => bytes.subarray(from, to) })

/** Throws 'store-damaged' for bytes that are no grid. */
export const openGridFrom = (bytes: ByteSource): GridReader => {
  if (bytes.length < headerBytes) throw damaged()
  const head = bytes.read(0, headerBytes)
  if (head[0] !== version) throw damaged()
  const header = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const rows = header.getUint16(2, true)
  const columns = header.getUint16(4, true)
  const deflated = header.getUint32(6, true)
  const symbolsFrom = headerBytes + Math.ceil(rows / 4)
  const bitsFrom = symbolsFrom + deflated
  if (bitsFrom > bytes.length || rows * columns > mostValues) throw damaged()
  const front = bytes.read(headerBytes, bitsFrom)
  const modes = front.subarray(0, symbolsFrom - headerBytes)
  const symbols = inflate(front.subarray(symbolsFrom - headerBytes), rows * columns)
  const predictor = new Predictor()
  /** Where the extra bits of a row begin, for the rows below `known`. */
  const starts = new Float64Array(rows + 1)
  let known = 0
  const startOf = (row: number): number => {
    for (; known < row; known++) {
      let total = 0
      for (let at = known * columns; at < (known + 1) * columns; at++) {
        total += extraBits[symbols[at]!]!
      }
      starts[known + 1] = starts[known]! + total
    }
    return starts[row]!
  }

  return {
    rows,
    columns,
    readRow: (row, values, marks, until = columns) => {
      const start = startOf(row)
      const firstByte = bitsFrom + Math.floor(start / 8)
      const endByte = bitsFrom + Math.ceil(startOf(row + 1) / 8)
      if (endByte > bytes.length) throw damaged()
      const reader = new BitReader(firstByte === endByte ? nothing : bytes.read(firstByte, endByte))
      reader.position = start % 8
      const mode = (modes[row >> 2]! >> ((row & 3) * 2)) % modeCount
      predictor.begin(mode)
      const from = row * columns
      const end = Math.min(until, columns)
      for (let column = 0; column < end; column++) {
        const symbol = symbols[from + column]!
        if (marks !== undefined) marks[column] = 0
        if (symbol === absent) {
          values[column] = Number.NaN
        } else if (symbol >= marked) {
          const value = reader.readDouble()
          values[column] = value
          const mark = symbol - marked
          if (!isMark(mark)) continue
          if (marks !== undefined) marks[column] = mark
          if (isPredictable(value)) predictor.jump(value)
        } else {
          const open = extraBits[symbol]!
          const code =
            symbol < direct ? symbol : (4 + ((symbol - direct) & 3)) * 2 ** open + reader.read(open)
          const rising = mode === gridModes.rising && predictor.count > 0
          const difference = rising ? code : code % 2 === 0 ? code / 2 : -(code + 1) / 2
          const value = predictor.next() + difference
          values[column] = value
          predictor.learn(value)
        }
      }
    },
  }
}

/** No grid of ours is near it: what says so is damaged. */
const mostValues = 4_194_304
const nothing = new Uint8Array(0)

const inflate = (bytes: Uint8Array, size: number): Uint8Array => {
  try {
    const symbols = inflateRawSync(bytes, {
      maxOutputLength: Math.max(1, size),
      chunkSize: Math.max(64, size + 64),
    })
    if (symbols.length === size) return symbols
  } catch (error) {
    throw new NocturneError('store-damaged', { what: 'history-block' }, { cause: error })
  }
  throw damaged()
}

const damaged = (): NocturneError => new NocturneError('store-damaged', { what: 'history-block' })
