import type { PonAddress } from '../../../src-shared/domain/onu-address.ts'

/**
 * How a family numbers its PON ports in table indexes. An ONU's row is `<PON number>.<ONU number>`,
 * sometimes with fixed arcs behind it; where one number holds both, see onu-codecs.ts. The registry
 * is closed: a profile names a codec, it cannot bring one.
 */
export interface IndexCodec {
  /** Null when the number is not a PON port in this numbering. */
  readonly decodePon: (index: number) => PonAddress | null
  readonly encodePon: (address: PonAddress) => number
  readonly minOnuId: number
  readonly maxOnuId: number
}

/**
 * Huawei SmartAX GPON: type 125 in the top 7 bits, then frame (6), slot (6), port (5), 8 zero bits.
 * Proved by a recording (facts/olt.md 1.2: `GPON 0/1/15` = 4194316032). ONU numbers 0..127 (MIB).
 */
const huaweiGpon: IndexCodec = {
  decodePon: (index) => {
    if (Math.floor(index / 2 ** 25) !== 125 || index % 256 !== 0) return null
    const low = index % 2 ** 25
    return { shelf: low >>> 19, slot: (low >>> 13) & 63, port: (low >>> 8) & 31 }
  },
  encodePon: ({ shelf, slot, port }) =>
    125 * 2 ** 25 + shelf * 2 ** 19 + slot * 2 ** 13 + port * 2 ** 8,
  minOnuId: 0,
  maxOnuId: 127,
}

/**
 * ZTE space (a): tables under 1012 and 1015.1010 of C300 and C320.
 * `0x10000000 | (shelf-1)<<24 | slot<<16 | port<<8`; shelf and port count from 1 (facts/olt.md 2.2).
 */
const zte1012: IndexCodec = {
  decodePon: (index) => {
    if (Math.floor(index / 2 ** 28) !== 1 || index % 256 !== 0) return null
    const address = {
      shelf: ((index >>> 24) & 15) + 1,
      slot: (index >>> 16) & 255,
      port: (index >>> 8) & 255,
    }
    return address.slot > 63 || address.port === 0 ? null : address
  },
  encodePon: ({ shelf, slot, port }) =>
    2 ** 28 + (shelf - 1) * 2 ** 24 + slot * 2 ** 16 + port * 2 ** 8,
  minOnuId: 1,
  maxOnuId: 128,
}

/**
 * ZTE space (b): tables under 1082. `0x11010000 | slot<<8 | port`, one shelf, port from 1. Uplinks
 * use it too, so only a PON table's own rows may be read with it (facts/olt.md 2.2). XGS-PON ports
 * hold up to 256 ONUs.
 */
const zte1082: IndexCodec = {
  decodePon: (index) => {
    if (Math.floor(index / 2 ** 16) !== 0x1101) return null
    const address = { shelf: 1, slot: (index >>> 8) & 255, port: index & 255 }
    return address.slot > 63 || address.port === 0 ? null : address
  },
  encodePon: ({ slot, port }) => 0x1101 * 2 ** 16 + slot * 2 ** 8 + port,
  minOnuId: 1,
  maxOnuId: 256,
}

/** One box, PON ports counted from 1, ONUs too (facts/olt.md 3: `pon.onu`). */
const ponNumber: IndexCodec = {
  decodePon: (index) => (index < 1 || index > 255 ? null : { shelf: 0, slot: 0, port: index }),
  encodePon: ({ port }) => port,
  minOnuId: 1,
  maxOnuId: 1023,
}

/** FiberHome AN5516: `slot<<25 | pon<<19` (facts/olt.md 6, one source). */
const fiberhomePon: IndexCodec = {
  decodePon: (index) => {
    const address = { shelf: 0, slot: Math.floor(index / 2 ** 25), port: (index >>> 19) & 63 }
    if (index % 2 ** 19 !== 0 || address.slot === 0 || address.slot > 63) return null
    return address.port === 0 ? null : address
  },
  encodePon: ({ slot, port }) => slot * 2 ** 25 + port * 2 ** 19,
  minOnuId: 1,
  maxOnuId: 1023,
}

/**
 * Nokia ISAM: `slotField<<25 | 13<<21 | pon<<16 | 0x2000`, read from a recording (facts/olt.md 7).
 * Which physical slot a slotField means is not known, so the field itself is shown.
 */
const isamPon: IndexCodec = {
  decodePon: (index) => {
    if (((index >>> 21) & 15) !== 13 || (index & 0xffff) !== 0x2000) return null
    const slot = Math.floor(index / 2 ** 25)
    return slot > 63 ? null : { shelf: 0, slot, port: (index >>> 16) & 31 }
  },
  encodePon: ({ slot, port }) => slot * 2 ** 25 + 13 * 2 ** 21 + port * 2 ** 16 + 0x2000,
  minOnuId: 0,
  maxOnuId: 127,
}

/**
 * The ifIndex of the PON port, whatever it is: only the port's name in IF-MIB tells the address, so
 * there is no arithmetic here and `names.resolve` does the work.
 */
const byInterface: IndexCodec = {
  decodePon: () => null,
  encodePon: () => -1,
  minOnuId: 0,
  maxOnuId: 1023,
}

export const indexCodecs = {
  'huawei-gpon': huaweiGpon,
  'zte-1012': zte1012,
  'zte-1082': zte1082,
  'pon-number': ponNumber,
  'fiberhome-pon': fiberhomePon,
  'isam-pon': isamPon,
  interface: byInterface,
} as const satisfies Record<string, IndexCodec>

export type IndexCodecName = keyof typeof indexCodecs
export const indexCodecNames = Object.keys(indexCodecs) as readonly IndexCodecName[]

export const isIndexCodecName = (name: string): name is IndexCodecName => name in indexCodecs

/** Where a board sits, from the arcs of its row. Null when the arcs are not a board's. */
export type BoardCodec = (arcs: readonly number[]) => BoardAddress | null

export interface BoardAddress {
  readonly shelf: number
  readonly slot: number
}

const twoArcs: BoardCodec = (arcs) => {
  const [shelf, slot] = arcs
  if (arcs.length !== 2 || shelf === undefined || slot === undefined) return null
  return shelf > 31 || slot > 63 ? null : { shelf, slot }
}

/** ZTE cards: `rack.shelf.slot`; there is one rack. */
const threeArcs: BoardCodec = ([rack, ...rest]) => (rack === 1 ? twoArcs(rest) : null)

const oneArc: BoardCodec = (arcs) => (arcs.length === 1 ? twoArcs([0, ...arcs]) : null)

export const boardCodecs = {
  'frame-slot': twoArcs,
  'rack-shelf-slot': threeArcs,
  slot: oneArc,
} as const satisfies Record<string, BoardCodec>

export type BoardCodecName = keyof typeof boardCodecs
export const boardCodecNames = Object.keys(boardCodecs) as readonly BoardCodecName[]
