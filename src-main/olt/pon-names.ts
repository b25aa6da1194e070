import {
  isValidOnuAddress,
  packOnuAddress,
  unpackOnuAddress,
  type PonAddress,
} from '../../src-shared/domain/onu-address.ts'
import { cleanDeviceText } from './family/device-text.ts'
import { indexCodecs, type IndexCodecName } from './family/index-codecs.ts'
import type { OltFamily } from './family/load-families.ts'
import type { ProblemLog } from './problem-log.ts'
import { encodeOid, parseOid } from './snmp/oid.ts'
import type { WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import { walk } from './snmp/walker.ts'

const ifName = encodeOid(parseOid('1.3.6.1.2.1.31.1.1.1.1'))
const ifDescr = encodeOid(parseOid('1.3.6.1.2.1.2.2.1.2'))

/**
 * The PON ports as the OLT itself names them. A port is known by its name; the arithmetic of its
 * number is believed only where there is no name, and cross-checked where there is one.
 */
export interface PonNames {
  /** Packed PON address (onuId 0) by ifIndex. */
  readonly byIfIndex: ReadonlyMap<number, number>
  readonly ifNameOf: ReadonlyMap<number, string>
  /** Packed ONU address by the ifIndex of the ONU's own interface, where a family has those. */
  readonly onuByIfIndex: ReadonlyMap<number, number>
  /** Packed PON address of a table index in this numbering, or -1. */
  readonly resolve: (codec: IndexCodecName, index: number, problems: ProblemLog) => number
  /** The table index of a PON in this numbering; -1 where only its name is known. */
  readonly indexOf: (codec: IndexCodecName, packedPon: number) => number
}

const packPon = (address: PonAddress): number => {
  const whole = { ...address, onuId: 0 }
  return isValidOnuAddress(whole) ? packOnuAddress(whole) : -1
}

/** Shelf, slot and port of the groups that matched: the last is the port, what is missing is 0. */
export const ponOfGroups = (groups: readonly (string | undefined)[]): PonAddress => {
  const [port = 0, slot = 0, shelf = 0] = groups
    .filter((group) => group !== undefined)
    .map(Number)
    .toReversed()
  return { shelf, slot, port }
}

/** Packed address of an ONU whose name spells it, its own number in the last group; or -1. */
const packOnuName = (match: RegExpExecArray): number => {
  const groups = match.slice(1).filter((group) => group !== undefined)
  const whole = { ...ponOfGroups(groups.slice(0, -1)), onuId: Number(groups.at(-1)) }
  return isValidOnuAddress(whole) ? packOnuAddress(whole) : -1
}

/** Reads the names with one walk of ifName, or of ifDescr where that names no PON. Errors: those of `walk`. */
export const readPonNames = async (
  session: SnmpSession,
  pace: WalkPace,
  family: OltFamily,
  signal: AbortSignal | undefined,
): Promise<PonNames> => {
  const { ponPorts, onus } = family
  const pattern = ponPorts.ifName === undefined ? null : new RegExp(ponPorts.ifName, 'u')
  const onuPattern = onus.ifName === undefined ? null : new RegExp(onus.ifName, 'u')
  const byNumber =
    pattern === null && ponPorts.ifIndex !== undefined ? indexCodecs[ponPorts.ifIndex] : null
  const byIfIndex = new Map<number, number>()
  const ifNameOf = new Map<number, string>()
  const onuByIfIndex = new Map<number, number>()

  const take = (ifIndex: number, name: string): void => {
    const address = byNumber?.decodePon(ifIndex)
    const match = pattern?.exec(name) ?? null
    const packed =
      match !== null ? packPon(ponOfGroups(match.slice(1))) : address ? packPon(address) : -1
    if (packed >= 0) {
      byIfIndex.set(ifIndex, packed)
      ifNameOf.set(packed, name)
      return
    }
    const onu = onuPattern?.exec(name) ?? null
    const onuPacked = onu === null ? -1 : packOnuName(onu)
    if (onuPacked >= 0) onuByIfIndex.set(ifIndex, onuPacked)
  }

  for (const oid of pattern === null && byNumber === null ? [] : [ifName, ifDescr]) {
    if (byIfIndex.size > 0) break
    await walk({
      session,
      pace,
      signal,
      columns: [{ oid }],
      onVarbind: (_column, arcs, arcCount, _tag, buffer, start, end) => {
        if (arcCount === 1) take(arcs[0] as number, cleanDeviceText(buffer, start, end))
      },
    })
  }
  return ponNames(family, byIfIndex, ifNameOf, onuByIfIndex)
}

const ponNames = (
  family: OltFamily,
  byIfIndex: ReadonlyMap<number, number>,
  ifNameOf: ReadonlyMap<number, string>,
  onuByIfIndex: ReadonlyMap<number, number>,
): PonNames => {
  const ifIndexOf = new Map([...byIfIndex].map(([ifIndex, packed]) => [packed, ifIndex]))
  const isNamed = family.ponPorts.ifName !== undefined

  const byArithmetic = (codec: IndexCodecName, index: number): number => {
    const address = indexCodecs[codec].decodePon(index)
    return address === null ? -1 : packPon(address)
  }

  return {
    byIfIndex,
    ifNameOf,
    onuByIfIndex,
    resolve: (codec, index, problems) => {
      if (codec === 'interface') return byIfIndex.get(index) ?? -1
      const computed = byArithmetic(codec, index)
      if (codec === family.ponPorts.ifIndex) {
        const named = byIfIndex.get(index)
        if (named !== undefined) {
          if (named !== computed) {
            problems.note(
              'pon-name-disagrees',
              'address',
              () => `${ifNameOf.get(named)} = ${index}`,
            )
          }
          return named
        }
      }
      if (isNamed && computed >= 0 && !ifNameOf.has(computed)) {
        const kind = ifNameOf.size === 0 ? 'pon-names-missing' : 'pon-name-disagrees'
        problems.note(kind, 'address', () => String(index))
      }
      return computed
    },
    indexOf: (codec, packedPon) =>
      (codec === 'interface' || codec === family.ponPorts.ifIndex
        ? ifIndexOf.get(packedPon)
        : undefined) ?? indexCodecs[codec].encodePon(unpackOnuAddress(packedPon)),
  }
}
