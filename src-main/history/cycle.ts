import { NocturneError } from '../../src-shared/errors.ts'
import { earliest, latest } from './file-names.ts'
import { metrics, type MetricName, type SeriesKind } from './metrics.ts'

/** What one walk of one OLT read, by columns. Arrays are copied, they stay the caller's. */
export interface Cycle {
  readonly oltId: string
  readonly kind: SeriesKind
  /** Wall ms. May jump: cycles are kept in the order in which they come. */
  readonly at: number
  /** Monotonic ms, of the same clock for the life of this history. */
  readonly monotonic: number
  /** Ascending, each once: packed ONU addresses, packed PON addresses, or 0 for the OLT. */
  readonly addresses: Int32Array
  /** In the metric's unit (states: positions in `onuStates`); NaN: no value. */
  readonly columns: Readonly<Partial<Record<MetricName, Float64Array | Uint8Array>>>
  /** Where they are known; null: not known. */
  readonly serials?: readonly (string | null)[]
  /** The width of the counters of this OLT; 64 where nothing is said. */
  readonly counterBits?: 32 | 64
  /** The OLT has restarted since its last cycle (its uptime fell): counters began anew. */
  readonly restarted?: boolean
  /**
   * Only these addresses were asked for (one PON port, say): of the other series it tells nothing,
   * not even that they had no value.
   */
  readonly partial?: boolean
  /** What happened: numbers that the caller gives a meaning. Addresses must be among those known. */
  readonly events?: {
    readonly at: Float64Array
    readonly addresses: Int32Array
    readonly kinds: Uint8Array
    readonly codes: Uint8Array
    readonly details: Uint8Array
  }
}

const highestAddress = 2 ** 31 - 1

/** Throws 'invalid-input'. */
export const checkCycle = (cycle: Cycle): void => {
  const { at, monotonic, addresses, columns, serials, events } = cycle
  if (!(at >= earliest && at < latest) || !Number.isFinite(monotonic)) throw wrong('time')
  for (let index = 0; index < addresses.length; index++) {
    const address = addresses[index]!
    const before = index === 0 ? -1 : addresses[index - 1]!
    if (address <= before || address > highestAddress) throw wrong('addresses')
  }
  for (const [name, column] of Object.entries(columns)) {
    const metric = Object.hasOwn(metrics, name) ? metrics[name as MetricName] : undefined
    if (metric === undefined || metric.kind !== cycle.kind) throw wrong('metric')
    if (column.length !== addresses.length) throw wrong('column')
  }
  if (serials !== undefined && serials.length !== addresses.length) throw wrong('serials')
  if (events === undefined) return
  const { length } = events.at
  const rest = [events.addresses, events.kinds, events.codes, events.details]
  if (rest.some((column) => column.length !== length)) throw wrong('events')
  if (events.at.some((time) => !(time >= earliest && time < latest))) throw wrong('event-time')
}

const wrong = (what: string): NocturneError =>
  new NocturneError('invalid-input', { what: `history-${what}` })
