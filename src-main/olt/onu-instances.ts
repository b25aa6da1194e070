import { ponOf, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { ColumnRule, RowNumberingName } from './family/column-schema.ts'
import { indexCodecs, isIndexCodecName } from './family/index-codecs.ts'
import {
  isOnuCodecName,
  isSerialCodecName,
  onuCodecs,
  serialCodecs,
  type OnuCodec,
} from './family/onu-codecs.ts'
import { createProblemLog } from './problem-log.ts'
import { createRowLocator, type LocatorParts } from './row-locator.ts'

/** Where the row of one ONU lies in a column. */
export interface OnuInstance {
  readonly column: ColumnRule
  readonly arcs: readonly number[]
  /** `below`: further arcs follow that only the OLT knows; the first row below is meant. */
  readonly kind: 'exact' | 'below'
}

type Parts = Omit<LocatorParts, 'column' | 'numberings' | 'problems'>

/**
 * Index arcs of one ONU's row, by the numberings that its family may use; each was read back with
 * the locator of the walks, so that it names this ONU and no other. Empty: only a walk can find it.
 */
export const instancesOf = (
  column: ColumnRule,
  numberings: readonly RowNumberingName[],
  parts: Parts,
  packed: number,
): readonly OnuInstance[] => {
  // What stands before the number is not known without reading.
  if (column.head !== undefined) return []
  const tail = column.tail ?? []
  const isOpen = tail.includes('any')
  const fixed = isOpen ? [] : tail.map(Number)
  return numberings.flatMap((numbering): OnuInstance[] => {
    const number = arcsOf(numbering, parts, packed)
    if (number === null) return []
    const arcs = [...number, ...fixed]
    const probe = isOpen ? [...number, ...tail.map((arc) => (arc === 'any' ? 1 : arc))] : arcs
    const locate = createRowLocator({
      ...parts,
      column,
      numberings: [numbering],
      problems: createProblemLog(),
    })
    if (locate(Float64Array.from(probe), probe.length) !== packed) return []
    return [{ column, arcs, kind: isOpen ? 'below' : 'exact' }]
  })
}

const arcsOf = (
  numbering: RowNumberingName,
  { names, places, roster }: Parts,
  packed: number,
): readonly number[] | null => {
  const address = unpackOnuAddress(packed)
  if (isIndexCodecName(numbering)) {
    const index = names.indexOf(numbering, ponOf(packed))
    const { minOnuId, maxOnuId } = indexCodecs[numbering]
    const { onuId } = address
    return index < 0 || onuId < minOnuId || onuId > maxOnuId ? null : [index, onuId]
  }
  if (isOnuCodecName(numbering)) {
    const index = numberOf(onuCodecs[numbering], { names, places }, packed)
    return Number.isSafeInteger(index) && index >= 0 && index < 2 ** 32 ? [index] : null
  }
  if (isSerialCodecName(numbering)) {
    const serial = roster.serialOf(packed) ?? keysOf(places?.byKey, packed)[0]
    if (serial === undefined) return null
    return serialCodecs[numbering].encodeSerial({ serial, slot: address.slot })
  }
  for (const [ifIndex, onu] of names.onuByIfIndex) if (onu === packed) return [ifIndex]
  return null
}

/** By what the OLT's columns say, else by the name of its PON port, else by arithmetic. */
const numberOf = (
  codec: OnuCodec,
  { names, places }: Pick<Parts, 'names' | 'places'>,
  packed: number,
): number => {
  const [placed] = keysOf(places?.byKey, packed)
  if (placed !== undefined) return Number(placed)
  const address = unpackOnuAddress(packed)
  if (codec.indexAt !== undefined) {
    const pon = ponOf(packed)
    for (const [ifIndex, named] of names.byIfIndex) {
      if (named === pon) return codec.indexAt(ifIndex, address.onuId)
    }
  }
  return codec.encodeOnu(address)
}

const keysOf = (
  places: ReadonlyMap<string, { readonly packed: number }> | undefined,
  packed: number,
): readonly string[] => {
  for (const [key, place] of places ?? []) if (place.packed === packed) return [key]
  return []
}
