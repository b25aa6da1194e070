import type { BenchResult } from './bench.ts'
import type { BenchConsole } from './console.ts'
import { machineNote } from './machine.ts'
import type { BenchPage } from './page.ts'
import { startBenchPlant } from './plant.ts'
import { firstFullPoll, signedInConsole } from './signed-in-console.ts'
import { listed, median, quantile, rounded } from './statistics.ts'
import { tableProbe, type FrameRecord, type KeyRecord } from './table-probe.ts'
import { openBenchGround } from './workspace.ts'

/** Typed a letter at a time and taken back: serials, names, addresses; all of them have matches. */
const searches = ['hwtc', 'ZTEG', 'jl. melati', 'harbour 1', 'perum 7', 'tamarind']
const keyEveryMs = 110
const wheelEveryMs = 16
const wheelSeconds = 6
/**
 * The page's clock is rounded to 0.1 ms, so a frame that was not dropped reads 16.6 to 16.8:
 * intervals are counted in whole periods of the display.
 */
const framePeriodMs = 1000 / 60
const inPeriods = (intervals: readonly number[]): number[] =>
  intervals.map((ms) => Math.max(1, Math.round(ms / framePeriodMs)) * framePeriodMs)

/** The ONU table on the polled bench plant, in the real page with the real engine. */
export const benchTable = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const ground = await openBenchGround(stack)
  const plant = await startBenchPlant()
  stack.defer(() => plant.stop())
  const full = await ground.workspace('full', plant.olts)
  const empty = await ground.workspace('empty', [])

  const opened = await signedInConsole(stack, ground, full)
  const polled = await firstFullPoll(opened, plant.olts.length)
  if (polled.onus !== plant.onus) throw new Error(`${polled.onus} ONUs of ${plant.onus} were read`)
  const table = await measureTable(opened)
  // The same page without rows, while the same plant is polled beside it: what this machine's
  // frames cost anyway.
  const bare = await signedInConsole(stack, ground, empty)
  const floor = await measureTable(bare)

  const notes = [
    machine,
    `table: ${polled.onus} ONUs of ${plant.olts.length} OLTs, read fully within ${rounded(polled.waitedMs / 1000)} s and read on while measured; headless Chromium, software drawing`,
    `first rows: ${listed(table.firstRows, 0)} ms (empty table ${listed(floor.firstRows, 0)} ms)`,
    `sort: ${listed(table.sorts, 0)} ms, from the click on each column head to the painted rows`,
    `filter: ${table.toRows.length} keys to a whole screen of their rows p50 ${rounded(median(table.toRows))} ms, p95 ${rounded(quantile(table.toRows, 0.95))} ms, max ${rounded(quantile(table.toRows, 1))} ms; to the first of them p50 ${rounded(median(table.toAnswer))} ms, p95 ${rounded(quantile(table.toAnswer, 0.95))} ms; to the next frame p95 ${rounded(quantile(table.toFrame, 0.95))} ms (empty table p95 ${rounded(quantile(floor.toFrame, 0.95))} ms)`,
    ...(['steady', 'fast'] as const).map((pace) => {
      const { intervals, work, unfinished, distance } = table[pace]
      const still = floor[pace].intervals
      const dropped = inPeriods(intervals).filter((ms) => ms > 1.5 * framePeriodMs).length
      return `scroll (${pace}): ${intervals.length} frames, p95 ${rounded(quantile(intervals, 0.95))} ms, max ${rounded(quantile(intervals, 1))} ms between animation frames, ${dropped} late (nothing to scroll: p95 ${rounded(quantile(still, 0.95))} ms); work per scrolled frame p50 ${rounded(median(work))} ms, p95 ${rounded(quantile(work, 0.95))} ms; ${distance} px, ${unfinished} frames with a row still to come`
    }),
    `ratios to the empty table, p95: filter ${ratio(table.toRows, floor.toFrame)}, scroll ${ratio(table.steady.intervals, floor.steady.intervals)}`,
  ]
  return {
    peer: 'the same page with an empty table',
    figures: {
      firstRowsMs: Math.round(median(table.firstRows)),
      sortMs: rounded(median(table.sorts)),
      filterP95Ms: rounded(quantile(table.toFrame, 0.95)),
      filterRowsP95Ms: rounded(quantile(table.toRows, 0.95)),
      scrollFrameP95Ms: rounded(quantile(inPeriods(table.steady.intervals), 0.95)),
    },
    notes,
  }
}

const ratio = (values: readonly number[], floor: readonly number[]): number =>
  rounded(quantile(values, 0.95) / quantile(floor, 0.95), 2)

interface TableFigures extends KeyRecord {
  readonly firstRows: readonly number[]
  readonly sorts: readonly number[]
  /** Some rows per frame, as a person reads along. */
  readonly steady: FrameRecord
  /** Screens per frame. */
  readonly fast: FrameRecord
}

const measureTable = async ({ page }: BenchConsole): Promise<TableFigures> => {
  await page.install(tableProbe)
  const firstRows: number[] = []
  for (let visit = 0; visit < 3; visit++) {
    await leave(page)
    firstRows.push(await page.evaluate(() => window.benchTable.open()))
    await rest(800)
  }
  const sorts: number[] = []
  const heads = await page.evaluate(() => window.benchTable.sortHeads())
  for (let head = 0; head < heads; head++) {
    // Each twice: downwards is another order.
    for (let turn = 0; turn < 2; turn++) {
      sorts.push(await page.evaluate((at) => window.benchTable.sort(at), head))
      await rest(400)
    }
  }
  if (heads > 0) await page.evaluate(() => window.benchTable.sort(0))
  const keys = await type(page)
  await rest(500)
  const steady = await turnWheel(page, 84)
  await rest(500)
  const fast = await turnWheel(page, 1_200)
  return { firstRows, sorts, ...keys, steady, fast }
}

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const leave = async (page: BenchPage): Promise<void> => {
  await page.evaluate(() => {
    window.location.hash = '#/settings'
  })
  await rest(500)
}

/** Real key events; the next one when the rows for the last are there, so that none is skipped. */
const type = async (page: BenchPage): Promise<KeyRecord> => {
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('[role="search"] input')?.focus()
  })
  const press = async (key: string, text?: string): Promise<void> => {
    await page.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key,
      ...(text === undefined ? {} : { text }),
      ...(key === 'Backspace' ? { windowsVirtualKeyCode: 8, code: 'Backspace' } : {}),
    })
    await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key })
    await rest(keyEveryMs)
    await page.evaluate(async () => {
      const until = performance.now() + 5_000
      while (window.benchTable.pendingKeys() > 0) {
        if (performance.now() > until) throw new Error('a key has got no rows within 5 s')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })
  }
  for (const text of searches) {
    for (const letter of text) await press(letter, letter)
    for (const _ of text) await press('Backspace')
  }
  return page.evaluate(() => window.benchTable.takeKeys())
}

const turnWheel = async (page: BenchPage, deltaY: number): Promise<FrameRecord> => {
  await page.evaluate(() => window.benchTable.startFrames())
  const until = performance.now() + wheelSeconds * 1000
  while (performance.now() < until) {
    await page.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x: 700,
      y: 500,
      deltaX: 0,
      deltaY,
    })
    await rest(wheelEveryMs)
  }
  return page.evaluate(() => window.benchTable.stopFrames())
}
