import { isIP, isIPv4 } from 'node:net'
import type { Clock } from '../engine/clock.ts'

/** All addresses of a host's name. Rejects when it has none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>

/**
 * The addresses behind the hosts of OLTs, which may be names. Asked for in the background and
 * remembered; a name that cannot be resolved now keeps the addresses it had.
 */
export interface HostAddresses {
  /** Empty: not known (yet). */
  readonly of: (host: string) => readonly string[]
  /** These hosts and no others; asks for what is not known or old. */
  readonly follow: (hosts: Iterable<string>) => void
  /** Asks for all names again: the machine has another network, maybe. */
  readonly askAgain: () => void
  /** Goes up when an address came, went or changed. */
  readonly revision: () => number
}

interface Name {
  addresses: readonly string[]
  /** Monotonic ms. */
  askAt: number
  asking: boolean
}

const refreshMs = 600_000
const afterFailureMs = 60_000
const timeoutMs = 10_000
/** Names are resolved by the system, in a pool of four threads that files need as well. */
const maxAsking = 2

export const createHostAddresses = (options: {
  readonly clock: Clock
  readonly resolve: ResolveHost
}): HostAddresses => {
  const { clock, resolve } = options
  const names = new Map<string, Name>()
  let asking = 0
  let revision = 0

  const ask = async (host: string, name: Name): Promise<void> => {
    asking++
    name.asking = true
    try {
      const found = await withTimeout(clock, resolve(host))
      const addresses = [...new Set(found.map(canonicalAddress))].toSorted()
      if (addresses.join(' ') !== name.addresses.join(' ')) revision++
      name.addresses = addresses
      name.askAt = clock.monotonic() + refreshMs
    } catch {
      name.askAt = clock.monotonic() + afterFailureMs
    } finally {
      name.asking = false
      asking--
    }
  }

  return {
    of: (host) =>
      isIP(host) === 0 ? (names.get(host)?.addresses ?? []) : [canonicalAddress(host)],
    follow: (hosts) => {
      const wanted = new Set([...hosts].filter((host) => isIP(host) === 0))
      for (const host of names.keys()) if (!wanted.has(host)) names.delete(host)
      const now = clock.monotonic()
      for (const host of wanted) {
        const name = names.get(host) ?? { addresses: [], askAt: now, asking: false }
        names.set(host, name)
        if (!name.asking && name.askAt <= now && asking < maxAsking) void ask(host, name)
      }
    },
    askAgain: () => {
      for (const name of names.values()) name.askAt = clock.monotonic()
    },
    revision: () => revision,
  }
}

/** The one form in which a datagram's source is given: IPv4 dotted, IPv6 short and in small letters. */
export const canonicalAddress = (address: string): string => {
  const bare = (address.split('%')[0] ?? address).toLowerCase()
  const mapped = bare.startsWith('::ffff:') ? bare.slice(7) : bare
  if (isIPv4(mapped)) return mapped
  // URL writes an IPv6 address as RFC 5952 says, as the system does for the source of a datagram.
  return URL.parse(`http://[${bare}]`)?.hostname.slice(1, -1) ?? bare
}

const withTimeout = <Value>(clock: Clock, work: Promise<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    const stop = clock.after(timeoutMs, () => reject(new Error('no answer in time')))
    work.then(resolve, reject).finally(stop)
  })
