/**
 * Measures the ONU table in the production build on the fake engine (in a worker), 100,352 ONUs:
 * measure-table.ts [onus] [--no-build] [--scroll] [--trace=<file>]. Prints one JSON line. Times are to the next frame.
 */
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'

const onus = process.argv.slice(2).find((text) => /^\d+$/.test(text)) ?? '100352'
const out = join(import.meta.dirname, '../../../out/measure-onus')
if (!process.argv.includes('--no-build')) {
  await build({ configFile: join(import.meta.dirname, 'vite.config.ts') })
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://x').pathname
  readFile(join(out, path === '/' ? 'index.html' : path)).then(
    (body) => {
      response.setHeader('content-type', types[extname(path)] ?? 'text/html')
      response.end(body)
    },
    () => response.writeHead(404).end(),
  )
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
const port = typeof address === 'object' && address !== null ? address.port : 0

const at = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return Math.round(value * 10) / 10
}

/** Runs in the page: what the measures below use. */
const instrument = (): void => {
  const nextFrame = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.addEventListener('message', () => resolve(performance.now()))
        channel.port1.start()
        channel.port2.postMessage(0)
      })
    })
  const keys: number[] = []
  const rows: number[] = []
  const firstCell = (): string =>
    document.querySelector('[role="row"][data-index="0"]')?.textContent ?? ''
  const counted = (): string => document.querySelector('h1')?.textContent ?? ''
  Object.assign(window, { measured: { nextFrame, keys, rows, firstCell, counted } })
  addEventListener(
    'keydown',
    (event) => {
      const began = event.timeStamp
      const before = counted()
      void nextFrame().then((now) => keys.push(now - began))
      const watch = (): void => {
        if (counted() !== before) void nextFrame().then((now) => rows.push(now - began))
        else if (performance.now() - began < 3000) requestAnimationFrame(watch)
      }
      requestAnimationFrame(watch)
    },
    true,
  )
}

interface Measured {
  readonly nextFrame: () => Promise<number>
  readonly keys: number[]
  readonly rows: number[]
  readonly firstCell: () => string
}

declare global {
  interface Window {
    measured: Measured
  }
}

const firstRows = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const began = performance.now()
    window.location.hash = '#/onus'
    while (
      document.querySelector('[role="row"][data-index="0"] [role="gridcell"]:nth-child(3)') === null
    ) {
      await new Promise(requestAnimationFrame)
    }
    return (await window.measured.nextFrame()) - began
  })

const sortBy = (page: Page, key: number): Promise<number> =>
  page.evaluate(async (position) => {
    const button = document.querySelectorAll<HTMLElement>('[role="columnheader"] button')[position]
    const before = window.measured.firstCell()
    const began = performance.now()
    button?.click()
    while (window.measured.firstCell() === before && performance.now() - began < 5000) {
      await new Promise(requestAnimationFrame)
    }
    return (await window.measured.nextFrame()) - began
  }, key)

/** Frame intervals and the page's own work per frame while the wheel turns. */
const scroll = async (page: Page, delta: number, times: number) => {
  await page.evaluate(() => {
    const frames: number[] = []
    const work: number[] = []
    let run = true
    let last = 0
    const frame = (now: number): void => {
      if (last > 0) frames.push(now - last)
      last = now
      if (run) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    let busy = false
    const onScroll = (): void => {
      if (busy) return
      busy = true
      const began = performance.now()
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.addEventListener('message', () => {
          busy = false
          work.push(performance.now() - began)
        })
        channel.port1.start()
        channel.port2.postMessage(0)
      })
    }
    addEventListener('scroll', onScroll, true)
    Object.assign(window, {
      stopScroll: () => {
        run = false
        removeEventListener('scroll', onScroll, true)
        return { frames, work }
      },
    })
  })
  await page.mouse.move(700, 500)
  for (let i = 0; i < times; i++) {
    await page.mouse.wheel(0, delta)
    await page.waitForTimeout(12)
  }
  return page.evaluate(() =>
    (window as unknown as { stopScroll: () => { frames: number[]; work: number[] } }).stopScroll(),
  )
}

const tracePath = process.argv.find((text) => text.startsWith('--trace='))?.slice(8)

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.on('pageerror', (error) => process.stderr.write(`page error: ${error.message}\n`))
  await page.addInitScript(instrument)
  await page.goto(`http://127.0.0.1:${port}/?fake=${onus}#/settings`)
  await page.waitForSelector('main')
  await page.waitForTimeout(2000)
  const only = process.argv.includes('--scroll')
  // A fixed piece of work in the page: tells a loaded machine from a slow table.
  const burnMs = await page.evaluate(() => {
    const began = performance.now()
    let sum = 0
    for (let i = 0; i < 50_000_000; i++) sum += i % 7
    return performance.now() - began + (sum < 0 ? 1 : 0)
  })
  const firstRowsMs = await firstRows(page)
  await page.waitForTimeout(500)

  const sorts: number[] = []
  for (const position of only ? [0] : [0, 2, 3, 6, 8, 5]) {
    sorts.push(await sortBy(page, position))
    await page.waitForTimeout(300)
  }

  if (tracePath !== undefined) {
    await browser.startTracing(page, {
      path: tracePath,
      categories: ['devtools.timeline', 'toplevel'],
    })
  }
  await page.keyboard.press('/')
  await page.waitForTimeout(100)
  await page.evaluate(() => {
    window.measured.keys.length = 0
    window.measured.rows.length = 0
  })
  for (const text of only ? [] : ['sari jl', 'ZTEG4', 'harbour', 'melati 12']) {
    for (const key of text) {
      await page.keyboard.press(key === ' ' ? 'Space' : key)
      await page.waitForTimeout(90)
    }
    for (const _ of text) {
      await page.keyboard.press('Backspace')
      await page.waitForTimeout(60)
    }
  }
  await page.waitForTimeout(800)
  const { keys, rows } = await page.evaluate(() => ({
    keys: window.measured.keys,
    rows: window.measured.rows,
  }))

  const slow = await scroll(page, 100, 240)
  if (tracePath !== undefined) await browser.stopTracing()
  await page.waitForTimeout(500)
  const fast = only ? slow : await scroll(page, 1200, 240)

  process.stdout.write(
    `${JSON.stringify({
      onus: Number(onus),
      burnMs: Math.round(burnMs),
      firstRowsMs: Math.round(firstRowsMs),
      sortMs: { p50: at(sorts, 0.5), max: at(sorts, 1) },
      keyToFrameMs: { p50: at(keys, 0.5), p95: at(keys, 0.95), max: at(keys, 1), n: keys.length },
      keyToRowsMs: { p50: at(rows, 0.5), p95: at(rows, 0.95), n: rows.length },
      scrollFrameMs: {
        p50: at(slow.frames, 0.5),
        p95: at(slow.frames, 0.95),
        n: slow.frames.length,
      },
      scrollWorkMs: { p50: at(slow.work, 0.5), p95: at(slow.work, 0.95), n: slow.work.length },
      fastFrameMs: { p50: at(fast.frames, 0.5), p95: at(fast.frames, 0.95) },
      fastWorkMs: { p50: at(fast.work, 0.5), p95: at(fast.work, 0.95) },
    })}\n`,
  )
} finally {
  await browser.close()
  server.close()
}
