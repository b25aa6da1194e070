/** Datagrams a second, and how many may come at once after a rest. */
export interface FloodLimit {
  readonly perSecond: number
  readonly burst: number
}

export interface FloodLimits {
  readonly perSource: FloodLimit
  /** All OLTs we know together, and everybody else together: strangers cannot crowd out OLTs. */
  readonly known: FloodLimit
  readonly unknown: FloodLimit
  /** Sources that are told apart. */
  readonly maxSources: number
}

export const defaultFloodLimits: FloodLimits = {
  perSource: { perSecond: 100, burst: 400 },
  known: { perSecond: 1000, burst: 2000 },
  unknown: { perSecond: 50, burst: 100 },
  maxSources: 1024,
}

interface Bucket {
  tokens: number
  at: number
}

interface Source extends Bucket {
  dropped: number
}

export type Admission = 'admitted' | 'source-flood' | 'flood'

export interface FloodGuard {
  /** Decides by address alone, before a single octet is decoded. */
  readonly admit: (address: string, isKnown: boolean) => Admission
  /** Sources of which something was dropped, the loudest first. */
  readonly loudest: (count: number) => readonly { address: string; dropped: number }[]
}

/** Token buckets: one per source, one over all known sources, one over all others. */
export const createFloodGuard = (limits: FloodLimits, monotonicMs: () => number): FloodGuard => {
  const sources = new Map<string, Source>()
  const start = monotonicMs()
  const known: Bucket = { tokens: limits.known.burst, at: start }
  const unknown: Bucket = { tokens: limits.unknown.burst, at: start }

  const take = (bucket: Bucket, limit: FloodLimit, now: number): boolean => {
    bucket.tokens = Math.min(
      limit.burst,
      bucket.tokens + (Math.max(0, now - bucket.at) * limit.perSecond) / 1000,
    )
    bucket.at = now
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  const sourceOf = (address: string, now: number): Source => {
    const source = sources.get(address) ?? { tokens: limits.perSource.burst, at: now, dropped: 0 }
    sources.delete(address)
    sources.set(address, source)
    const [oldest] = sources.keys()
    if (sources.size > limits.maxSources && oldest !== undefined) sources.delete(oldest)
    return source
  }

  return {
    admit: (address, isKnown) => {
      const now = monotonicMs()
      const source = sourceOf(address, now)
      if (!take(source, limits.perSource, now)) {
        source.dropped++
        return 'source-flood'
      }
      const shared = isKnown ? known : unknown
      if (take(shared, isKnown ? limits.known : limits.unknown, now)) return 'admitted'
      source.dropped++
      return 'flood'
    },
    loudest: (count) =>
      [...sources]
        .filter(([, { dropped }]) => dropped > 0)
        .toSorted(([, left], [, right]) => right.dropped - left.dropped)
        .slice(0, count)
        .map(([address, { dropped }]) => ({ address, dropped })),
  }
}
