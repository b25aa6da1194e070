import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import type { BenchResult } from './bench.ts'
import type { BenchConsole } from './console.ts'
import { frameProbe } from './frame-probe.ts'
import { machineNote } from './machine.ts'
import type { BenchOlt } from './plant.ts'
import { signedInConsole } from './signed-in-console.ts'
import { quantile, rounded } from './statistics.ts'
import { openBenchGround } from './workspace.ts'

/** From the cut until the console knows all that is down, or up again. */
const longestMs = 600_000
const askEveryMs = 1_000
/** An animation frame that came in time reads 16.6 to 16.8: intervals are whole periods. */
const framePeriodMs = 1000 / 60
const inPeriods = (intervals: readonly number[]): number[] =>
  intervals.map((ms) => Math.max(1, Math.round(ms / framePeriodMs)) * framePeriodMs)

type Addresses = Readonly<Record<string, readonly number[]>>

interface CutPlant {
  readonly olts: readonly BenchOlt[]
  readonly onus: number
  /** ONUs that work now, by the name of their OLT: packed addresses. */
  online(): Promise<Addresses>
  /** Every fibre at once; when, wall ms. */
  cut(): Promise<{ readonly at: number; readonly pons: number }>
  restore(): Promise<{ readonly at: number }>
  stop(): Promise<void>
}

const startCutPlant = async (): Promise<CutPlant> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'cut-plant-child.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async <Value>(): Promise<Value> => {
    const line = await lines.next()
    if (line.done === true) throw new Error('the plant ended')
    return JSON.parse(line.value) as Value
  }
  const ask = <Value>(what: string): Promise<Value> => {
    child.stdin.write(`${what}\n`)
    return next()
  }
  const { olts, onus } = await next<{ olts: BenchOlt[]; onus: number }>()
  return {
    olts,
    onus,
    online: () => ask('online'),
    cut: () => ask('cut'),
    restore: () => ask('restore'),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.stdin.end()
      }),
  }
}

interface Seen {
  readonly onus: number
  readonly unknown: number
  readonly online: number
  readonly outages: number
  /** Of the open ones together. */
  readonly affected: number
  readonly firstOpenedAt: number | null
  /** Each open one in a few words. */
  readonly rows: readonly string[]
}

/** What the console says of itself now, asked as its own pages ask. */
const look = ({ page }: BenchConsole): Promise<Seen> =>
  page.evaluate(async () => {
    const { nocturne } = window as unknown as {
      nocturne: { invoke(channel: string, input: unknown): Promise<Envelope> }
    }
    const ask = async <Value>(channel: string, input: object): Promise<Value> => {
      const answer = await nocturne.invoke(channel, input)
      if (!answer.ok) throw new Error(`${channel}: ${answer.error.code}`)
      return answer.value as Value
    }
    const { olts } = await ask<{ olts: { counts: Record<string, number> }[] }>('network.olts', {})
    const { outages, total } = await ask<{
      outages: {
        affectedOnus: number
        openedAt: number
        verdict: string
        confidence: string
        olts: unknown[]
      }[]
      total: number
    }>('outages.list', { state: 'open', limit: 500 })
    const sum = (name: string): number =>
      olts.reduce((all, { counts }) => all + (counts[name] ?? 0), 0)
    return {
      onus: sum('total'),
      unknown: sum('unknown'),
      online: sum('online'),
      outages: total,
      affected: outages.reduce((all, { affectedOnus }) => all + affectedOnus, 0),
      firstOpenedAt:
        outages.length === 0 ? null : Math.min(...outages.map(({ openedAt }) => openedAt)),
      rows: outages.map(
        ({ affectedOnus, verdict, confidence, olts: parts }) =>
          `${verdict} (${confidence}) ${affectedOnus} ONUs of ${parts.length} OLTs`,
      ),
    }
  })

/** ONUs of open outages, and PON ports with an alarm that says they are down, by OLT name; packed. */
const bookOf = ({ page }: BenchConsole): Promise<{ onus: Addresses; pons: Addresses }> =>
  page.evaluate(async () => {
    type Place = { shelf: number; slot: number; port: number; onuId: number }
    const { nocturne } = window as unknown as {
      nocturne: { invoke(channel: string, input: unknown): Promise<Envelope> }
    }
    const ask = async <Value>(channel: string, input: object): Promise<Value> => {
      const answer = await nocturne.invoke(channel, input)
      if (!answer.ok) throw new Error(`${channel}: ${answer.error.code}`)
      return answer.value as Value
    }
    const pack = ({ shelf, slot, port, onuId }: Place): number =>
      ((shelf * 64 + slot) * 256 + port) * 1024 + onuId
    const onus: Record<string, number[]> = {}
    const pons: Record<string, number[]> = {}
    const { outages } = await ask<{ outages: { id: string }[] }>('outages.list', {
      state: 'open',
      limit: 500,
    })
    for (const { id } of outages) {
      for (let offset = 0, total = 1; offset < total; offset += 500) {
        const found = await ask<{
          onus: { oltName: string; address: Place }[]
          total: number
        }>('outages.onus', { id, offset, limit: 500 })
        total = found.total
        for (const { oltName, address } of found.onus) (onus[oltName] ??= []).push(pack(address))
      }
    }
    for (const list of ['open', 'suppressed', 'shelved']) {
      for (let offset = 0, total = 1; offset < total; offset += 500) {
        const found = await ask<{
          alarms: { oltName: string | null; resource: { kind: string; pon: Place } }[]
          total: number
        }>('alarms.list', {
          filter: { list, types: ['pon-down'], cleared: false },
          offset,
          limit: 500,
        })
        total = found.total
        for (const { oltName, resource } of found.alarms) {
          if (oltName === null || resource.kind !== 'pon') continue
          ;(pons[oltName] ??= []).push(pack({ ...resource.pon, onuId: 0 }))
        }
      }
    }
    return { onus, pons }
  })

const count = (addresses: Addresses): number =>
  Object.values(addresses).reduce((sum, { length }) => sum + length, 0)

/** Those that went down and stand in no outage and under no alarm. */
const lostOf = (
  wentDown: Addresses,
  book: { readonly onus: Addresses; readonly pons: Addresses },
): number => {
  let lost = 0
  for (const [oltName, addresses] of Object.entries(wentDown)) {
    const onus = new Set(book.onus[oltName])
    const pons = new Set(book.pons[oltName])
    for (const address of addresses) {
      if (!onus.has(address) && !pons.has(address - (address % 1024))) lost++
    }
  }
  return lost
}

/** Asks until it is so; keeps the most memory that was seen meanwhile. */
const follow = async (
  opened: BenchConsole,
  isThere: (seen: Seen) => boolean,
  what: string,
): Promise<{ readonly seen: Seen; readonly ms: number; readonly peakBytes: number }> => {
  const began = performance.now()
  let peakBytes = 0
  for (;;) {
    // Somebody sits there: a console that nobody touches locks its screen after five minutes.
    for (const x of [400, 402]) {
      await opened.page.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y: 8 })
    }
    const [seen, { rssBytes }] = await Promise.all([look(opened), opened.report()])
    peakBytes = Math.max(peakBytes, rssBytes)
    const ms = performance.now() - began
    if (isThere(seen)) return { seen, ms, peakBytes }
    if (ms > longestMs) {
      throw new Error(`${what}: not within ${longestMs / 1000} s (${JSON.stringify(seen)})`)
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
  }
}

/** It is so, or it has had its time. */
const within = (ms: number, isThere: (seen: Seen) => boolean): ((seen: Seen) => boolean) => {
  const until = performance.now() + ms
  return (seen) => isThere(seen) || performance.now() > until
}

const show = (opened: BenchConsole, hash: string): Promise<void> =>
  opened.page.evaluate((to) => {
    window.location.hash = to
  }, hash)

/**
 * Every fibre of the bench plant cut at once and mended again, on the real console: the alarm list
 * stands open while they go, the dashboard while they come back.
 */
export const benchAlarms = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const ground = await openBenchGround(stack)
  const plant = await startCutPlant()
  stack.defer(() => plant.stop())
  const workspace = await ground.workspace('alarms', plant.olts)
  const opened = await signedInConsole(stack, ground, workspace)
  const { seen: calm, ms: readMs } = await follow(
    opened,
    ({ onus, unknown }) => onus === plant.onus && unknown === 0,
    'every ONU read once',
  )
  await opened.page.install(frameProbe)
  const before = await plant.online()

  // The same page with nothing happening: what this machine's frames cost anyway.
  await show(opened, '#/alarms')
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  await opened.page.evaluate(() => window.benchFrames.start())
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  const still = await opened.page.evaluate(() => window.benchFrames.stop())

  await opened.page.evaluate(() => window.benchFrames.start())
  const cut = await plant.cut()
  const row = await follow(opened, ({ outages }) => outages > 0, 'the first outage row')
  const down = await follow(opened, ({ online }) => online === 0, 'every ONU read as down')
  const whole = count(before)
  // An outage gathers for a moment; what is in none by then is for the alarms.
  const gathered = await follow(
    opened,
    within(60_000, ({ affected }) => affected >= whole),
    'the outages',
  )
  const falling = await opened.page.evaluate(() => window.benchFrames.stop())
  const lost = lostOf(before, await bookOf(opened))

  await show(opened, '#/')
  await opened.page.evaluate(() => window.benchFrames.start())
  await plant.restore()
  const up = await follow(opened, ({ online }) => online >= calm.online * 0.99, 'every ONU back')
  // Some ONUs of the plant go down by themselves: an outage may stay open for those alone.
  const ended = await follow(
    opened,
    within(120_000, ({ outages }) => outages === 0),
    'the end of the outages',
  )
  const rising = await opened.page.evaluate(() => window.benchFrames.stop())

  const frames = inPeriods([...falling, ...rising])
  const peakBytes = Math.max(
    ...[row, down, gathered, up, ended].map((followed) => followed.peakBytes),
  )
  const seconds = (row.seen.firstOpenedAt! - cut.at) / 1000
  const p95 = (intervals: readonly number[]): number =>
    rounded(quantile(inPeriods(intervals), 0.95))
  return {
    peer: 'the same page with nothing happening',
    figures: {
      lost,
      secondsToOutageRow: rounded(seconds),
      frameP95Ms: rounded(quantile(frames, 0.95)),
      peakMb: Math.round(peakBytes / 1e6),
    },
    notes: [
      machine,
      `${calm.onus} ONUs read once within ${rounded(readMs / 1000)} s of the sign-in, ${calm.outages} outages open before the cut; light, counters and identity are read beside all that follows`,
      `${whole} ONUs on ${cut.pons} PONs of ${plant.olts.length} OLTs cut at once; known to be down ${rounded((row.ms + down.ms) / 1000)} s later, in ${gathered.seen.outages} outages with ${gathered.seen.affected} ONUs ${rounded((row.ms + down.ms + gathered.ms) / 1000)} s after the cut: ${gathered.seen.rows.slice(0, 8).join('; ')}`,
      `mended: known to be back ${rounded(up.ms / 1000)} s later (the plant needs 40 s and a boot), ${ended.seen.outages} outages still open ${rounded(ended.ms / 1000)} s after that`,
      `frames p95: ${p95(falling)} ms with the alarm list open while they went (${falling.length} frames, max ${rounded(quantile(falling, 1))} ms), ${p95(rising)} ms with the dashboard while they came back (${rising.length} frames, max ${rounded(quantile(rising, 1))} ms); nothing happening ${p95(still)} ms; ratio ${rounded(quantile(frames, 0.95) / quantile(inPeriods(still), 0.95), 2)}`,
      `memory: the console's process (engine and shell) at most ${Math.round(peakBytes / 1e6)} MB`,
    ],
  }
}
