import type { Clock } from '../../engine/clock.ts'
import type { OltFacts } from '../../engine/network-facts.ts'
import type { MediansPart, MediansRequest } from '../../history/medians.ts'

/** 30-day medians of the light of every ONU, as the detectors use them. */
export interface LightMedians {
  /**
   * By place within the OLT, dBm; NaN: the history of that ONU is too young. Null: not read yet.
   * Direction 0: at the ONU; 1: at the OLT. The array is shared: read it, do not keep it.
   */
  readonly aligned: (olt: OltFacts, direction: number) => Float64Array | null
}

export interface LightMediansKeeper extends LightMedians {
  /** Of one ONU (packed), dBm; NaN: none. */
  readonly of: (
    oltId: string,
    address: number,
  ) => { readonly onuRxDbm: number; readonly oltRxDbm: number } | null
  /** When all of them were read last, wall ms; null: not yet. */
  readonly madeAt: () => number | null
  /** Reads them now and once a day; ends with the returned function. */
  readonly start: () => () => void
}

const reachMs = 30 * 86_400_000
const againMs = 86_400_000
/** The history may still be opening, or be filled with what a plant told before. */
const firstAfterMs = 20_000
const retryMs = 300_000
/** The worker has cycles to keep between two parts. */
const betweenPartsMs = 250

interface Kept {
  readonly addresses: Int32Array
  readonly values: readonly [Float64Array, Float64Array]
}

export const createLightMedians = (deps: {
  readonly clock: Clock
  readonly olts: () => readonly Pick<OltFacts, 'id'>[]
  /** Rejects while the history cannot be read: tried again later. */
  readonly read: (request: MediansRequest) => Promise<MediansPart>
}): LightMediansKeeper => {
  const { clock } = deps
  const byOlt = new Map<string, Kept>()
  const alignedTo = new Map<
    string,
    {
      readonly kept: Kept
      readonly addresses: Int32Array
      readonly columns: readonly Float64Array[]
    }
  >()
  let madeAt: number | null = null
  let running = new AbortController()
  let stopTimer = (): void => undefined
  let goOn = (): void => undefined

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      goOn = resolve
      stopTimer = clock.after(ms, resolve)
    })

  const readOlt = async (oltId: string, to: number, { signal }: AbortController): Promise<void> => {
    const parts: MediansPart[] = []
    let first: number | null = 0
    while (first !== null && !signal.aborted) {
      const part: MediansPart = await deps.read({ oltId, from: to - reachMs, to, first })
      parts.push(part)
      first = part.next
      if (first !== null) await pause(betweenPartsMs)
    }
    if (!signal.aborted) byOlt.set(oltId, joined(parts))
  }

  const readAll = async (run: AbortController): Promise<boolean> => {
    const olts = deps.olts()
    let failed = false
    for (const { id } of olts) {
      if (run.signal.aborted) return true
      try {
        await readOlt(id, clock.now(), run)
      } catch {
        // The history tells of its trouble itself; the others may be readable.
        failed = true
      }
      await pause(betweenPartsMs)
    }
    const known = new Set(deps.olts().map(({ id }) => id))
    for (const oltId of byOlt.keys()) {
      if (known.has(oltId)) continue
      byOlt.delete(oltId)
      alignedTo.delete(oltId)
    }
    if (olts.length > 0 && !failed) madeAt = clock.now()
    return olts.length > 0 && !failed
  }

  const run = async (own: AbortController): Promise<void> => {
    await pause(firstAfterMs)
    while (!own.signal.aborted) await pause((await readAll(own)) ? againMs : retryMs)
  }

  return {
    aligned: ({ id, addresses }, direction) => {
      const kept = byOlt.get(id)
      if (kept === undefined) return null
      let known = alignedTo.get(id)
      if (known?.kept !== kept || known.addresses !== addresses) {
        const columns = kept.values.map((values) => align(addresses, kept.addresses, values))
        known = { kept, addresses, columns }
        alignedTo.set(id, known)
      }
      return known.columns[direction] ?? null
    },
    of: (oltId, address) => {
      const kept = byOlt.get(oltId)
      if (kept === undefined) return null
      const place = placeOf(kept.addresses, address)
      if (place < 0) return null
      const [onu, olt] = kept.values
      return { onuRxDbm: onu[place]!, oltRxDbm: olt[place]! }
    },
    madeAt: () => madeAt,
    start: () => {
      running = new AbortController()
      void run(running)
      return () => {
        running.abort()
        stopTimer()
        goOn()
      }
    },
  }
}

/** Parts come by slot: brought into the order of addresses. */
const joined = (parts: readonly MediansPart[]): Kept => {
  const addresses = parts.flatMap((part) => [...part.addresses])
  const onu = parts.flatMap((part) => [...part.onuRxDbm])
  const olt = parts.flatMap((part) => [...part.oltRxDbm])
  const order = addresses.map((_, index) => index).sort((a, b) => addresses[a]! - addresses[b]!)
  return {
    addresses: Int32Array.from(order, (index) => addresses[index]!),
    values: [
      Float64Array.from(order, (index) => onu[index]!),
      Float64Array.from(order, (index) => olt[index]!),
    ],
  }
}

/** Both ascending; NaN where there is none. */
const align = (wanted: Int32Array, known: Int32Array, values: Float64Array): Float64Array => {
  const out = new Float64Array(wanted.length).fill(Number.NaN)
  for (let index = 0, place = 0; index < wanted.length; index++) {
    while (place < known.length && known[place]! < wanted[index]!) place++
    if (known[place] === wanted[index]) out[index] = values[place]!
  }
  return out
}

const placeOf = (sorted: Int32Array, value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return sorted[low] === value ? low : -1
}
