import { setTimeout as wait } from 'node:timers/promises'
import type { BenchResult } from './bench.ts'
import { machineNote } from './machine.ts'
import { startSearchEngine, type SearchEngine } from './search-engine.ts'
import { createSearchPeer } from './search-peer.ts'
import { searchQueries, type BenchQuery, type QueryKind } from './search-queries.ts'
import { median, quantile, rounded } from './statistics.ts'

const count = 2_000
const seed = 20_261_123
/** A quick typist; the engine reads its OLTs in between. */
const keyEveryMs = 25
const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

/**
 * The palette's question to the engine over 100,352 ONUs with names and street addresses, every
 * kind of record searched, while the simulated plant is polled.
 */
export const benchSearch = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const engine = await startSearchEngine(stack)
  const queries = searchQueries(engine.onus, count, seed)
  const timed: Timed[] = []
  for (const query of queries) {
    timed.push(await time(engine, query))
    await wait(keyEveryMs)
  }
  checkFound(timed)

  const before = process.memoryUsage()
  const peer = createSearchPeer(engine.onus)
  stack.defer(() => peer.stop())
  const comparable: { own: number; peer: number }[] = []
  for (const { query, ms } of timed) {
    const other = peer.time(query)
    if (other !== null) comparable.push({ own: ms, peer: other })
  }
  const of = (pick: (one: (typeof comparable)[number]) => number): number[] => comparable.map(pick)
  const ratio = (share: number): number =>
    rounded(
      quantile(
        of(({ own }) => own),
        share,
      ) /
        quantile(
          of((one) => one.peer),
          share,
        ),
      2,
    )
  const all = timed.map(({ ms }) => ms)
  const kinds: readonly QueryKind[] = ['prefix', 'fragment', 'typo', 'twoWords', 'address', 'none']
  return {
    peer: 'SQLite FTS5 with trigrams over the same texts, in memory',
    figures: {
      p50Ms: rounded(median(all), 2),
      p99Ms: rounded(quantile(all, 0.99), 2),
      peerP50Ms: rounded(median(of((one) => one.peer)), 2),
      peerP99Ms: rounded(
        quantile(
          of((one) => one.peer),
          0.99,
        ),
        2,
      ),
      p99Ratio: ratio(0.99),
    },
    notes: [
      machine,
      `search: ${queries.length} questions as the palette asks them, one every ${keyEveryMs} ms and more, over ${engine.onus.length} ONUs, ${engine.onus.filter(({ streetAddress }) => streetAddress !== '').length} with a street address; from the call to the checked answer, in the engine's thread, which reads the plant meanwhile`,
      ...kinds.map((kind) => {
        const some = timed.filter(({ query }) => query.kind === kind).map(({ ms }) => ms)
        return `${kind}: ${some.length}, p50 ${rounded(median(some), 2)} ms, p99 ${rounded(quantile(some, 0.99), 2)} ms, max ${rounded(quantile(some, 1), 2)} ms`
      }),
      `peer: ${comparable.length} of them, which it can be asked (no typo, no address, no word under three letters), without an order of its rows; ratio p50 ${ratio(0.5)}, p99 ${ratio(0.99)}; ${mebibytes(peer.bytes)} MiB`,
      `memory of the process before the peer: ${mebibytes(before.rss)} MiB resident, ${mebibytes(before.arrayBuffers)} MiB of arrays (engine and plant)`,
    ],
  }
}

interface Timed {
  readonly query: BenchQuery
  readonly ms: number
  readonly found: boolean
}

const time = async (engine: SearchEngine, query: BenchQuery): Promise<Timed> => {
  const began = performance.now()
  const { hits } = await engine.ask('search.find', { text: query.text, limit: 8 })
  return { query, ms: performance.now() - began, found: hits.length > 0 }
}

/** What was typed right is there; what was made up is not. */
const checkFound = (timed: readonly Timed[]): void => {
  for (const { query, found } of timed) {
    const { kind, text } = query
    if (kind === 'none' ? false : !found && kind !== 'typo') {
      throw new Error(`nothing found for "${text}" (${kind})`)
    }
  }
  const typos = timed.filter(({ query }) => query.kind === 'typo')
  const share = typos.filter(({ found }) => found).length / typos.length
  if (share < 0.95) throw new Error(`only ${Math.round(share * 100)} % found with a typo`)
}
