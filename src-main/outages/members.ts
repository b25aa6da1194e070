/** The ONUs of one outage on one OLT, in columns, ascending by address. */
export interface MemberPart {
  readonly oltId: string
  oltName: string
  addresses: Int32Array
  /** Wall ms. */
  downAt: Float64Array
  /** Wall ms; NaN: still down; Infinity: it counts no more (switched off, removed). */
  backAt: Float64Array
  /** 1: it had a dying gasp. */
  gasp: Uint8Array
  /** Hundredths of dBm, before it fell; `noLight`: not known. */
  rx: Int16Array
}

export const noLight = -32_768

export interface NewMembers {
  readonly addresses: Int32Array
  readonly downAt: Float64Array
  readonly gasp: Uint8Array
  readonly rx: Int16Array
}

export const emptyPart = (oltId: string, oltName: string): MemberPart => ({
  oltId,
  oltName,
  addresses: new Int32Array(0),
  downAt: new Float64Array(0),
  backAt: new Float64Array(0),
  gasp: new Uint8Array(0),
  rx: new Int16Array(0),
})

/** Place of an address, -1 where it is none. */
export const placeOf = (addresses: Int32Array, address: number): number => {
  let low = 0
  let high = addresses.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (addresses[middle]! < address) low = middle + 1
    else high = middle
  }
  return addresses[low] === address ? low : -1
}

/** Adds ONUs (ascending, each once); one that is a member already is down again. */
export const addMembers = (part: MemberPart, fresh: NewMembers): number => {
  const before = part.addresses.length
  let known = 0
  for (const address of fresh.addresses) if (placeOf(part.addresses, address) >= 0) known++
  const total = before + fresh.addresses.length - known
  const next = {
    addresses: new Int32Array(total),
    downAt: new Float64Array(total),
    backAt: new Float64Array(total).fill(Number.NaN),
    gasp: new Uint8Array(total),
    rx: new Int16Array(total),
  }
  let old = 0
  let news = 0
  for (let place = 0; place < total; place++) {
    const mine = old < before ? part.addresses[old]! : Number.POSITIVE_INFINITY
    const theirs = news < fresh.addresses.length ? fresh.addresses[news]! : Number.POSITIVE_INFINITY
    if (mine <= theirs) {
      next.addresses[place] = mine
      next.downAt[place] = part.downAt[old]!
      next.backAt[place] = mine === theirs ? Number.NaN : part.backAt[old]!
      next.gasp[place] = Math.max(part.gasp[old]!, mine === theirs ? fresh.gasp[news]! : 0)
      next.rx[place] = part.rx[old]!
      old++
      if (mine === theirs) news++
    } else {
      next.addresses[place] = theirs
      next.downAt[place] = fresh.downAt[news]!
      next.gasp[place] = fresh.gasp[news]!
      next.rx[place] = fresh.rx[news]!
      news++
    }
  }
  Object.assign(part, next)
  return total - before
}

export interface MemberCounts {
  readonly affected: number
  readonly down: number
  readonly withGasp: number
}

export const countMembers = (parts: Iterable<MemberPart>): MemberCounts => {
  let affected = 0
  let down = 0
  let withGasp = 0
  for (const part of parts) {
    affected += part.addresses.length
    for (let place = 0; place < part.addresses.length; place++) {
      if (Number.isNaN(part.backAt[place]!)) down++
      withGasp += part.gasp[place]!
    }
  }
  return { affected, down, withGasp }
}

export interface PackedPart {
  readonly addresses: Uint8Array
  readonly downAt: Uint8Array
  readonly backAt: Uint8Array
  readonly gasp: Uint8Array
  readonly rx: Uint8Array
}

const bytesOf = (column: Int32Array | Float64Array | Int16Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength)

/** As it is kept in the store: the columns' own octets (little-endian, as every machine we run on). */
export const packPart = (part: MemberPart): PackedPart => ({
  addresses: bytesOf(part.addresses),
  downAt: bytesOf(part.downAt),
  backAt: bytesOf(part.backAt),
  gasp: part.gasp,
  rx: bytesOf(part.rx),
})

/** Null where the columns do not fit one another: nothing is guessed. */
export const unpackPart = (
  oltId: string,
  oltName: string,
  packed: PackedPart,
): MemberPart | null => {
  const count = packed.gasp.length
  const fits =
    packed.addresses.length === count * 4 &&
    packed.downAt.length === count * 8 &&
    packed.backAt.length === count * 8 &&
    packed.rx.length === count * 2
  if (!fits) return null
  // Copied: a column must begin at a multiple of its width.
  const own = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
  return {
    oltId,
    oltName,
    addresses: new Int32Array(own(packed.addresses)),
    downAt: new Float64Array(own(packed.downAt)),
    backAt: new Float64Array(own(packed.backAt)),
    gasp: new Uint8Array(packed.gasp),
    rx: new Int16Array(own(packed.rx)),
  }
}
