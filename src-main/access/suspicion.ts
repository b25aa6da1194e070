import type { suspicions } from '../../src-shared/contract/access.ts'

/** What makes a sign-in stand out from those of the same account before. Pure. */

export type Suspicion = (typeof suspicions)[number]

export interface SignInCircumstance {
  /** Wall ms. */
  readonly at: number
  readonly device: string
  /** `192.168.7.20/24`: the machine's addresses with the length of their networks. */
  readonly addresses: readonly string[]
}

const dayMs = 86_400_000
/** So long a network is remembered; a sign-in's hour, less long. */
export const networkMemoryMs = 90 * dayMs
const hourMemoryMs = 60 * dayMs
/** Before so many, no hour is unusual. */
const hoursNeeded = 20
const manyFailures = 5
/** Corrections of the clock. */
const clockSlackMs = 2 * 60_000

export const suspicionsOf = (
  now: SignInCircumstance,
  past: {
    /** Those that were let in, of the last 90 days. */
    readonly signIns: readonly SignInCircumstance[]
    /** Whether the account was ever let in before. */
    readonly isFirst: boolean
    /** When anybody was last heard of, as the clock said then. */
    readonly lastAt: number | null
    /** Failures within the hour and since the last that was let in. */
    readonly failures: number
  },
  /** Hour of the day, 0 to 23, where the machine is. */
  hourOf: (at: number) => number,
): readonly Suspicion[] => {
  if (past.isFirst) return []
  const found: Suspicion[] = []
  if (!past.signIns.some(({ device }) => device === now.device)) found.push('new-device')
  if (isNewNetwork(now.addresses, past.signIns)) found.push('new-network')
  if (isUnusualHour(now.at, past.signIns, hourOf)) found.push('unusual-hour')
  if (past.lastAt !== null && now.at < past.lastAt - clockSlackMs) found.push('impossible-clock')
  if (past.failures >= manyFailures) found.push('many-failures')
  return found
}

/**
 * In none of the networks of before. Where there is IPv4, that alone counts: providers give other
 * IPv6 prefixes every day. In no network at all is no other network.
 */
const isNewNetwork = (
  addresses: readonly string[],
  signIns: readonly SignInCircumstance[],
): boolean => {
  const v4 = addresses.filter((address) => !address.includes(':'))
  const looked = v4.length > 0 ? v4 : addresses
  if (looked.length === 0) return false
  const known = new Set(signIns.flatMap((one) => one.addresses.map(networkOf)))
  // Signed in without any network so far: nothing to compare with.
  return known.size > 0 && !looked.some((address) => known.has(networkOf(address)))
}

/** Not within an hour of one seen in the last 60 days, of which there are enough. */
const isUnusualHour = (
  at: number,
  signIns: readonly SignInCircumstance[],
  hourOf: (at: number) => number,
): boolean => {
  const seen = signIns.filter((one) => one.at > at - hourMemoryMs).map((one) => hourOf(one.at))
  if (seen.length < hoursNeeded) return false
  const hour = hourOf(at)
  return !seen.some((other) => [0, 1, 23].includes((hour - other + 24) % 24))
}

/** `192.168.7.20/24` → `192.168.7.0/24`; `2001:db8::20/64` → its first 64 bits. */
export const networkOf = (address: string): string => {
  const [host = '', length = ''] = address.split('/')
  const bits = Number(length)
  if (host.includes(':'))
    return `${wordsOf(host)
      .slice(0, Math.ceil(bits / 16))
      .join(':')}/${bits}`
  const value = host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - bits)
  return `${Math.floor(value / size) * size}/${bits}`
}

/** The eight words of an IPv6 address. */
const wordsOf = (host: string): readonly string[] => {
  const [head = '', tail] = host.split('::')
  const before = head === '' ? [] : head.split(':')
  if (tail === undefined) return before.map(plainWord)
  const after = tail === '' ? [] : tail.split(':')
  const middle = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...middle, ...after].map(plainWord)
}

const plainWord = (word: string): string => Number.parseInt(word, 16).toString(16)
