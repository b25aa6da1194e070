/**
 * The ONUs of one OLT in columns. Rows are never moved: a removed ONU keeps its number with
 * `present` 0. Times are epoch ms, NaN for "never". About 130 octets an ONU.
 */
export class OnuTable {
  count = 0
  capacity: number
  pon: Uint16Array
  onuId: Uint16Array
  present: Uint8Array
  model: Uint8Array
  street: Uint8Array
  house: Uint16Array
  code: Uint32Array
  serialVendor: Uint32Array
  serialNumber: Uint32Array
  distanceM: Uint16Array
  rxDbm: Float32Array
  txDbm: Float32Array
  oltRxDbm: Float32Array
  downRate: Float32Array
  upShare: Float32Array
  /** Minutes of the flapping cycle; 0 for a steady ONU. */
  flapMinutes: Uint8Array
  upSinceMs: Float64Array
  // what the life of the ONU worked out, valid from validFromMs to before validUntilMs
  phase: Uint8Array
  cause: Uint8Array
  validFromMs: Float64Array
  validUntilMs: Float64Array
  lastUpMs: Float64Array
  lastDownMs: Float64Array
  lastGaspMs: Float64Array

  constructor(capacity: number) {
    this.capacity = capacity
    this.pon = new Uint16Array(capacity)
    this.onuId = new Uint16Array(capacity)
    this.present = new Uint8Array(capacity)
    this.model = new Uint8Array(capacity)
    this.street = new Uint8Array(capacity)
    this.house = new Uint16Array(capacity)
    this.code = new Uint32Array(capacity)
    this.serialVendor = new Uint32Array(capacity)
    this.serialNumber = new Uint32Array(capacity)
    this.distanceM = new Uint16Array(capacity)
    this.rxDbm = new Float32Array(capacity)
    this.txDbm = new Float32Array(capacity)
    this.oltRxDbm = new Float32Array(capacity)
    this.downRate = new Float32Array(capacity)
    this.upShare = new Float32Array(capacity)
    this.flapMinutes = new Uint8Array(capacity)
    this.upSinceMs = new Float64Array(capacity)
    this.phase = new Uint8Array(capacity)
    this.cause = new Uint8Array(capacity)
    this.validFromMs = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY)
    this.validUntilMs = new Float64Array(capacity)
    this.lastUpMs = new Float64Array(capacity)
    this.lastDownMs = new Float64Array(capacity)
    this.lastGaspMs = new Float64Array(capacity)
  }

  /** Room for half as many again. */
  grow(): void {
    const capacity = Math.ceil(this.capacity * 1.5) + 64
    const bigger = new OnuTable(capacity)
    for (const key of Object.keys(this) as (keyof OnuTable)[]) {
      const [from, to] = [this[key], bigger[key]]
      if (ArrayBuffer.isView(from) && ArrayBuffer.isView(to)) {
        new Uint8Array(to.buffer).set(new Uint8Array(from.buffer))
      }
    }
    Object.assign(this, bigger, { count: this.count })
  }

  /** Forgets what was worked out for an ONU: its causes have changed. */
  invalidate(onu: number): void {
    this.validFromMs[onu] = Number.POSITIVE_INFINITY
  }
}
