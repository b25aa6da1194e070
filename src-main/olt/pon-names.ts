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

/**
 * The PON ports as the OLT itself names them. A port is known by its name; the arithmetic of its
 * number is believed only where there is no name, and cross-checked where there is one.
 */
export interface PonNames {
  /** Packed PON address (onuId 0) by ifIndex. */
  readonly byIfIndex: ReadonlyMap<number, number>
  readonly ifNameOf: ReadonlyMap<number, string>
  /** Packed PON address of a table index in this numbering, or -1. */
  readonly resolve: (codec: IndexCodecName, index: number, problems: ProblemLog) => number
  /** The table index of a PON in this numbering. */
  readonly indexOf: (codec: IndexCodecName, packedPon: number) => number
}

const packPon = (address: PonAddress): number => {
  const whole = { ...address, onuId: 0 }
  return isValidOnuAddress(whole) ? packOnuAddress(whole) : -1
}

/** Reads the names with one walk of ifName. Errors: those of `walk`. */
export const readPonNames = async (
  session: SnmpSession,
  pace: WalkPace,
  family: OltFamily,
  signal: AbortSignal | undefined,
): Promise<PonNames> => {
  const pattern = new RegExp(family.ponPorts.ifName, 'u')
  const byIfIndex = new Map<number, number>()
  const ifNameOf = new Map<number, string>()
  await walk({
    session,
    pace,
    signal,
    columns: [{ oid: ifName }],
    onVarbind: (_column, arcs, arcCount, _tag, buffer, start, end) => {
      const name = cleanDeviceText(buffer, start, end)
      const match = pattern.exec(name)
      if (arcCount !== 1 || match === null) return
      const [, shelf, slot, port] = match
      const packed = packPon({ shelf: Number(shelf), slot: Number(slot), port: Number(port) })
      if (packed < 0) return
      byIfIndex.set(arcs[0] as number, packed)
      ifNameOf.set(packed, name)
    },
  })
  return ponNames(family, byIfIndex, ifNameOf)
}

const ponNames = (
  family: OltFamily,
  byIfIndex: ReadonlyMap<number, number>,
  ifNameOf: ReadonlyMap<number, string>,
): PonNames => {
  const ifIndexOf = new Map([...byIfIndex].map(([ifIndex, packed]) => [packed, ifIndex]))

  const byArithmetic = (codec: IndexCodecName, index: number): number => {
    const address = indexCodecs[codec].decodePon(index)
    return address === null ? -1 : packPon(address)
  }

  return {
    byIfIndex,
    ifNameOf,
    resolve: (codec, index, problems) => {
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
      if (computed >= 0 && !ifNameOf.has(computed)) {
        const kind = ifNameOf.size === 0 ? 'pon-names-missing' : 'pon-name-disagrees'
        problems.note(kind, 'address', () => String(index))
      }
      return computed
    },
    indexOf: (codec, packedPon) =>
      (codec === family.ponPorts.ifIndex ? ifIndexOf.get(packedPon) : undefined) ??
      indexCodecs[codec].encodePon(unpackOnuAddress(packedPon)),
  }
}
