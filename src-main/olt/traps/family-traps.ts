import { indexCodecs, isIndexCodecName } from '../family/index-codecs.ts'
import type { OltFamily } from '../family/load-families.ts'
import { isOnuCodecName, onuCodecs, type OnuCodec } from '../family/onu-codecs.ts'
import { ponOfGroups } from '../pon-names.ts'
import { genericTrapRules } from './generic-traps.ts'
import {
  createTrapMatcher,
  indexReaderOf,
  type TrapAddress,
  type TrapIndexReader,
  type TrapMatcher,
  type TrapReaders,
} from './trap-rules.ts'

/** Matches the traps of a family; null: of an OLT whose family is not known. */
export const trapMatcherOf = (family: OltFamily | null): TrapMatcher =>
  family === null
    ? createTrapMatcher([], undefined, genericTrapRules)
    : createTrapMatcher(family.traps ?? [], readersOf(family), genericTrapRules)

const readersOf = ({ ponPorts, onus }: OltFamily): TrapReaders => {
  const ponName = ponPorts.ifName === undefined ? null : new RegExp(ponPorts.ifName, 'u')
  const onuName = onus.ifName === undefined ? null : new RegExp(onus.ifName, 'u')

  const byIndex = (index: string): TrapIndexReader | null => {
    // Only names in IF-MIB tell these apart, unless the family knows its interfaces' arithmetic.
    const name = index === 'interface' ? ponPorts.ifIndex : index
    if (name === undefined || name === 'interface') return null
    if (isIndexCodecName(name)) return indexReaderOf(indexCodecs[name])
    if (!isOnuCodecName(name)) return null
    const codec: OnuCodec = onuCodecs[name]
    return ([number]) => (number === undefined ? null : codec.decodeOnu(number))
  }

  const byName = (name: string): TrapAddress | null => {
    const pon = ponName?.exec(name) ?? null
    if (pon !== null) return { ...ponOfGroups(pon.slice(1)), onuId: null }
    const onu = onuName?.exec(name) ?? null
    if (onu === null) return null
    const groups = onu.slice(1).filter((group) => group !== undefined)
    return { ...ponOfGroups(groups.slice(0, -1)), onuId: Number(groups.at(-1)) }
  }

  return { byIndex, byName: ponName === null && onuName === null ? null : byName }
}
