/**
 * One row per ONU, as columns: typed arrays that grow by a fixed step, so that a walk of thousands
 * of ONUs is a tight loop without an object per row (design.md 5). Row numbers stay as long as
 * the ONU is there; a freed one is used again, with a new `born`.
 */
export interface OnuTable {
  /** Rows ever used: valid row numbers are below it. */
  used: number
  capacity: number
  readonly free: number[]
  oltIndex: Uint16Array
  /** Packed (domain/onu-address.ts). */
  address: Int32Array
  /** 1: the row stands for an ONU. */
  live: Uint8Array
  /** Version at which the row began to stand for this ONU. */
  born: Float64Array
  /** Version at which something of the row was read or changed last. */
  version: Float64Array
  /** Position in `onuStates`, as read last; see `isKnown` for what counts now. */
  state: Uint8Array
  /** Position in `downCauses`. */
  cause: Uint8Array
  /** Number of the OLT's outage after which the state was read. */
  outage: Uint16Array
  /** Complete status walks in a row that lacked the ONU. */
  missing: Uint8Array
  /** Wall ms; NaN: never. */
  stateSince: Float64Array
  lastDownAt: Float64Array
  statusAt: Float64Array
  opticsAt: Float64Array
  countersAt: Float64Array
  /** Monotonic ms of the counters, for rates; NaN after a restart of the engine. */
  countersMonotonic: Float64Array
  /** Hundredths of dBm, °C, mA; thousandths of V; `noValue`: none. */
  onuRx: Int16Array
  oltRx: Int16Array
  onuTx: Int16Array
  temperature: Int16Array
  bias: Int16Array
  voltage: Int16Array
  /** Position in `signalClasses`; hundredths of dB to the limit. */
  signal: Uint8Array
  margin: Int16Array
  /** Metres; -1: none. */
  distance: Int32Array
  upBytes: Float64Array
  downBytes: Float64Array
  /** kbit/s; NaN: none. */
  upKbps: Float32Array
  downKbps: Float32Array
  /** 1: the serial number stands elsewhere too. */
  duplicate: Uint8Array
  readonly serial: (string | null)[]
  readonly name: (string | null)[]
  readonly description: (string | null)[]
  readonly model: (string | null)[]
  readonly firmware: (string | null)[]
  /** Lower-cased text that a search looks through. */
  readonly search: string[]
}

export type TextColumn = 'serial' | 'name' | 'description' | 'model' | 'firmware'
export const textColumns = ['serial', 'name', 'description', 'model', 'firmware'] as const

export const noValue = -32_768
const growBy = 8_192

export const createOnuTable = (): OnuTable => ({
  used: 0,
  capacity: 0,
  free: [],
  oltIndex: new Uint16Array(0),
  address: new Int32Array(0),
  live: new Uint8Array(0),
  born: new Float64Array(0),
  version: new Float64Array(0),
  state: new Uint8Array(0),
  cause: new Uint8Array(0),
  outage: new Uint16Array(0),
  missing: new Uint8Array(0),
  stateSince: new Float64Array(0),
  lastDownAt: new Float64Array(0),
  statusAt: new Float64Array(0),
  opticsAt: new Float64Array(0),
  countersAt: new Float64Array(0),
  countersMonotonic: new Float64Array(0),
  onuRx: new Int16Array(0),
  oltRx: new Int16Array(0),
  onuTx: new Int16Array(0),
  temperature: new Int16Array(0),
  bias: new Int16Array(0),
  voltage: new Int16Array(0),
  signal: new Uint8Array(0),
  margin: new Int16Array(0),
  distance: new Int32Array(0),
  upBytes: new Float64Array(0),
  downBytes: new Float64Array(0),
  upKbps: new Float32Array(0),
  downKbps: new Float32Array(0),
  duplicate: new Uint8Array(0),
  serial: [],
  name: [],
  description: [],
  model: [],
  firmware: [],
  search: [],
})

interface Growable<Self> {
  readonly length: number
  set(source: Self): void
}

const grown = <Column extends Growable<Column>>(
  column: Column,
  make: (length: number) => Column,
  capacity: number,
): Column => {
  const next = make(capacity)
  next.set(column)
  return next
}

const u8 = (length: number) => new Uint8Array(length)
const u16 = (length: number) => new Uint16Array(length)
const i16 = (length: number) => new Int16Array(length)
const i32 = (length: number) => new Int32Array(length)
const f32 = (length: number) => new Float32Array(length)
const f64 = (length: number) => new Float64Array(length)

/** Makes room for so many rows; loops must take their arrays after this. */
export const reserveRows = (table: OnuTable, count: number): void => {
  const needed = table.used + Math.max(0, count - table.free.length)
  if (needed <= table.capacity) return
  const capacity = Math.ceil(needed / growBy) * growBy
  table.capacity = capacity
  table.oltIndex = grown(table.oltIndex, u16, capacity)
  table.address = grown(table.address, i32, capacity)
  table.live = grown(table.live, u8, capacity)
  table.born = grown(table.born, f64, capacity)
  table.version = grown(table.version, f64, capacity)
  table.state = grown(table.state, u8, capacity)
  table.cause = grown(table.cause, u8, capacity)
  table.outage = grown(table.outage, u16, capacity)
  table.missing = grown(table.missing, u8, capacity)
  table.stateSince = grown(table.stateSince, f64, capacity)
  table.lastDownAt = grown(table.lastDownAt, f64, capacity)
  table.statusAt = grown(table.statusAt, f64, capacity)
  table.opticsAt = grown(table.opticsAt, f64, capacity)
  table.countersAt = grown(table.countersAt, f64, capacity)
  table.countersMonotonic = grown(table.countersMonotonic, f64, capacity)
  table.onuRx = grown(table.onuRx, i16, capacity)
  table.oltRx = grown(table.oltRx, i16, capacity)
  table.onuTx = grown(table.onuTx, i16, capacity)
  table.temperature = grown(table.temperature, i16, capacity)
  table.bias = grown(table.bias, i16, capacity)
  table.voltage = grown(table.voltage, i16, capacity)
  table.signal = grown(table.signal, u8, capacity)
  table.margin = grown(table.margin, i16, capacity)
  table.distance = grown(table.distance, i32, capacity)
  table.upBytes = grown(table.upBytes, f64, capacity)
  table.downBytes = grown(table.downBytes, f64, capacity)
  table.upKbps = grown(table.upKbps, f32, capacity)
  table.downKbps = grown(table.downKbps, f32, capacity)
  table.duplicate = grown(table.duplicate, u8, capacity)
}

/** A row of which nothing is known but where it is. Room must have been reserved. */
export const takeRow = (
  table: OnuTable,
  oltIndex: number,
  address: number,
  version: number,
): number => {
  const row = table.free.pop() ?? table.used++
  table.oltIndex[row] = oltIndex
  table.address[row] = address
  table.live[row] = 1
  table.born[row] = version
  table.version[row] = version
  table.state[row] = 0
  table.cause[row] = 1
  table.outage[row] = 0
  table.missing[row] = 0
  table.stateSince[row] = NaN
  table.lastDownAt[row] = NaN
  table.statusAt[row] = NaN
  table.opticsAt[row] = NaN
  table.countersAt[row] = NaN
  table.countersMonotonic[row] = NaN
  table.onuRx[row] = noValue
  table.oltRx[row] = noValue
  table.onuTx[row] = noValue
  table.temperature[row] = noValue
  table.bias[row] = noValue
  table.voltage[row] = noValue
  table.signal[row] = 0
  table.margin[row] = noValue
  table.distance[row] = -1
  table.upBytes[row] = NaN
  table.downBytes[row] = NaN
  table.upKbps[row] = NaN
  table.downKbps[row] = NaN
  table.duplicate[row] = 0
  for (const column of textColumns) table[column][row] = null
  table.search[row] = ''
  return row
}

export const freeRow = (table: OnuTable, row: number): void => {
  table.live[row] = 0
  for (const column of textColumns) table[column][row] = null
  table.search[row] = ''
  table.free.push(row)
}
