import { isValidOnuAddress, packOnuAddress, ponOf } from '../../src-shared/domain/onu-address.ts'
import type { ColumnRule, RowNumberingName } from './family/column-schema.ts'
import { indexCodecs, isIndexCodecName, type IndexCodecName } from './family/index-codecs.ts'
import {
  isOnuCodecName,
  isSerialCodecName,
  onuCodecs,
  serialCodecs,
  type OnuCodec,
  type OnuCodecName,
  type SerialCodecName,
} from './family/onu-codecs.ts'
import type { OnuPlaces } from './onu-places.ts'
import type { OnuRoster } from './onu-roster.ts'
import type { PonNames } from './pon-names.ts'
import type { ProblemLog } from './problem-log.ts'

/** No ONU address of this family: counted as a problem. */
export const unreadableRow = -1
/** A row of something else in a table that is shared: passed over. */
export const otherRow = -2

/** Index arcs to a packed address, `unreadableRow` or `otherRow`. */
export type RowLocator = (arcs: Float64Array, arcCount: number) => number

export interface LocatorParts {
  readonly column: ColumnRule
  readonly numberings: readonly RowNumberingName[]
  readonly names: PonNames
  /** Null: the family has no columns that say where an ONU sits. */
  readonly places: OnuPlaces | null
  readonly roster: OnuRoster
  readonly problems: ProblemLog
}

export const createRowLocator = (parts: LocatorParts): RowLocator => {
  const { column, numberings } = parts
  const locators = numberings.map((name) => locatorOf(name, parts))
  const [only] = locators
  const head = column.head ?? 0
  const tail = column.tail ?? []
  const locate: RowLocator =
    locators.length === 1 && only !== undefined
      ? only
      : (arcs, arcCount) => {
          for (const attempt of locators) {
            const packed = attempt(arcs, arcCount)
            if (packed !== unreadableRow) return packed
          }
          return unreadableRow
        }
  if (head === 0 && tail.length === 0) return locate
  return (arcs, arcCount) => {
    const count = arcCount - head - tail.length
    if (count < 1) return unreadableRow
    for (let at = 0; at < tail.length; at++) {
      if (tail[at] !== 'any' && arcs[head + count + at] !== tail[at]) return unreadableRow
    }
    return locate(head === 0 ? arcs : arcs.subarray(head), count)
  }
}

const locatorOf = (name: RowNumberingName, parts: LocatorParts): RowLocator => {
  if (isIndexCodecName(name)) return byPon(name, parts)
  if (isOnuCodecName(name)) return byOnuNumber(name, parts)
  if (isSerialCodecName(name)) return bySerial(name, parts)
  const { onuByIfIndex } = parts.names
  return (arcs, arcCount) =>
    arcCount === 1 ? (onuByIfIndex.get(arcs[0] as number) ?? otherRow) : unreadableRow
}

/** Rows of one PON follow each other, so its lookup is kept. */
const byPon = (name: IndexCodecName, { names, problems }: LocatorParts): RowLocator => {
  const { minOnuId, maxOnuId } = indexCodecs[name]
  let lastIndex = -1
  let lastPon = -1
  return (arcs, arcCount) => {
    if (arcCount !== 2) return unreadableRow
    const onuId = arcs[1] as number
    if (onuId < minOnuId || onuId > maxOnuId) return unreadableRow
    const index = arcs[0] as number
    if (index !== lastIndex) {
      lastIndex = index
      lastPon = names.resolve(name, index, problems)
    }
    return lastPon < 0 ? unreadableRow : lastPon + onuId
  }
}

const byOnuNumber = (name: OnuCodecName, { names, places }: LocatorParts): RowLocator => {
  const codec: OnuCodec = onuCodecs[name]
  const stranger = codec.ofInterfaces === true ? otherRow : unreadableRow
  return (arcs, arcCount) => {
    if (arcCount !== 1) return unreadableRow
    const index = arcs[0] as number
    const placed = places?.byKey.get(String(index))
    if (placed !== undefined && placed.packed >= 0) return placed.packed
    const address = codec.decodeOnu(index)
    if (address === null) return stranger
    const pon = codec.ponIfIndexOf && names.byIfIndex.get(codec.ponIfIndexOf(index))
    if (pon !== undefined) return pon + address.onuId
    return isValidOnuAddress(address) ? packOnuAddress(address) : unreadableRow
  }
}

const bySerial = (name: SerialCodecName, { places, roster }: LocatorParts): RowLocator => {
  const codec = serialCodecs[name]
  return (arcs, arcCount) => {
    const key = codec.decodeSerial(arcs, arcCount)
    if (key === null) return unreadableRow
    const placed = places?.byKey.get(key.serial)
    if (placed !== undefined && placed.packed >= 0) {
      roster.know(key.serial, placed.packed)
      return placed.packed
    }
    return roster.place(key.serial, placed === undefined ? -1 : placed.pon)
  }
}

/** Whether rows of a numbering can be asked for one PON at a time, and the arc to ask for. */
export const scopeOf = (
  { head }: ColumnRule,
  numberings: readonly RowNumberingName[],
  names: PonNames,
  pon: number,
): readonly number[] | undefined => {
  const [name] = numberings
  if (head !== undefined || numberings.length !== 1) return undefined
  if (name === undefined || !isIndexCodecName(name)) return undefined
  const index = names.indexOf(name, pon)
  return index < 0 ? undefined : [index]
}

export const isOnPon = (packed: number, pon: number | undefined): boolean =>
  pon === undefined || ponOf(packed) === pon
