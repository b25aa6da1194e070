import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'

/**
 * Addresses for ONUs that the OLT itself gives no number: known by a serial number and, while they
 * are connected, by a PON port. The number comes from the serial number, so that the same ONU gets
 * the same number again after a restart of ours, whatever else is in the list; only where two
 * serials meet in one number does the order of meeting count.
 */
export interface OnuRoster {
  /** @param pon packed PON address, or -1 while the OLT does not know: the last one known stays. */
  readonly place: (key: string, pon: number) => number
  /** An ONU whose address the OLT has given. */
  readonly know: (key: string, packed: number) => void
  readonly serialOf: (packed: number) => string | undefined
}

const highestOnuId = 1023

/** FNV-1a: small, even, the same everywhere. */
const hash = (text: string): number => {
  let value = 0x81_1c_9d_c5
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01_00_01_93)
  }
  return value >>> 0
}

/** What stands for "no PON known yet". */
const nowhere = packOnuAddress({ shelf: 0, slot: 0, port: 0, onuId: 0 })

export const createOnuRoster = (): OnuRoster => {
  const addressOf = new Map<string, number>()
  const keyOf = new Map<number, string>()

  const settle = (key: string, pon: number, wish: number): number => {
    for (let step = 0; step <= highestOnuId; step++) {
      const packed = pon + 1 + ((wish - 1 + step) % highestOnuId)
      const holder = keyOf.get(packed)
      if (holder === undefined || holder === key) {
        keyOf.set(packed, key)
        addressOf.set(key, packed)
        return packed
      }
    }
    return -1
  }

  return {
    place: (key, pon) => {
      const known = addressOf.get(key)
      if (known === undefined) {
        return settle(key, pon < 0 ? nowhere : pon, 1 + (hash(key) % highestOnuId))
      }
      const { onuId } = unpackOnuAddress(known)
      if (pon < 0 || known - onuId === pon) return known
      keyOf.delete(known)
      return settle(key, pon, onuId)
    },
    know: (key, packed) => {
      const before = addressOf.get(key)
      if (before !== undefined && before !== packed) keyOf.delete(before)
      addressOf.set(key, packed)
      keyOf.set(packed, key)
    },
    serialOf: (packed) => keyOf.get(packed),
  }
}
