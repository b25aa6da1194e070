import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { tier } from './tiers.ts'

/**
 * What was typed of an address: `0/1/3:12`, `0/1/3`, `1/3:12`, `0/1/` … The numbers before the colon
 * end at the port where a colon stands; without one they begin at the shelf, or are slot and port.
 */
export interface AddressPattern {
  /** As typed, without what stood before the first number. */
  readonly text: string
  readonly before: readonly number[]
  /** Digits behind the colon, perhaps none yet; null: no colon. */
  readonly onu: string | null
  /** The last number before the colon may go on: `0/1` is the beginning of `0/12`. */
  readonly open: boolean
}

const pattern =
  /^(?:[a-z][a-z_-]*[_-])?((\d{1,4})(?:\/(\d{1,4}))?(?:\/(\d{1,4}))?(?:(\/)|[:/](\d{0,4}))?)$/

/** `chunk`: folded, no spaces. Null: not a part of an address. */
export const readAddressPattern = (chunk: string): AddressPattern | null => {
  if (!chunk.includes('/') && !chunk.includes(':')) return null
  const match = pattern.exec(chunk)
  if (match === null) return null
  const [, text, shelf, slot, port, slash, onu] = match
  const before = [shelf, slot, port].filter((part) => part !== undefined).map(Number)
  return { text: text!, before, onu: onu ?? null, open: slash === undefined && onu === undefined }
}

/** Parts of a packed address: how far its bits are moved, and how many values it has. */
const parts = [
  { shift: 24, values: 32 },
  { shift: 18, values: 64 },
  { shift: 10, values: 256 },
  { shift: 0, values: 1024 },
] as const

/** One way to read what was typed: the first numbers fixed, of the last one a table of tiers. */
interface Reading {
  readonly mask: number
  readonly value: number
  readonly shift: number
  readonly last: number
  readonly table: Uint8Array
}

/** How each address fits, 0: not at all; -1 is none. Some hundred thousand within a millisecond. */
export const matchAddresses = (
  typed: AddressPattern,
  addresses: Int32Array,
  count: number,
  isPon: boolean,
): Uint8Array => {
  const tiers = new Uint8Array(count)
  for (const { mask, value, shift, last, table } of readingsOf(typed, isPon)) {
    for (let index = 0; index < count; index++) {
      const address = addresses[index]!
      if ((address & mask) !== value || address === -1) continue
      const fits = table[(address >>> shift) & last]!
      const before = tiers[index]!
      if (fits !== 0 && (before === 0 || fits < before)) tiers[index] = fits
    }
  }
  return tiers
}

const readingsOf = ({ before, onu, open }: AddressPattern, isPon: boolean): Reading[] => {
  const numbers = before.map(String)
  if (onu !== null) {
    if (isPon) return []
    const equal = before.length === 3 ? tier.exact : tier.inside
    return readingAt(3 - before.length, [...numbers, onu], { equal, begins: tier.prefix })
  }
  const whole = before.length === 3 && isPon ? tier.exact : tier.prefix
  const begins = open ? tier.inside : 0
  const readings = readingAt(0, numbers, { equal: whole, begins })
  if (before.length === 2) readings.push(...readingAt(1, numbers, { equal: tier.inside, begins }))
  return readings
}

const readingAt = (
  at: number,
  numbers: readonly string[],
  tiers: { readonly equal: number; readonly begins: number },
): Reading[] => {
  const fixed = [0, 0, 0, 0]
  const mask = [0, 0, 0, 0]
  for (const [index, number] of numbers.slice(0, -1).entries()) {
    const { values } = parts[at + index]!
    if (Number(number) >= values) return []
    fixed[at + index] = Number(number)
    mask[at + index] = values - 1
  }
  const typed = numbers.at(-1)!
  const { shift, values } = parts[at + numbers.length - 1]!
  const table = Uint8Array.from({ length: values }, (_, number) =>
    typed !== '' && number === Number(typed)
      ? tiers.equal
      : String(number).startsWith(typed)
        ? tiers.begins
        : 0,
  )
  return [{ mask: packed(mask), value: packed(fixed), shift, last: values - 1, table }]
}

const packed = ([shelf, slot, port, onuId]: readonly number[]): number =>
  packOnuAddress({ shelf: shelf!, slot: slot!, port: port!, onuId: onuId! })
